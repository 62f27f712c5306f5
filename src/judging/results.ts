// What a session says: per criterion strengths with both intervals, chances of every rank, wins against what the model expects, a verdict,
// and which pairs to ask about next. Davidson's model with an order effect; `neither` is a tie. Only persons make a ranking.
//   vote-level interval   b +- z se, takes every vote for independent
//   interval              over judges, honest for few of them: those of across-judges.ts as they are
// Rank chances are drawn from N(b, S), S the covariance over judges that those intervals follow from (pool-judges.ts).
// What votes do not link is not compared: no covariance between such entries, no chances of ranks.
import { seededRandom } from '../random.ts'
import type { Criterion, JudgingKey, JudgingSession } from '../record/index.ts'
import { measureAgreement } from './agreement.ts'
import { type Comparison, findParts, readVotes } from './comparisons.ts'
import { answersOn, isTie, type JudgedTrial } from './counted.ts'
import { choosePairs, type NextPairs } from './next-pairs.ts'
import type { OutcomeModel } from './outcome-models.ts'
import { drawRanks } from './rank-chances.ts'
import { findFavoured, rankSession, type SessionRanking } from './rank-session.ts'
import { type Ranking, rankItems } from './ranking.ts'
import { studentQuantile } from './student.ts'
import { decideVerdict, type Through, type Verdict } from './verdict.ts'
import { compareWins, type PairWins } from './wins.ts'

export const confidence = 0.95

export interface EntryResult {
  readonly entry: string
  readonly votes: number
  /** Log-odds of being preferred, centred on 0; null when never compared. */
  readonly strength: number | null
  /** Takes votes for independent. */
  readonly voteInterval: readonly [number, number] | null
  /** By judge; null with fewer than two judges. */
  readonly interval: readonly [number, number] | null
  /** Of being first, second ...; null where a strength is. */
  readonly rankChances: readonly number[] | null
}

export interface CriterionResult {
  readonly criterion: Criterion
  /** bradley-terry (a tie is half a win) where ties are all there is, which no tie parameter can fit. */
  readonly model: OutcomeModel
  /** Where the effect of being heard first is from: the prior too, where all that was decided went one way. */
  readonly orderFrom: SessionRanking['orderFrom']
  /** Of the prior on strengths, where one was needed, in squared log-odds. */
  readonly priorVariance: number | null
  readonly votes: number
  readonly judges: number
  readonly ties: number
  readonly neither: number
  readonly verdict: Verdict
  /** In the order of strength; where votes do not link all, part by part, and those last that were never compared. */
  readonly entries: readonly EntryResult[]
  /** Entries that votes link, in the order of the key. Strengths of each part are centred on their own. */
  readonly parts: readonly (readonly string[])[]
  /** null when nothing could be ranked. */
  readonly ranking: Ranking | null
  /** S, in the order of the key's entries; null between two that votes do not link. Positive semidefinite. */
  readonly covariance: readonly (readonly (number | null)[])[] | null
  readonly wins: readonly PairWins[]
  /** Of three entries that beat each other in a circle, and of all three that were decided. */
  readonly circles: { readonly count: number; readonly of: number }
  readonly krippendorffAlpha: number | null
  readonly next: NextPairs
  readonly undefined: Readonly<Record<string, string>>
}

export interface ResultsRequest {
  readonly session: Pick<JudgingSession, 'rules' | 'seed'>
  readonly key: Pick<JudgingKey, 'entries' | 'clips'>
  readonly counted: readonly JudgedTrial[]
  readonly criterion: Criterion
  /** Where judges still vote; left out: all are through. */
  readonly through?: Through
}

/** Votes of persons on one criterion, as comparisons of entries. */
export function compareEntries({ key, counted, criterion }: Omit<ResultsRequest, 'session'>): Comparison[] {
  return personsOn(counted, criterion).map(({ judge, trial, answer, first }): Comparison => {
    const [a, b] = [trial.a, trial.b].map((clip) => key.clips[clip]?.entry ?? '') as [string, string]
    return { a, b, result: answer === 'neither' ? 'tie' : answer, judge, aFirst: first === 'a' }
  })
}

