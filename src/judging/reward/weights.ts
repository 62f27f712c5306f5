// Weights of columns, with intervals; and as weights of a composite: none below a twentieth of their mean, mean 1.
import { type Cluster, spreadOfClusters } from '../clustered.ts'
import { at, zeros } from '../matrix.ts'
import { studentQuantile } from '../student.ts'
import type { Column, RewardRow } from './design.ts'
import { bendLogistic, fitLogistic, type Logistic } from './logistic.ts'

export interface Weight {
  readonly name: string
  readonly kind: Column['kind']
  /** Difference of the value that the weight is of. */
  readonly unit: number
  /** Log-odds per unit, drawn by the ridge. */
  readonly weight: number
  /** Without the ridge, with its 95 % interval over judges; null with the reason under `unknown`. */
  readonly free: {
    readonly value: number
    readonly low: number
    readonly high: number
    readonly freedoms: number
  } | null
  readonly unknown: string | null
}

export function tellWeights(columns: readonly Column[], ridged: Logistic, rows: readonly RewardRow[]): Weight[] {
  const free = fitLogistic(rows, zeros(columns.length))
  const spread =
    free === null
      ? 'measures differ too much alike to be told apart'
      : spreadOfClusters(gather(rows, free), free.inverse)
  return columns.map((column, k) => {
    const told = { ...column, weight: at(ridged.beta, k) }
    if (free === null || typeof spread === 'string') return { ...told, free: null, unknown: spread as string }
    const combination = Float64Array.from(columns, (_, i) => (i === k ? 1 : 0))
    const freedoms = Math.min(spread.judges - 1, spread.freedomsOf(combination))
    const reach = studentQuantile(0.95, freedoms) * Math.sqrt(at(spread.covariance[k] as Float64Array, k))
    const value = at(free.beta, k)
    return { ...told, free: { value, low: value - reach, high: value + reach, freedoms }, unknown: null }
  })
}

function gather(rows: readonly RewardRow[], { beta }: Logistic): Cluster[] {
  const byJudge = new Map<string, RewardRow[]>()
  for (const row of rows) {
    const own = byJudge.get(row.judge)
    if (own === undefined) byJudge.set(row.judge, [row])
    else own.push(row)
  }
  return [...byJudge.values()].map((own) => bendLogistic(own, beta))
}

/** What a composite keeps of a component that listeners gave no weight: none may leave, for the lowest one guards against what no voter heard. */
const leastShare = 0.05

/** Mean 1 over those that were told; a name that was not gets 1. Throws RangeError when listeners on the whole preferred what measures less. */
export function composeWeights<Name extends string>(
  weights: readonly Weight[],
  names: readonly Name[],
): Record<Name, number> {
  const told = new Map(
    weights.flatMap(({ name, kind, weight, unit }) => (kind === 'measure' ? [[name, weight / unit] as const] : [])),
  )
  const mean =
    names.reduce((sum, name) => sum + (told.get(name) ?? 0), 0) / names.filter((name) => told.has(name)).length
  if (!(mean > 0))
    throw new RangeError(
      'weights: expected listeners to prefer more of the measures on the whole, got the contrary. No composite can be made of that.',
    )
  const known = names.filter((name) => told.has(name))
  const floored = floorWeights(known.map((name) => told.get(name) ?? 0))
  return Object.fromEntries(names.map((name) => [name, floored[known.indexOf(name)] ?? 1])) as Record<Name, number>
}

/** Mean 1 and none below the least share: those below it get it, the others share the rest as they stand to each other, until none is below. */
function floorWeights(values: readonly number[]): number[] {
  let above = values
  for (;;) {
    const scale =
      (values.length - leastShare * (values.length - above.length)) / above.reduce((sum, one) => sum + one, 0)
    const stay = above.filter((value) => scale * value >= leastShare)
    if (stay.length === above.length) return values.map((value) => Math.max(leastShare, scale * value))
    above = stay
  }
}
