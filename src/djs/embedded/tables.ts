// What an n-gram model is made of: n-grams grouped by their context, with counts. Tokens are o200k BPE ids (OpenAI's public vocabulary of
// 199,998 byte sequences) and one sign for the end of a text; inside a model they go by rank, the commonest first.

/** Byte sequences of o200k. */
export const textTokens = 199_998
/** The end of a text; it is also what stands before a text begins. o200k itself numbers it 199,999; here there is no gap. */
export const endToken = textTokens
/** All that a model gives a probability to. */
export const vocabularySize = textTokens + 1

/**
 * All kept n-grams of one length. Those with the same context lie side by side, by ascending rank of their last token; the context of an
 * n-gram is numbered by its place in the level of n-grams one shorter.
 */
export interface Level {
  /** Contexts + 1 places: the n-grams of context c are start[c] .. start[c + 1] - 1. */
  readonly start: Int32Array
  /** Rank of the last token. */
  readonly rank: Int32Array
  /** Occurrences for the longest n-grams and those at a text's beginning, else in how many different contexts it was seen. At least 1. */
  readonly count: Int32Array
  /** Per context: counts of the n-grams that were not kept, summed; 0 where none was kept. */
  readonly pruned: Int32Array
  /** What is taken off a count of 1, of 2, of 3 and more. */
  readonly discounts: readonly [number, number, number]
}

/** Levels of n-grams from one token (one context, the empty one) up to the order. */
export type Levels = readonly Level[]

/** The place of the n-gram (context, rank) in its level; -1 when it was not kept. */
export function findNgram(level: Level, context: number, rank: number): number {
  const { start, rank: ranks } = level
  let low = start[context] ?? 0
  let high = (start[context + 1] ?? 0) - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = ranks[middle] as number
    if (found === rank) return middle
    if (found < rank) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Which token has which rank: commonest first, tokens that were never seen by ascending id. */
export interface Ranking {
  readonly idOf: Int32Array
  readonly rankOf: Int32Array
}

/** `seen` are the ids of seen tokens, the commonest first. Throws RangeError when an id comes twice or is none. */
export function rankTokens(seen: ArrayLike<number>): Ranking {
  const idOf = new Int32Array(vocabularySize)
  const rankOf = new Int32Array(vocabularySize).fill(-1)
  for (let rank = 0; rank < seen.length; rank++) {
    const id = seen[rank] as number
    if (rankOf[id] !== -1) throw new RangeError(`rankTokens: expected tokens once each, got ${id} at rank ${rank}`)
    idOf[rank] = id
    rankOf[id] = rank
  }
  let rank = seen.length
  for (let id = 0; id < vocabularySize; id++)
    if (rankOf[id] === -1) {
      idOf[rank] = id
      rankOf[id] = rank++
    }
  return { idOf, rankOf }
}