const personsOn = (counted: readonly JudgedTrial[], criterion: Criterion) =>
  answersOn(
    counted.filter(({ judge }) => judge.kind === 'person'),
    criterion,
  )

export function rankCriterion(request: ResultsRequest): CriterionResult {
  const { key, counted, criterion, session } = request
  const items = key.entries.map(({ entry }) => entry)
  const answers = personsOn(counted, criterion)
  const comparisons = compareEntries(request)
  const judges = new Set(answers.map(({ judge }) => judge)).size
  const reasons: Record<string, string> = {}
  const { ranking, reason, ...way } = rankSession(items, comparisons, session.rules.priorVariance)
  if (reason !== null) reasons[ranking === null ? 'ranking' : 'likelihood'] = reason
  const parts = gatherParts(items, comparisons)
  const spread = ranking === null ? null : spreadOf(parts, ranking, reasons)
  const covariance = wholeMatrix(spread?.covariance ?? [[null]])
  const mean = items.map((item) => ranking?.strengths[item] ?? null)
  const known = mean.every((value) => value !== null) ? (mean as number[]) : null
  const seed = `${session.seed}/${criterion}/ranks`
  const draws =
    covariance === null || known === null
      ? null
      : drawRanks({ mean: known, covariance, freedom: spread?.freedoms ?? null, random: seededRandom(seed) })
  const agreement = agree(items, comparisons)
  if (agreement === null)
    reasons['krippendorffAlpha'] = 'fewer than two judges heard the same pair, or all said the same'
  return {
    criterion,
    ...way,
    votes: answers.length,
    judges,
    ties: answers.filter(({ answer }) => isTie(answer)).length,
    neither: answers.filter(({ answer }) => answer === 'neither').length,
    verdict: decideVerdict({
      items,
      mean,
      firstChances: draws?.map(([first = 0]) => first) ?? null,
      judges,
      ranking,
      orderAlone: comparisons.some(({ result }) => result === 'tie') ? null : findFavoured(comparisons),
      through: request.through,
    }),
    entries: describeEntries({ items, parts, comparisons, ranking, rankChances: draws }),
    parts,
    ranking,
    covariance: spread?.covariance ?? null,
    wins: compareWins(items, comparisons, { ranking, model: way.model }),
    circles: countCircles(items, comparisons),
    krippendorffAlpha: agreement,
    next: suggestPairs(items, comparisons, session.rules.priorVariance, { known, covariance, ranking }),
    undefined: reasons,
  }
}

/** Where votes do not link all entries, from what the prior makes of them: then pairs that would link them tell most. */
function suggestPairs(
  items: readonly string[],
  comparisons: readonly Comparison[],
  priorVariance: number,
  beliefs: {
    readonly known: readonly number[] | null
    readonly covariance: readonly (readonly number[])[] | null
    readonly ranking: Ranking | null
  },
): NextPairs {
  const { known, covariance, ranking } = beliefs
  if (known !== null && covariance !== null && ranking?.connected === true)
    return choosePairs({ items, mean: known, covariance })
  const guess = rankItems({ items, comparisons, model: 'bradley-terry', priorVariance })
  const mean = items.map((item) => guess.strengths[item] ?? 0)
  return choosePairs({ items, mean, covariance: wholeMatrix(guess.covariance) ?? [] })
}

interface Spread {
  readonly covariance: readonly (readonly (number | null)[])[]
  /** Of Student's t, the fewest of all differences; null: votes are taken for independent. */
  readonly freedoms: number | null
}

function spreadOf(parts: readonly (readonly string[])[], ranking: Ranking, reasons: Record<string, string>): Spread {
  if (!ranking.connected) reasons['covariance'] = reasons['rankChances'] = tellParts(parts)
  const across = ranking.acrossJudges
  if (across === null) {
    reasons['intervals'] = `votes are taken for independent: ${ranking.undefined['acrossJudges']}`
    return { covariance: ranking.covariance, freedoms: null }
  }
  const freedoms = Math.min(...across.differences.map((difference) => difference.freedoms))
  return { covariance: across.covariance, freedoms }
}

function gatherParts(items: readonly string[], comparisons: readonly Comparison[]): string[][] {
  const partOf = findParts(items.length, readVotes(items, comparisons))
  return [...new Set(partOf)].map((part) => items.filter((_, i) => partOf[i] === part))
}

