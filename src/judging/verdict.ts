// The sentence that a session ends in: a clear winner, a group that is not told apart, or not enough data to say either.
// By the 95 % intervals of differences over judges, the ones that results print.
//   winner   those of the strongest from all others leave out 0
//   group    the entries whose interval holds 0, when none of these reaches beyond odds of 3 : 1
//   unclear  otherwise: fewer than three judges (of two entries four), what was heard first (or second) preferred in every vote, which tells nothing of entries,
//            votes that do not link all entries, or intervals so wide that 3 : 1 is still possible
// While judges still vote it is provisional, and says so: the intervals promise one look, when all are through, and each look before is a chance
// more to be misled (simulated/looks.ts).
import type { Ranking } from './ranking.ts'

/** How many judges have said all that they will. */
export interface Through {
  readonly judges: number
  readonly of: number
}

export interface Verdict {
  readonly kind: 'winner' | 'group' | 'unclear'
  /** The winner, the group, or what may still be first; in the order of strength. */
  readonly entries: readonly string[]
  /** Judges still vote, so that it does not count yet. */
  readonly provisional: boolean
  readonly sentence: string
}

export interface VerdictRequest {
  readonly items: readonly string[]
  readonly mean: readonly (number | null)[]
  /** Chance of being first, by item. */
  readonly firstChances: readonly number[] | null
  readonly judges: number
  readonly ranking: Ranking | null
  /** What was preferred in every vote, without a tie, by the order of hearing. */
  readonly orderAlone: 'first' | 'second' | null
  /** Left out: all. */
  readonly through?: Through | undefined
}

/** Who count, for a verdict on so many entries. Of two nothing can be pooled, and three judges who lean one way by chance look sure. */
export const fewestJudges = (entries: number) => (entries === 2 ? 4 : 3)
/** What a group must rule out, in log-odds. */
const mostDifference = Math.log(3)

export function decideVerdict(request: VerdictRequest): Verdict {
  const { through } = request
  const found = weighEntries(request)
  if (through === undefined || through.judges >= through.of) return { ...found, provisional: false }
  const progress = `${through.judges} of ${through.of} judges are through; the verdict counts when all are.`
  return { ...found, provisional: true, sentence: `Provisional: ${progress} Until then: ${found.sentence}` }
}

type Found = Omit<Verdict, 'provisional'>

function weighEntries(request: VerdictRequest): Found {
  const { items, mean, firstChances, judges, ranking, orderAlone } = request
  const order = [...items.keys()].sort((p, q) => (mean[q] ?? 0) - (mean[p] ?? 0))
  const [best] = order
  if (ranking === null || mean.includes(null) || best === undefined)
    return unclear(items, ranking === null ? 'no votes that count' : 'some entries have not been compared yet')
  if (!ranking.connected) return unclear(items, 'the votes do not link all entries')
  const fewest = fewestJudges(items.length)
  if (judges < fewest)
    return unclear(items, `votes of ${judges} judge${judges === 1 ? '' : 's'}, and it takes ${fewest}`)
  if (orderAlone !== null)
    return unclear(
      items,
      `what was heard ${orderAlone} was preferred in every vote, which tells nothing of the entries`,
    )
  if (ranking.acrossJudges === null) return unclear(items, ranking.undefined['acrossJudges'] ?? 'no intervals')
  const gaps = items.map((_, i) => gapTo(items[best] ?? '', items[i] ?? '', ranking.acrossJudges))
  const group = order.filter((i) => i === best || (gaps[i]?.low ?? 0) <= 0)
  if (group.length === 1)
    return {
      kind: 'winner',
      entries: [items[best] ?? ''],
      sentence: `${items[best]} is preferred to all others: the 95 % intervals of its differences from them leave out 0, and it is first with a chance of ${percent(firstChances?.[best] ?? 0)}.`,
    }
  const widest = Math.max(...group.map((i) => gaps[i]?.high ?? 0))
  const names = group.map((i) => items[i] ?? '')
  if (widest > mostDifference) return unclear(names, 'preferences of 3 : 1 are still possible', names)
  return {
    kind: 'group',
    entries: names,
    sentence: `${listed(names)} are not told apart; a preference of 3 : 1 for the first of them over the others is ruled out.`,
  }
}

/** Ends of the interval of the difference, the best less the other. */
function gapTo(best: string, other: string, across: Ranking['acrossJudges']) {
  for (const { a, b, low, high } of across?.differences ?? []) {
    if (a === best && b === other) return { low, high }
    if (a === other && b === best) return { low: -high, high: -low }
  }
  return { low: 0, high: 0 }
}

function unclear(entries: readonly string[], why: string, among: readonly string[] = []): Found {
  const what = among.length > 0 ? ` Still in question: ${listed(among)}.` : ''
  return { kind: 'unclear', entries, sentence: `Not enough data to name a winner: ${why}.${what}` }
}

/** Never 100 % from a finite number of draws. */
const percent = (chance: number) => (chance > 0.99 ? 'more than 99 %' : `${Math.round(100 * chance)} %`)

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
