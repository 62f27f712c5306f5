// Which votes of a session count for its ranking, and why the others do not; how each judge did on the hidden checks.
// Out of the ranking: training, repeats, pairs of the same clip and anchors (they check the judge), votes thought over, and votes of judges
// or pairs that fail a rule that was fixed before the first vote. Every one is listed with its reason.
import type {
  Answer,
  ChainedStatement,
  Criterion,
  Judge,
  JudgingKey,
  JudgingSession,
  Trial,
  Vote,
} from '../record/index.ts'
import type { Count } from './machine/conduct.ts'

/** One judge's last word on one pair. */
export interface JudgedTrial {
  readonly judge: Judge
  readonly place: number
  readonly trial: Trial
  readonly vote: Vote
  /** Line of votes.jsonl, from 0. */
  readonly n: number
}

export interface Exclusion {
  readonly n: number
  readonly judge: string
  readonly trial: number
  readonly reason: string
}

export interface JudgeConduct {
  readonly judge: string
  readonly kind: Judge['kind']
  readonly voted: number
  readonly of: number
  /** Has ended, or voted on every pair. */
  readonly through: boolean
  /** Best of the first three headphone checks, of six; null: none. */
  readonly headphones: number | null
  /** Repeated pairs on which the overall answer was the same. */
  readonly repeats: Count
  /** Pairs of the same clip called a tie. */
  readonly same: Count
  /** Anchors preferred to what they were made of. */
  readonly anchors: Count
  /** Main pairs, ties left out, on which the one heard first was preferred. */
  readonly firstSide: Count
  /** ABX trials, heard far enough, in which X was named right. */
  readonly abx: Count
  readonly medianSeconds: number | null
  /** Why none of the votes count; null: they do. */
  readonly leftOut: string | null
}

export interface CountedVotes {
  /** Every judge's last word on each pair, whether it counts or not. */
  readonly last: readonly JudgedTrial[]
  readonly counted: readonly JudgedTrial[]
  readonly excluded: readonly Exclusion[]
  readonly judges: readonly JudgeConduct[]
}

const headphoneTries = 3

/** Clocks of a page are rounded. */
const heardSlack = 1

export type JudgeRules = Pick<JudgingSession, 'rules' | 'clip'>

/** Statements in the order of the file. */
export function countVotes(
  session: JudgeRules,
  key: Pick<JudgingKey, 'judges' | 'clips'>,
  said: readonly ChainedStatement[],
): CountedVotes {
  const counted: JudgedTrial[] = []
  const all: JudgedTrial[] = []
  const excluded: Exclusion[] = []
  const known = new Set(key.judges.map(({ judge }) => judge))
  for (const { n, judge, statement } of said)
    if (statement.kind === 'vote' && !known.has(judge))
      excluded.push({ n, judge, trial: statement.trial, reason: 'judge is not in the plan' })
  const judges = key.judges.map((judge) => {
    const own = said.filter((line) => line.judge === judge.judge)
    const { last, earlier } = lastWords(judge, own)
    excluded.push(...earlier)
    all.push(...last)
    const conduct = describeConduct(session, key, { judge, own, last })
    for (const one of last) {
      const reason = reasonAgainst(session, one, conduct)
      if (reason === null) counted.push(one)
      else excluded.push({ n: one.n, judge: judge.judge, trial: one.place, reason })
    }
    return conduct
  })
  return { last: all, counted, excluded: excluded.sort((p, q) => p.n - q.n), judges }
}

/** Of the people. */
export function countThrough({ judges }: Pick<CountedVotes, 'judges'>): { judges: number; of: number } {
  const people = judges.filter(({ kind }) => kind === 'person')
  return { judges: people.filter(({ through }) => through).length, of: people.length }
}

/** The highest revision of each pair, in the order of the plan. */
function lastWords(judge: Judge, own: readonly ChainedStatement[]): { last: JudgedTrial[]; earlier: Exclusion[] } {
  const last = new Map<number, JudgedTrial>()
  const earlier: Exclusion[] = []
  const leave = (n: number, trial: number, reason: string) => earlier.push({ n, judge: judge.judge, trial, reason })
  for (const { n, statement: vote } of own) {
    if (vote.kind !== 'vote') continue
    const trial = judge.trials[vote.trial]
    const before = last.get(vote.trial)
    if (trial === undefined) leave(n, vote.trial, 'pair is not in the plan')
    else if (before !== undefined && before.vote.revision > vote.revision) leave(n, vote.trial, 'thought over')
    else {
      if (before !== undefined) leave(before.n, vote.trial, 'thought over')
      last.set(vote.trial, { judge, place: vote.trial, trial, vote, n })
    }
  }
  return { last: [...last.values()].sort((p, q) => p.place - q.place), earlier }
}

