// Which pairs each judge hears, and on which side: every pair about equally often over all judges (counts differ by at most one), each
// side about equally often (of a pair's own counts, differ by at most one), entries spread evenly over a judge's pairs.
import { type Random, randomIndex } from '../random.ts'

/** An ordered pair of entries: `a` is heard first. */
export interface DealtPair {
  readonly a: number
  readonly b: number
  /** How often the pair was dealt before, to anyone. */
  readonly time: number
}

interface PairCount {
  readonly low: number
  readonly high: number
  dealt: number
  /** How often `low` was on side a, less how often `high` was. */
  lean: number
}

export interface Dealer {
  /** One judge's pairs, in no order. */
  deal(count: number): DealtPair[]
}

/** Throws RangeError for fewer than two entries. */
export function createDealer(entries: number, random: Random): Dealer {
  if (entries < 2) throw new RangeError(`createDealer: expected two entries or more, got ${entries}`)
  const pairs: PairCount[] = []
  for (let low = 0; low < entries; low++)
    for (let high = low + 1; high < entries; high++) pairs.push({ low, high, dealt: 0, lean: 0 })
  return {
    deal(count) {
      const own = { pairs: new Map<PairCount, number>(), uses: new Array<number>(entries).fill(0) }
      const leans = new Array<number>(entries).fill(0)
      return Array.from({ length: count }, () => {
        const pair = choosePair(pairs, own, random)
        own.pairs.set(pair, (own.pairs.get(pair) ?? 0) + 1)
        for (const entry of [pair.low, pair.high]) own.uses[entry] = (own.uses[entry] ?? 0) + 1
        return seat(pair, leans, random)
      })
    },
  }
}

/** The pair that this judge, then all judges, then whose entries this judge has had least; chance decides what is left. */
function choosePair(
  pairs: readonly PairCount[],
  own: { readonly pairs: ReadonlyMap<PairCount, number>; readonly uses: readonly number[] },
  random: Random,
): PairCount {
  const rankOf = (pair: PairCount) => [
    own.pairs.get(pair) ?? 0,
    pair.dealt,
    (own.uses[pair.low] ?? 0) + (own.uses[pair.high] ?? 0),
    random(),
  ]
  return pairs
    .map((pair) => ({ pair, rank: rankOf(pair) }))
    .reduce((best, one) => (isBefore(one.rank, best.rank) ? one : best)).pair
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i])
  return at !== -1 && (a[at] ?? 0) < (b[at] ?? 0)
}

/** The side that the pair has had less; where that is even, the one that the judge's entries have had less. */
function seat(pair: PairCount, leans: number[], random: Random): DealtPair {
  const [low, high] = [leans[pair.low] ?? 0, leans[pair.high] ?? 0]
  const lowFirst = pair.lean !== 0 ? pair.lean < 0 : low !== high ? low < high : randomIndex(random, 2) === 0
  const [a, b] = lowFirst ? [pair.low, pair.high] : [pair.high, pair.low]
  pair.lean += lowFirst ? 1 : -1
  leans[a] = (leans[a] ?? 0) + 1
  leans[b] = (leans[b] ?? 0) - 1
  return { a, b, time: pair.dealt++ }
}
