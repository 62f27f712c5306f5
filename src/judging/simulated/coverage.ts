// Do the intervals keep their promise? Simulated sessions in; how often 95 % intervals of each kind hold the truth, out.
// "votes": every vote new evidence, +- 1.96 of `standardErrors`. "sandwich": clustered by judge without correction, +- 1.96.
// "judges": `acrossJudges`, corrected for few judges, Student's.
import { type Random, randomIndex, seededRandom, shuffled } from '../../random.ts'
import type { Comparison } from '../comparisons.ts'
import { type Ranking, rankItems } from '../ranking.ts'
import { castVote, drawJudge, type Population, type Question, truthOf } from './population.ts'

export interface CoveragePlan {
  readonly population: Population
  readonly judges: number
  /** How many of all pairs each judge hears: from least to most, drawn for each; all of them when left out. */
  readonly pairs?: { readonly least: number; readonly most: number }
  /** How often each judge hears each of its pairs, in turned order every other time. */
  readonly rounds: number
  readonly sessions: number
  readonly seed: number | string
}

export interface Coverage {
  readonly judges: number
  readonly sessions: number
  /** Sessions left out, since some never lost or never won and no maximum exists. */
  readonly separable: number
  /** Share of intervals that hold the truth, over items and sessions; and of the worst and best item. */
  readonly kinds: Readonly<
    Record<IntervalKind, { readonly share: number; readonly worst: number; readonly best: number }>
  >
  /** The same of all differences of two items, by judges. */
  readonly differences: number
  /** Mean length of an interval by votes and by judges, in log-odds. */
  readonly lengths: { readonly votes: number; readonly judges: number }
}

export type IntervalKind = 'votes' | 'sandwich' | 'judges'
const kinds: readonly IntervalKind[] = ['votes', 'sandwich', 'judges']
const normal = 1.959964

export function simulateCoverage(plan: CoveragePlan): Coverage {
  const { population, judges, sessions, seed } = plan
  const { items } = population
  const truth = truthOf(population, 'davidson')
  const held = { votes: items.map(() => 0), sandwich: items.map(() => 0), judges: items.map(() => 0) }
  let [separable, heldDifferences, differences] = [0, 0, 0]
  const lengths = { votes: 0, judges: 0 }
  for (let session = 0; session < sessions; session++) {
    const ranking = rankSession(plan, seededRandom(`${seed}/${session}`))
    if (ranking?.acrossJudges == null) {
      separable++
      continue
    }
    items.forEach((item, i) => {
      const half = halfLengths(ranking, item)
      const error = Math.abs((ranking.strengths[item] ?? Number.NaN) - (truth[i] ?? 0))
      for (const kind of kinds) if (error <= half[kind]) held[kind][i] = (held[kind][i] ?? 0) + 1
      lengths.votes += 2 * half.votes
      lengths.judges += 2 * half.judges
    })
    for (const { a, b, low, high } of ranking.acrossJudges.differences) {
      const real = (truth[items.indexOf(a)] ?? 0) - (truth[items.indexOf(b)] ?? 0)
      differences++
      if (low <= real && real <= high) heldDifferences++
    }
  }
  const counted = sessions - separable
  const shareOf = (counts: readonly number[]) => ({
    share: counts.reduce((sum, count) => sum + count, 0) / (counted * items.length),
    worst: Math.min(...counts) / counted,
    best: Math.max(...counts) / counted,
  })
  const all = counted * items.length
  return {
    judges,
    sessions,
    separable,
    kinds: { votes: shareOf(held.votes), sandwich: shareOf(held.sandwich), judges: shareOf(held.judges) },
    differences: heldDifferences / differences,
    lengths: { votes: lengths.votes / all, judges: lengths.judges / all },
  }
}

function halfLengths(ranking: Ranking, item: string): Record<IntervalKind, number> {
  const across = ranking.acrossJudges?.strengths[item]
  return {
    votes: normal * (ranking.standardErrors[item] ?? 0),
    sandwich: normal * (ranking.clusteredStandardErrors?.[item] ?? 0),
    judges: across == null ? 0 : across.high - across.value,
  }
}

/** null when no maximum exists. */
function rankSession(plan: CoveragePlan, random: Random): Ranking | null {
  const { items } = plan.population
  try {
    const comparisons = askJudges(plan, random)
    return rankItems({ items, comparisons, model: 'davidson', orderEffect: true, intervals: true })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Each judge hears its pairs in an order of its own; every pair is heard in both orders equally often, within one, over the panel. */
export function askJudges(
  { population, judges, pairs, rounds }: Omit<CoveragePlan, 'sessions' | 'seed'>,
  random: Random,
): Comparison[] {
  const { items } = population
  const all = items.flatMap((_, b) => items.slice(0, b).map((_, a) => ({ a, b })))
  const asked = all.map((_, k) => k)
  return Array.from({ length: judges }, (_, j) => {
    const judge = drawJudge(population, `judge ${j + 1}`, random)
    const { least, most } = pairs ?? { least: all.length, most: all.length }
    const mine = shuffled(random, asked).slice(0, least + randomIndex(random, most - least + 1))
    return Array.from({ length: rounds }, (_, round) =>
      mine.map((k) => {
        const question: Question = { ...(all[k] as { a: number; b: number }), aFirst: (j + k + round) % 2 === 0 }
        return castVote(population, judge, question, random)
      }),
    ).flat()
  }).flat()
}
