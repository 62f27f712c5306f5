// How well people agree with themselves and with each other on pairs: no machine judge or reward can be asked for more. Votes in; shares out.
// Only decided votes count; sides may be swapped. Same judge: each vote with the judge's next on that pair. Others: all pairs of votes by two judges
// on one pair of items, every pair of items the same weight.
import type { Comparison } from './comparisons.ts'

export interface Share {
  readonly share: number
  /** Pairs of votes. */
  readonly count: number
}

export interface Ceiling {
  readonly sameJudge: Share | null
  readonly otherJudges: Share | null
}

interface Decision {
  readonly judge: string
  /** Whether the item that comes first in the alphabet won. */
  readonly first: boolean
}

export function measureCeiling(votes: readonly Comparison[]): Ceiling {
  const pairs = new Map<string, Decision[]>()
  for (const { a, b, result, judge } of votes) {
    if (result === 'tie' || judge === undefined) continue
    const [first, second] = a < b ? [a, b] : [b, a]
    const key = JSON.stringify([first, second])
    pairs.set(key, [...(pairs.get(key) ?? []), { judge, first: (result === 'a' ? a : b) === first }])
  }
  return { sameJudge: agreeAgain([...pairs.values()]), otherJudges: agreeWithOthers([...pairs.values()]) }
}

function agreeAgain(pairs: readonly (readonly Decision[])[]): Share | null {
  let [equal, count] = [0, 0]
  for (const decisions of pairs) {
    const last = new Map<string, boolean>()
    for (const { judge, first } of decisions) {
      const before = last.get(judge)
      if (before !== undefined) {
        count++
        if (before === first) equal++
      }
      last.set(judge, first)
    }
  }
  return count === 0 ? null : { share: equal / count, count }
}

function agreeWithOthers(pairs: readonly (readonly Decision[])[]): Share | null {
  let [sum, known, count] = [0, 0, 0]
  for (const decisions of pairs) {
    let [equal, all] = [0, 0]
    decisions.forEach((one, i) => {
      for (const other of decisions.slice(0, i)) {
        if (other.judge === one.judge) continue
        all++
        if (other.first === one.first) equal++
      }
    })
    if (all === 0) continue
    sum += equal / all
    known++
    count += all
  }
  return known === 0 ? null : { share: sum / known, count }
}
