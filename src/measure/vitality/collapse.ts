// Has the stream fallen into repeating itself until its end?
// In: whole numbers. Out: whether a tail only repeats its last period, and where that tail begins.

/** Longest period that counts as mere repetition, in symbols: what a voice says in a slot or two (a turn said over and over is 30 to 60). */
const longestPeriod = 128
/** Periods of the stretches that a stream is allowed to stay on for a while: motifs of its own, no longer than a bar or two. */
const longestMotif = 16
/** A slip costs as much as so many matches give back. */
const slipCost = 64
/** Symbols below which no tail is one. */
export const shortestTail = 64

export interface Collapse {
  readonly repeating: boolean
  /** Index of the first symbol of the repeating tail; null when there is none. */
  readonly fromIndex: number | null
}

/**
 * The tail is long enough when it spans at least 64 symbols, 4 periods, a tenth of the stream, and twice the longest
 * exactly repeating stretch before it (a stream that often stays on a loop for a while has not collapsed by doing so once more).
 */
export function findCollapse(symbols: ArrayLike<number>): Collapse {
  let from = symbols.length
  for (let p = 1; p <= Math.min(longestPeriod, symbols.length / 4); p++) {
    const start = tailStart(symbols, p)
    if (symbols.length - start >= Math.max(shortestTail, 4 * p)) from = Math.min(from, start)
  }
  const tail = symbols.length - from
  const needed = Math.max(shortestTail, symbols.length / 10, 2 * longestRepeatBefore(symbols, from))
  return tail >= needed ? { repeating: true, fromIndex: from } : { repeating: false, fromIndex: null }
}

/** Where the best-scoring tail begins, counting back from the end: +1 a match with the last period, -64 a slip. */
function tailStart(symbols: ArrayLike<number>, period: number): number {
  const last = symbols.length - period
  let best = 0
  let start = symbols.length
  let score = 0
  for (let i = symbols.length - 1, place = i; i >= 0; i--, place = place > last ? place - 1 : symbols.length - 1) {
    score += symbols[i] === symbols[place] ? 1 : -slipCost
    if (score > best) {
      best = score
      start = i
    }
  }
  return start
}

/** Length of the longest stretch within [0, end) that repeats some motif exactly, first turn included. */
function longestRepeatBefore(symbols: ArrayLike<number>, end: number): number {
  let longest = 0
  for (let p = 1; p <= longestMotif; p++) {
    let run = 0
    for (let i = p; i < end; i++) {
      run = symbols[i] === symbols[i - p] ? run + 1 : 0
      if (run > 0 && run + p > longest) longest = run + p
    }
  }
  return longest
}
