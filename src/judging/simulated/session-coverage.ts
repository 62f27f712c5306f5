// Do the intervals that a session's results print keep their promise? Simulated panels vote as a plan has it, and the results are asked, whatever
// they fall back on (a prior, where votes have no finite maximum): no session is left out.
import { seededRandom } from '../../random.ts'
import type { Clip, Judge, JudgingKey, Trial, Vote } from '../../record/index.ts'
import type { Result } from '../comparisons.ts'
import type { JudgedTrial } from '../counted.ts'
import type { Chances } from '../outcome-models.ts'
import { planJudging } from '../plan.ts'
import { rankCriterion } from '../results.ts'
import { pairsPerRound } from '../rounds.ts'
import { averageChances, castVote, drawJudge, type Population, truthOf } from './population.ts'

export interface SessionsPlan {
  readonly population: Population
  readonly judges: number
  /** Main pairs of each judge. */
  readonly pairs: number
  readonly sessions: number
  readonly seed: number | string
}

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

const priorVariance = 2.25
const [opaque, clipSeconds] = ['0'.repeat(32), 30]

export function simulateSessions(plan: SessionsPlan): SessionsCoverage {
  const { population, judges, sessions, seed } = plan
  const { items } = population
  const truth = truthOf(population, 'davidson')
  const held = items.map(() => 0)
  const squares = items.map(() => ({ sum: 0, count: 0 }))
  let [withPrior, winners, falseWinners, heldDifferences, differences] = [0, 0, 0, 0, 0]
  const truthOfItem = (item: string | undefined) => truth[items.indexOf(item ?? '')] ?? Number.NaN
  for (let session = 0; session < sessions; session++) {
    const { entries, ranking, verdict } = resultOf(plan, `${seed}/${session}`)
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

function resultOf({ population, judges, pairs }: SessionsPlan, seed: string) {
  const { items } = population
  const random = seededRandom(`${seed}/votes`)
  const plan = planJudging({
    entries: items.length,
    parts: 1,
    anchors: [],
    judges,
    pairs,
    pairsPerRound: pairsPerRound(clipSeconds),
    seed,
  })
  const counted = plan.trials.flatMap((trials, k) => {
    const taste = drawJudge(population, `judge ${k + 1}`, random)
    const judge: Judge = { judge: taste.name, kind: 'person', tokenHash: null, trials: [] }
    return trials.flatMap(({ kind, a, b }, place): JudgedTrial[] => {
      if (kind !== 'main') return []
      const { result } = castVote(population, taste, { a, b, aFirst: true }, random)
      const trial: Trial = { kind, round: 0, a, b, of: null, names: { a: opaque, b: opaque } }
      return [{ judge, place, trial, vote: voteFor(place, result), n: place }]
    })
  })
  return rank(items, counted)
}

function rank(items: readonly string[], counted: readonly JudgedTrial[]) {
  const rules = { headphonesLeast: 5, heardShare: 0.5, anchorsMost: 0.5, priorVariance, reveal: 'own' } as const
  return rankCriterion({ session: { rules, seed: 1 }, key: keyOf(items), counted, criterion: 'overall' })
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
        const judge: Judge = { judge: `judge ${j + 1}`, kind: 'person', tokenHash: null, trials: [] }
        const [a, b] = j < half ? [0, 1] : [1, 0]
        const trial: Trial = { kind: 'main', round: 0, a, b, of: null, names: { a: opaque, b: opaque } }
        return { judge, place: 0, trial, vote: voteFor(0, result), n: j }
      })
      const interval = rank([first, second], counted).entries.find(({ entry }) => entry === first)?.interval
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

const voteFor = (trial: number, overall: 'a' | 'tie' | 'b'): Vote => ({
  id: opaque,
  kind: 'vote',
  trial,
  revision: 0,
  answers: { overall },
  first: 'a',
  heardSeconds: { a: clipSeconds, b: clipSeconds },
  elapsedSeconds: 2 * clipSeconds,
  switches: 1,
  notes: [],
})

function keyOf(items: readonly string[]): Pick<JudgingKey, 'entries' | 'clips'> {
  const clipOf = (entry: string): Clip => ({
    name: opaque,
    entry,
    part: 0,
    anchor: null,
    run: entry,
    startSeconds: 0,
    gainDecibels: 0,
    loudnessLufs: -20,
    truePeakDbtp: -3,
    sha256: '0'.repeat(64),
  })
  return { entries: items.map((entry) => ({ entry, label: entry, runs: [entry] })), clips: items.map(clipOf) }
}