interface OwnVotes {
  readonly judge: Judge
  readonly own: readonly ChainedStatement[]
  readonly last: readonly JudgedTrial[]
}

function describeConduct(
  session: JudgeRules,
  { clips }: Pick<JudgingKey, 'clips'>,
  { judge, own, last }: OwnVotes,
): JudgeConduct {
  const checks = own.flatMap(({ statement }) => (statement.kind === 'headphones' ? [statement.right] : []))
  const headphones = checks.length === 0 ? null : Math.max(...checks.slice(0, headphoneTries))
  const of = (kind: Trial['kind']) => last.filter(({ trial }) => trial.kind === kind)
  const byPlace = new Map(last.map((one) => [one.place, one]))
  const spoilt = ({ trial }: JudgedTrial) => (clips[trial.a]?.anchor != null ? 'a' : 'b')
  const anchors = shareOf(of('anchor'), (one) => one.vote.answers.overall === spoilt(one))
  const decided = of('main').filter(({ vote }) => vote.answers.overall === 'a' || vote.answers.overall === 'b')
  const repeats = of('repeat').filter(({ trial }) => byPlace.has(trial.of ?? -1))
  const consent = own.some(({ statement }) => statement.kind === 'consent')
  const person = judge.kind === 'person'
  const leftOut = !person
    ? null
    : !consent
      ? 'no consent'
      : headphones === null
        ? 'no headphone check'
        : headphones < session.rules.headphonesLeast
          ? `headphone check: ${headphones} of 6`
          : anchors.of > 0 && anchors.count > session.rules.anchorsMost * anchors.of
            ? `preferred ${anchors.count} of ${anchors.of} hidden anchors`
            : null
  return {
    judge: judge.judge,
    kind: judge.kind,
    voted: last.length,
    of: judge.trials.length,
    through: last.length >= judge.trials.length || own.some(({ statement }) => statement.kind === 'end'),
    headphones,
    repeats: shareOf(repeats, (one) => sameAgain(byPlace.get(one.trial.of ?? -1)?.vote.answers.overall, one)),
    same: shareOf(of('same'), ({ vote }) => isTie(vote.answers.overall)),
    anchors,
    firstSide: shareOf(decided, ({ vote }) => vote.answers.overall === vote.first),
    abx: shareOf(
      of('abx').filter(({ vote }) => heardEnough(session, vote)),
      ({ trial, vote }) => vote.x === trial.x?.is,
    ),
    medianSeconds: median(last.map(({ vote }) => vote.elapsedSeconds)),
    leftOut,
  }
}

const shareOf = (list: readonly JudgedTrial[], holds: (one: JudgedTrial) => boolean): Count => ({
  count: list.filter(holds).length,
  of: list.length,
})

export const isTie = (answer: Answer | undefined) => answer === 'tie' || answer === 'neither'

/** The sides of a repeat are swapped. */
function sameAgain(first: Answer | undefined, { vote }: JudgedTrial): boolean {
  const again = vote.answers.overall
  return (isTie(first) && isTie(again)) || (first === 'a' && again === 'b') || (first === 'b' && again === 'a')
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((p, q) => p - q)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

const controls: Partial<Record<Trial['kind'], string>> = {
  training: 'training',
  repeat: 'check: repeated pair',
  same: 'check: the same clip on both sides',
  anchor: 'check: hidden anchor',
  abx: 'check: ABX',
}

/** Of every sound of the trial, by its rule. */
export function heardEnough({ rules, clip }: JudgeRules, { heardSeconds: { a, b, x } }: Vote): boolean {
  return Math.min(a, b, x ?? a) >= rules.heardShare * clip.seconds
}

function reasonAgainst(
  session: JudgeRules,
  { trial, vote, judge }: JudgedTrial,
  { leftOut }: JudgeConduct,
): string | null {
  const control = controls[trial.kind]
  if (control !== undefined) return control
  if (leftOut !== null) return `judge left out: ${leftOut}`
  if (judge.kind !== 'person') return null
  if (!heardEnough(session, vote)) return 'too little heard'
  const { a, b } = vote.heardSeconds
  return vote.elapsedSeconds < a + b - heardSlack ? 'voted sooner than both could be heard' : null
}

/** Votes on one criterion as comparisons of entries want them. */
export function answersOn(counted: readonly JudgedTrial[], criterion: Criterion) {
  return counted.flatMap(({ judge, trial, vote }) => {
    const answer = vote.answers[criterion]
    return answer === undefined ? [] : [{ judge: judge.judge, trial, answer, first: vote.first }]
  })
}
