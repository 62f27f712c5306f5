// Are weights learned as they are? Simulated panels in; how near learned weights come on the mean, how often their intervals hold the truth,
// and how often a measure that only goes along with a nuisance is taken for taste, with and without covariates, out.
import { seededRandom } from '../../random.ts'
import { type Column, layOut } from '../reward/design.ts'
import { fitReward, type RewardFit } from '../reward/fit-reward.ts'
import { fitLogistic } from '../reward/logistic.ts'
import { ridgeOf } from '../reward/penalty.ts'
import { tellWeights, type Weight } from '../reward/weights.ts'
import { simulateTastes, type TastePlan, type Tastes } from './tastes.ts'

export interface SimulatedRewards {
  readonly panels: number
  /** Mean over panels: what endlessly many such judges weigh, and what was learned without a ridge. */
  readonly weights: readonly { readonly name: string; readonly truth: number; readonly mean: number }[]
  /** Share of intervals that hold the truth, over weights and panels. */
  readonly coverage: number
  /** Share of panels in which the trap's interval lies above 0; and the same when nuisance is not known. */
  readonly trap: number
  readonly bare: number
  /** The whole fit of the first panel. */
  readonly first: RewardFit
}

export function simulateRewards(request: {
  readonly plan: TastePlan
  readonly panels: number
  /** A measure that weighs nothing. */
  readonly trap: string
}): SimulatedRewards {
  const { plan, panels, trap } = request
  const names = [...Object.keys(plan.weights), ...Object.keys(plan.nuisance)]
  const sums = new Map(names.map((name) => [name, { truth: 0, learned: 0 }]))
  const counts = { held: 0, all: 0, trapped: 0, bare: 0 }
  for (let panel = 1; panel <= panels; panel++) {
    const tastes = simulateTastes(plan, seededRandom(panel))
    const weights = weigh(tastes)
    for (const { name, free } of weights) {
      const [truth, sum] = [tastes.truth[name], sums.get(name)]
      if (truth === undefined || sum === undefined || free === null) continue
      counts.all++
      if (free.low <= truth && truth <= free.high) counts.held++
      sum.truth += truth / panels
      sum.learned += free.value / panels
    }
    if (isTaken(weights, trap)) counts.trapped++
    const items = tastes.items.map((item) => ({ ...item, nuisance: {} }))
    if (isTaken(weigh({ ...tastes, items }), trap)) counts.bare++
  }
  const first = simulateTastes(plan, seededRandom(1))
  return {
    panels,
    weights: names.map((name) => ({ name, truth: sums.get(name)?.truth ?? 0, mean: sums.get(name)?.learned ?? 0 })),
    coverage: counts.held / counts.all,
    trap: counts.trapped / panels,
    bare: counts.bare / panels,
    first: fitReward({ ...first, shrink: 'zero', seed: 1 }),
  }
}

const isTaken = (weights: readonly Weight[], trap: string) =>
  (weights.find(({ name }) => name === trap)?.free?.low ?? 0) > 0

/** In units of the values, nuisance too, as the truth is. */
function weigh({ items, votes }: Tastes): Weight[] {
  const { columns, rows } = layOut(items, votes, 'natural')
  const natural = columns.map((column): Column => ({ ...column, unit: 1 }))
  const scaled = rows.map((row) => ({ ...row, x: row.x.map((value, k) => value * (columns[k]?.unit ?? 1)) }))
  const fit = fitLogistic(scaled, ridgeOf(natural, 'zero', 1))
  return fit === null ? [] : tellWeights(natural, fit, scaled)
}
