// How many votes until the order is known, asking the pairs that tell most, or any? Simulated panels in; Kendall's tau of the ranking with
// the truth after every batch, and the votes until it reaches given values, out. Both ways ask the same judges' population in batches of
// the same size (items less one), every vote of another judge, and rank with the same model and prior.
import { type Random, seededRandom, shuffled } from '../../random.ts'
import type { Comparison } from '../comparisons.ts'
import { choosePairs } from '../next-pairs.ts'
import { rankItems } from '../ranking.ts'
import { castVote, drawJudge, type Population } from './population.ts'

export interface DesignPlan {
  /** Draws the truth of one panel. */
  readonly draw: (random: Random) => Population
  readonly priorVariance: number
  readonly batches: number
  readonly seeds: readonly (number | string)[]
  /** Values of tau to be reached on the mean over seeds. */
  readonly targets: readonly number[]
}

export interface DesignComparison {
  readonly seeds: readonly (number | string)[]
  /** Votes after each batch, and the mean tau of both ways there. */
  readonly curve: readonly { readonly votes: number; readonly adaptive: number; readonly random: number }[]
  /** Votes until the mean tau reaches the target, between batches on a straight line; null when it never does. */
  readonly targets: readonly {
    readonly tau: number
    readonly adaptive: number | null
    readonly random: number | null
    readonly ratio: number | null
  }[]
}

export function compareDesigns(plan: DesignPlan): DesignComparison {
  const runs = plan.seeds.map((seed) => ({
    adaptive: askPanel(plan, seed, 'adaptive'),
    random: askPanel(plan, seed, 'random'),
  }))
  const curve = Array.from({ length: plan.batches }, (_, batch) => {
    const mean = (way: Way) => runs.reduce((sum, run) => sum + (run[way][batch]?.tau ?? 0), 0) / runs.length
    return { votes: runs[0]?.adaptive[batch]?.votes ?? 0, adaptive: mean('adaptive'), random: mean('random') }
  })
  return {
    seeds: plan.seeds,
    curve,
    targets: plan.targets.map((tau) => {
      const [adaptive, random] = [votesUntil(curve, 'adaptive', tau), votesUntil(curve, 'random', tau)]
      return { tau, adaptive, random, ratio: adaptive === null || random === null ? null : adaptive / random }
    }),
  }
}

type Way = 'adaptive' | 'random'

function askPanel({ draw, priorVariance, batches }: DesignPlan, seed: number | string, way: Way) {
  const population = draw(seededRandom(`${seed}/population`))
  const random = seededRandom(`${seed}/${way}`)
  const { items, strengths } = population
  const votes: Comparison[] = []
  const steps: { votes: number; tau: number }[] = []
  let mean = items.map(() => 0)
  let covariance = items.map((_, i) => items.map((_, j) => (i === j ? priorVariance : 0)))
  for (let batch = 0; batch < batches; batch++) {
    const pairs = way === 'adaptive' ? choosePairs({ items, mean, covariance }).pairs : drawPairs(items, random)
    for (const [first, second] of pairs) {
      const question = { a: items.indexOf(first), b: items.indexOf(second), aFirst: random() < 0.5 }
      votes.push(castVote(population, drawJudge(population, `judge ${votes.length}`, random), question, random))
    }
    const ranking = rankItems({ items, comparisons: votes, model: 'davidson', priorVariance })
    mean = items.map((item) => ranking.strengths[item] ?? 0)
    covariance = ranking.covariance.map((row) => row.map((value) => value ?? 0))
    steps.push({ votes: votes.length, tau: kendallTau(mean, strengths) })
  }
  return steps
}

/** As many as in a tree, any two different items each. */
function drawPairs(items: readonly string[], random: Random): [string, string][] {
  return items.slice(1).map(() => {
    const [a = '', b = ''] = shuffled(random, items)
    return [a, b]
  })
}

/** (concordant - discordant) / all pairs; a tie in either counts as neither (Kendall's tau a). -1..1. */
export function kendallTau(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) sum += Math.sign((a[i] ?? 0) - (a[j] ?? 0)) * Math.sign((b[i] ?? 0) - (b[j] ?? 0))
  return sum / ((a.length * (a.length - 1)) / 2)
}

function votesUntil(curve: DesignComparison['curve'], way: Way, tau: number): number | null {
  const at = curve.findIndex((step) => step[way] >= tau)
  const [after, before] = [curve[at], curve[at - 1]]
  if (after === undefined) return null
  if (before === undefined) return after.votes
  const share = (tau - before[way]) / (after[way] - before[way])
  return before.votes + share * (after.votes - before.votes)
}
