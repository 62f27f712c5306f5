// The sentence that a session ends in: a clear winner, a group that is not told apart, or not enough data to say either.
//   winner   one entry is first with a chance of .95 at least
//   group    the entries whose difference from the first may be 0 (95 %), when none of these intervals reaches beyond odds of 3 : 1
//   unclear  otherwise: fewer than three judges, votes that do not link all entries, or intervals so wide that 3 : 1 is still possible
import type { Ranking } from './ranking.ts'
import { studentQuantile } from './student.ts'

export interface Verdict {
  readonly kind: 'winner' | 'group' | 'unclear'
  /** The winner, the group, or what may still be first; in the order of strength. */
  readonly entries: readonly string[]
  readonly sentence: string
}

export interface VerdictRequest {
  readonly items: readonly string[]
  readonly mean: readonly (number | null)[]
  readonly covariance: readonly (readonly number[])[] | null
  /** Chance of being first, by item. */
  readonly firstChances: readonly number[] | null
  /** Of Student's t; null: the normal distribution. */
  readonly freedoms: number | null
  readonly judges: number
  readonly ranking: Ranking | null
}

export const fewestJudges = 3
const clearly = 0.95
/** What a group must rule out, in log-odds. */
const mostDifference = Math.log(3)

export function decideVerdict(request: VerdictRequest): Verdict {
  const { items, mean, covariance, firstChances, freedoms, judges, ranking } = request
  const order = [...items.keys()].sort((p, q) => (mean[q] ?? 0) - (mean[p] ?? 0))
  const [best] = order
  if (ranking === null || covariance === null || firstChances === null || best === undefined)
    return unclear(items, ranking === null ? 'no votes that count' : 'some entries have not been compared yet')
  if (!ranking.connected) return unclear(items, 'the votes do not link all entries')
  if (judges < fewestJudges)
    return unclear(items, `votes of ${judges} judge${judges === 1 ? '' : 's'}, and it takes ${fewestJudges}`)
  const chance = firstChances[best] ?? 0
  if (chance >= clearly)
    return {
      kind: 'winner',
      entries: [items[best] ?? ''],
      sentence: `${items[best]} is preferred to all others: it is first with a chance of ${percent(chance)}.`,
    }
  const reach = studentQuantile(clearly, freedoms ?? 1e7)
  const gaps = order.map((i) => gapTo(best, i, mean, covariance))
  const group = order.filter((_, k) => (gaps[k]?.mean ?? 0) - reach * (gaps[k]?.error ?? 0) <= 0)
  const widest = Math.max(...group.map((i) => upperEnd(gaps[order.indexOf(i)], reach)))
  const names = group.map((i) => items[i] ?? '')
  if (widest > mostDifference) return unclear(names, 'preferences of 3 : 1 are still possible', names)
  return {
    kind: 'group',
    entries: names,
    sentence: `${listed(names)} are not told apart; a preference of 3 : 1 for the first of them over the others is ruled out.`,
  }
}

interface Gap {
  readonly mean: number
  readonly error: number
}

const upperEnd = (gap: Gap | undefined, reach: number) => (gap === undefined ? 0 : gap.mean + reach * gap.error)

function gapTo(
  best: number,
  i: number,
  mean: readonly (number | null)[],
  covariance: readonly (readonly number[])[],
): Gap {
  const entry = (r: number, c: number) => covariance[r]?.[c] ?? 0
  const variance = entry(best, best) + entry(i, i) - 2 * entry(best, i)
  return { mean: (mean[best] ?? 0) - (mean[i] ?? 0), error: Math.sqrt(Math.max(0, variance)) }
}

function unclear(entries: readonly string[], why: string, among: readonly string[] = []): Verdict {
  const what = among.length > 0 ? ` Still in question: ${listed(among)}.` : ''
  return { kind: 'unclear', entries, sentence: `Not enough data to name a winner: ${why}.${what}` }
}

/** Never 100 % from a finite number of draws. */
const percent = (chance: number) => (chance > 0.99 ? 'more than 99 %' : `${Math.round(100 * chance)} %`)

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
