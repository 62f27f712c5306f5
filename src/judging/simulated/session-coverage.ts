// Do the intervals that a session's results print keep their promise? Simulated panels vote as a plan has it, and the results are asked, whatever
// they fall back on (a prior, where votes have no finite maximum): no session is left out.
import type { Result } from '../comparisons.ts'
import type { JudgedTrial } from '../counted.ts'
import type { Chances } from '../outcome-models.ts'
import { averageChances, type Population, truthOf } from './population.ts'
import { holdSession, judged, rankVotes, type SessionsPlan } from './sessions.ts'

export interface SessionsCoverage {
  readonly judges: number
  readonly sessions: number
  /** Of them, ranked with the prior. */
  readonly withPrior: number
  /** Sessions whose interval of the item holds the truth, item by item. */
  readonly held: readonly number[]
  readonly share: number
  /** Root of the mean square of error / half an interval, item by item: 1 / 1.96 for normal errors, less for Student's. */
  readonly reach: readonly number[]
  /** The same as `share` of all differences of two items. */
  readonly differences: number
  /** Sessions that name a winner; and one that is not above all others in truth. */
  readonly winners: number
  readonly falseWinners: number
}

export function simulateSessions(plan: SessionsPlan): SessionsCoverage {
  const { population, judges, sessions, seed } = plan
  const { items } = population
  const truth = truthOf(population, 'davidson')
  const held = items.map(() => 0)
  const squares = items.map(() => ({ sum: 0, count: 0 }))
  let [withPrior, winners, falseWinners, heldDifferences, differences] = [0, 0, 0, 0, 0]
  const truthOfItem = (item: string | undefined) => truth[items.indexOf(item ?? '')] ?? Number.NaN
  for (let session = 0; session < sessions; session++) {
    const { entries, ranking, verdict } = rankVotes(items, holdSession(plan, `${seed}/${session}`).flat())
    if (ranking?.estimator !== 'maximum likelihood') withPrior++
    for (const { entry, interval } of entries) {
      const i = items.indexOf(entry)
      const real = truth[i] ?? Number.NaN
      if (interval === null) continue
      const [low, high] = interval
      if (low <= real && real <= high) held[i] = (held[i] ?? 0) + 1
      const square = squares[i] as { sum: number; count: number }
      square.sum += ((2 * real - low - high) / (high - low)) ** 2
      square.count++
    }
    for (const { a, b, low, high } of ranking?.acrossJudges?.differences ?? []) {
      const real = truthOfItem(a) - truthOfItem(b)
      differences++
      if (low <= real && real <= high) heldDifferences++
    }
    if (verdict.kind !== 'winner') continue
    winners++
    const [first] = verdict.entries
    if (items.some((item) => item !== first && truthOfItem(item) >= truthOfItem(first) - 1e-9)) falseWinners++
  }
  const share = held.reduce((sum, count) => sum + count, 0) / (sessions * items.length)
  return {
    judges,
    sessions,
    withPrior,
    held,
    share,
    reach: squares.map(({ sum, count }) => Math.sqrt(sum / count)),
    differences: heldDifferences / differences,
    winners,
    falseWinners,
  }
}

/**
 * The first two items, one vote of each judge, each heard first by half of them (an even number): chance that the interval holds the truth, over
 * all outcomes there are.
 */
export function weighOutcomes(population: Population, judges: number): { outcomes: number; share: number } {
  const [first = '', second = ''] = population.items
  const [real = Number.NaN] = truthOf(population, 'davidson')
  const half = judges / 2
  const [aFirst, bFirst] = [1, -1].map((order) => shareOut(half, averageChances(population, 0, 1, order as 1 | -1)))
  let [outcomes, share] = [0, 0]
  for (const one of aFirst ?? [])
    for (const other of bFirst ?? []) {
      const said = [
        ...one.results,
        ...other.results.map((result) => ({ a: 'b', tie: 'tie', b: 'a' })[result] as Result),
      ]
      const counted = said.map((result, j): JudgedTrial => {
        const [a, b] = j < half ? [0, 1] : [1, 0]
        return judged(`judge ${j + 1}`, { a, b }, 0, result)
      })
      const interval = rankVotes([first, second], counted).entries.find(({ entry }) => entry === first)?.interval
      outcomes++
      if (interval != null && interval[0] <= real && real <= interval[1]) share += one.chance * other.chance
    }
  return { outcomes, share }
}

/** Every way in which so many votes can fall, and its chance. */
function shareOut(votes: number, chances: Chances): { results: Result[]; chance: number }[] {
  const ways: { results: Result[]; chance: number }[] = []
  for (let a = 0; a <= votes; a++)
    for (let tie = 0; a + tie <= votes; tie++) {
      const results = Array.from({ length: votes }, (_, k): Result => (k < a ? 'a' : k < a + tie ? 'tie' : 'b'))
      const tallies = { a: 0, tie: 0, b: 0 }
      const chance = results.reduce((all, result, k) => (all * chances[result] * (k + 1)) / ++tallies[result], 1)
      ways.push({ results, chance })
    }
  return ways
}
