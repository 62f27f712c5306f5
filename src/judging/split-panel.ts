// Would another half of the panel say the same? Judges are halved at random, each half ranks alone, and the two rankings are correlated; the mean over
// halvings. Beside separation reliability (Wright & Masters 1982), which the votes of one judge, being alike, flatter.
// Each half by Bradley-Terry (a tie is half a win) with the session's prior, which always has an answer. Of half as many judges: the whole panel is steadier.
// Only strengths are asked for: the bare fit, without errors and each judge's fit.
import { seededRandom, shuffled } from '../random.ts'
import { type Comparison, readVotes } from './comparisons.ts'
import { fitStrengths } from './fit.ts'

export interface SplitPanel {
  /** Pearson's, mean over halvings, -1..1; null where it is not defined. */
  readonly correlation: number | null
  readonly halvings: number
  readonly undefined: string | null
}

const halvings = 20
const fewestJudges = 4

export function measureSplitPanel(
  items: readonly string[],
  comparisons: readonly Comparison[],
  { priorVariance, seed }: { readonly priorVariance: number; readonly seed: string },
): SplitPanel {
  const judges = [...new Set(comparisons.flatMap(({ judge }) => judge ?? []))].sort()
  const none = (why: string): SplitPanel => ({ correlation: null, halvings: 0, undefined: why })
  if (judges.length < fewestJudges) return none(`needs ${fewestJudges} judges`)
  if (items.length < 3) return none('two entries always correlate wholly')
  const random = seededRandom(`${seed}/halves`)
  const known: number[] = []
  for (let k = 0; k < halvings; k++) {
    const half = new Set(shuffled(random, judges).slice(0, Math.floor(judges.length / 2)))
    const strengths = [true, false].map((inside) => {
      const own = comparisons.filter(({ judge }) => half.has(judge ?? '') === inside)
      const votes = readVotes(items, own)
      const plan = { items: items.length, votes, model: 'bradley-terry', orderEffect: 'none', priorVariance } as const
      return [...fitStrengths(plan).parameters]
    })
    const found = correlate(strengths[0] ?? [], strengths[1] ?? [])
    if (found !== null) known.push(found)
  }
  if (known.length === 0) return none('a half tells no entry from another')
  return { correlation: known.reduce((sum, r) => sum + r, 0) / known.length, halvings: known.length, undefined: null }
}

function correlate(p: readonly number[], q: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middleP, middleQ] = [mean(p), mean(q)]
  const dot = (f: (i: number) => number) => p.reduce((sum, _, i) => sum + f(i), 0)
  const both = dot((i) => ((p[i] ?? 0) - middleP) * ((q[i] ?? 0) - middleQ))
  const spread = Math.sqrt(dot((i) => ((p[i] ?? 0) - middleP) ** 2) * dot((i) => ((q[i] ?? 0) - middleQ) ** 2))
  return spread > 1e-12 ? both / spread : null
}