const tellParts = (parts: readonly (readonly string[])[]) =>
  `votes do not link ${parts.map((part) => `(${part.join(', ')})`).join(' with ')}`

const wholeMatrix = (rows: readonly (readonly (number | null)[])[]): number[][] | null =>
  rows.some((row) => row.some((value) => value === null)) ? null : rows.map((row) => row.map((value) => value ?? 0))

function describeEntries(given: {
  readonly items: readonly string[]
  readonly parts: readonly (readonly string[])[]
  readonly comparisons: readonly Comparison[]
  readonly ranking: Ranking | null
  readonly rankChances: readonly (readonly number[])[] | null
}): EntryResult[] {
  const { items, parts, comparisons, ranking, rankChances } = given
  const by = studentQuantile(confidence, 1e7)
  const entries = items.map((entry, i): EntryResult => {
    const strength = ranking?.strengths[entry] ?? null
    const own = ranking?.standardErrors[entry] ?? null
    const across = ranking?.acrossJudges?.strengths[entry] ?? null
    return {
      entry,
      votes: comparisons.filter(({ a, b }) => a === entry || b === entry).length,
      strength,
      voteInterval: strength === null || own === null ? null : [strength - by * own, strength + by * own],
      interval: across === null ? null : [across.low, across.high],
      rankChances: rankChances?.[i] ?? null,
    }
  })
  const partOf = ({ entry, strength }: EntryResult) =>
    strength === null ? parts.length : parts.findIndex((part) => part.includes(entry))
  return entries.sort((p, q) => partOf(p) - partOf(q) || (q.strength ?? 0) - (p.strength ?? 0))
}

const ordinalOf = { a: 1, tie: 0, b: -1 } as const

/**
 * Krippendorff's alpha, ordinal, over pairs of entries: each judge's first answer on a pair. Every pair counts both ways round, so that the order
 * in which entries are listed (and in which one of a pair is usually preferred) does not pass for what chance gives.
 */
function agree(items: readonly string[], comparisons: readonly Comparison[]): number | null {
  const judges = [...new Set(comparisons.map(({ judge }) => judge))]
  const pairs = items.flatMap((_, j) => items.slice(0, j).map((_, i) => [i, j] as const))
  const place = new Map(items.map((item, i) => [item, i]))
  const ratings = judges.map((judge) => {
    const own = comparisons.filter((one) => one.judge === judge)
    return pairs.map(([i, j]) => {
      const said = own.find(({ a, b }) => (a === items[i] && b === items[j]) || (a === items[j] && b === items[i]))
      if (said === undefined) return null
      return ordinalOf[said.result] * (place.get(said.a) === i ? 1 : -1)
    })
  })
  const bothWays = ratings.map((row) => [...row, ...row.map((value) => (value === null ? null : 0 - value))])
  return ratings.length < 2 ? null : measureAgreement(bothWays, 'ordinal').krippendorffAlpha
}

/** Kendall & Babington Smith's circular triads, by majority. */
function countCircles(items: readonly string[], comparisons: readonly Comparison[]): { count: number; of: number } {
  const net = items.map(() => items.map(() => 0))
  const place = new Map(items.map((item, i) => [item, i]))
  for (const { a, b, result } of comparisons) {
    const [i, j] = [place.get(a) ?? 0, place.get(b) ?? 0]
    ;(net[i] as number[])[j] = (net[i]?.[j] ?? 0) + ordinalOf[result]
    ;(net[j] as number[])[i] = (net[j]?.[i] ?? 0) - ordinalOf[result]
  }
  const beats = (i: number, j: number) => Math.sign(net[i]?.[j] ?? 0)
  let [count, of] = [0, 0]
  for (let i = 0; i < items.length; i++)
    for (let j = i + 1; j < items.length; j++)
      for (let k = j + 1; k < items.length; k++) {
        const around = [beats(i, j), beats(j, k), beats(k, i)]
        if (around.includes(0)) continue
        of++
        if (Math.abs(around.reduce((sum, one) => sum + one, 0)) === 3) count++
      }
  return { count, of }
}
