// Sessions of simulated judges, as the product has them: a plan, votes on it, and the results of them. Seeds in; votes and results out.
import { type Random, seededRandom } from '../../random.ts'
import type { Clip, Judge, JudgingKey, Trial, Vote } from '../../record/index.ts'
import type { Comparison, Result } from '../comparisons.ts'
import type { JudgedTrial } from '../counted.ts'
import { planJudging } from '../plan.ts'
import { type CriterionResult, rankCriterion } from '../results.ts'
import { pairsPerRound } from '../rounds.ts'
import { castVote, drawJudge, type Population, type SimulatedJudge } from './population.ts'

export interface SessionsPlan {
  readonly population: Population
  readonly judges: number
  /** Main pairs of each judge; where there are fewer pairs of entries, entries have as many clips as it takes. */
  readonly pairs: number
  readonly sessions: number
  readonly seed: number | string
}

/** What a session's rules say unless they are told otherwise. */
export const priorVariance = 2.25
const [opaque, clipSeconds] = ['0'.repeat(32), 30]

/** Judge by judge, in the order of the plan. */
export function holdSession(
  { population, judges, pairs }: Omit<SessionsPlan, 'sessions'>,
  seed: string,
): JudgedTrial[][] {
  const { items } = population
  const random = seededRandom(`${seed}/votes`)
  const parts = Math.ceil(pairs / ((items.length * (items.length - 1)) / 2))
  const plan = planJudging({
    entries: items.length,
    parts,
    anchors: [],
    judges,
    pairs,
    pairsPerRound: pairsPerRound(clipSeconds),
    seed,
  })
  return plan.trials.map((trials, k) => {
    const asked = trials.flatMap(({ kind, a, b }, place) =>
      kind === 'main' ? [{ place, a: Math.floor(a / parts), b: Math.floor(b / parts) }] : [],
    )
    return askJudge(population, `judge ${k + 1}`, asked, random)
  })
}

interface Asked {
  readonly place: number
  /** Places among the items; a is heard first. */
  readonly a: number
  readonly b: number
}

/** A judge is drawn, hears the pairs and votes. */
export function askJudge(population: Population, name: string, asked: readonly Asked[], random: Random): JudgedTrial[] {
  const taste: SimulatedJudge = drawJudge(population, name, random)
  return asked.map(({ place, a, b }) =>
    judged(name, { a, b }, place, castVote(population, taste, { a, b, aFirst: true }, random).result),
  )
}

export function judged(name: string, { a, b }: Omit<Asked, 'place'>, place: number, result: Result): JudgedTrial {
  const judge: Judge = { judge: name, kind: 'person', tokenHash: null, trials: [] }
  const trial: Trial = { kind: 'main', round: 0, a, b, of: null, names: { a: opaque, b: opaque } }
  return { judge, place, trial, vote: voteFor(place, result), n: place }
}

export function rankVotes(items: readonly string[], counted: readonly JudgedTrial[]): CriterionResult {
  const rules = { headphonesLeast: 5, heardShare: 0.5, anchorsMost: 0.5, priorVariance, reveal: 'own' } as const
  return rankCriterion({ session: { rules, seed: 1 }, key: keyOf(items), counted, criterion: 'overall' })
}

/** The same votes as comparisons of items. */
export const compareVotes = (items: readonly string[], counted: readonly JudgedTrial[]): Comparison[] =>
  counted.map(({ judge, trial, vote }) => ({
    a: items[trial.a] ?? '',
    b: items[trial.b] ?? '',
    result: vote.answers.overall as Result,
    judge: judge.judge,
    aFirst: true,
  }))

const voteFor = (trial: number, overall: Result): Vote => ({
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
