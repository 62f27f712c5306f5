// Which pairs each judge hears, on which clips and on which side: every pair about equally often over all judges (counts differ by at most one),
// its clips in turn, each side about equally often (a pair's own counts differ by at most one, and so do those of each of its clips), entries
// spread evenly over a judge's pairs.
import { type Random, randomIndex } from '../random.ts'

/** An ordered pair of entries: `a` is heard first. */
export interface DealtPair {
  readonly a: number
  readonly b: number
  /** Which clip of both. */
  readonly part: number
}

interface PairCount {
  readonly low: number
  readonly high: number
  dealt: number
  /** Whether `low` was on side a when its clips last began anew with even counts. */
  lowBegan: boolean
}

export interface Dealer {
  /** One judge's pairs, in no order. */
  deal(count: number): DealtPair[]
}

/** `parts`: clips of each entry. Throws RangeError for fewer than two entries. */
export function createDealer(
  { entries, parts }: { readonly entries: number; readonly parts: number },
  random: Random,
): Dealer {
  if (entries < 2) throw new RangeError(`createDealer: expected two entries or more, got ${entries}`)
  const pairs: PairCount[] = []
  for (let low = 0; low < entries; low++)
    for (let high = low + 1; high < entries; high++) pairs.push({ low, high, dealt: 0, lowBegan: false })
  return {
    deal(count) {
      const own = { pairs: new Map<PairCount, number>(), uses: new Array<number>(entries).fill(0) }
      const leans = new Array<number>(entries).fill(0)
      return Array.from({ length: count }, () => {
        const pair = choosePair(pairs, own, random)
        own.pairs.set(pair, (own.pairs.get(pair) ?? 0) + 1)
        for (const entry of [pair.low, pair.high]) own.uses[entry] = (own.uses[entry] ?? 0) + 1
        return seat(pair, { parts, leans }, random)
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

/**
 * Sides alternate from clip to clip, and on each clip from time to time: after two rounds through the clips all counts are even. Then the entry
 * begins that was first with this judge less often; where that is even, chance says.
 */
function seat(
  pair: PairCount,
  { parts, leans }: { readonly parts: number; readonly leans: number[] },
  random: Random,
): DealtPair {
  const at = pair.dealt++ % (2 * parts)
  const [low, high] = [leans[pair.low] ?? 0, leans[pair.high] ?? 0]
  if (at === 0) pair.lowBegan = low !== high ? low < high : randomIndex(random, 2) === 0
  const [time, part] = [Math.floor(at / parts), at % parts]
  const lowFirst = pair.lowBegan === ((time + part) % 2 === 0)
  const [a, b] = lowFirst ? [pair.low, pair.high] : [pair.high, pair.low]
  leans[a] = (leans[a] ?? 0) + 1
  leans[b] = (leans[b] ?? 0) - 1
  return { a, b, part }
}
