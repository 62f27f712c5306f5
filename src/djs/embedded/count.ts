// Counts of n-grams in texts, and from them the levels of a model by modified interpolated Kneser-Ney smoothing: Chen & Goodman 1999
// ("An empirical study of smoothing techniques for language modeling", Computer Speech and Language 13), equations 22 to 26.
// Comes in: texts as tokens. Goes out: levels, pruned.
import { endToken, type Level, type Levels, vocabularySize } from './tables.ts'

/** Every n-gram of one length that occurs, in order of its first occurrence. */
interface Grams {
  /** The n-gram less its last token, as a place in the list of n-grams one shorter; 0 for single tokens. */
  context: Int32Array
  token: Int32Array
  /** The n-gram less its first token, likewise. */
  suffix: Int32Array
  occurrences: Int32Array
  size: number
  /** Open addressing over (context, token): place + 1, or 0. */
  table: Int32Array
}

/** All n-grams of texts, by length from one token up. */
export interface Counted {
  readonly lengths: readonly Grams[]
  /** The single token that stands for the beginning of a text; no n-gram reaches beyond it. */
  readonly begin: number
}

/** Each text is taken with one end sign before it and one after it; the former is only context. `order` is at least 1. */
export function countNgrams(texts: Iterable<ArrayLike<number>>, order: number): Counted {
  const lengths = Array.from({ length: order }, createGrams)
  const singles = lengths[0] as Grams
  const begin = place(singles, 0, endToken, 0)
  let history = new Int32Array(order)
  let next = new Int32Array(order)
  for (const text of texts) {
    history.fill(-1)
    history[0] = begin
    for (let i = 0; i <= text.length; i++) {
      const token = i < text.length ? (text[i] as number) : endToken
      next.fill(-1)
      for (let n = 0; n < order; n++) {
        const context = n === 0 ? 0 : (history[n - 1] as number)
        if (context === -1) break
        const grams = lengths[n] as Grams
        const at = place(grams, context, token, n === 0 ? 0 : (next[n - 1] as number))
        grams.occurrences[at] = (grams.occurrences[at] as number) + 1
        next[n] = at
      }
      const held = history
      history = next
      next = held
    }
  }
  return { lengths, begin }
}

function createGrams(): Grams {
  const column = () => new Int32Array(1024)
  return {
    context: column(),
    token: column(),
    suffix: column(),
    occurrences: column(),
    size: 0,
    table: new Int32Array(4096),
  }
}

/** Where the n-gram stands; it is added when it is new. */
function place(grams: Grams, context: number, token: number, suffix: number): number {
  const at = slotOf(grams, context, token)
  const known = grams.table[at] as number
  if (known > 0) return known - 1
  if (grams.size === grams.context.length) grow(grams)
  const index = grams.size++
  grams.context[index] = context
  grams.token[index] = token
  grams.suffix[index] = suffix
  grams.table[slotOf(grams, context, token)] = index + 1
  return index
}

function slotOf({ table, context: contexts, token: tokens }: Grams, context: number, token: number): number {
  const mask = table.length - 1
  let hash = Math.imul(context, 0x9e3779b1) ^ Math.imul(token, 0x85ebca6b)
  hash ^= hash >>> 15
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const known = table[at] as number
    if (known === 0 || (contexts[known - 1] === context && tokens[known - 1] === token)) return at
  }
}

function grow(grams: Grams): void {
  const longer = (column: Int32Array) => {
    const copy = new Int32Array(2 * column.length)
    copy.set(column)
    return copy
  }
  grams.context = longer(grams.context)
  grams.token = longer(grams.token)
  grams.suffix = longer(grams.suffix)
  grams.occurrences = longer(grams.occurrences)
  grams.table = new Int32Array(2 * grams.table.length)
  for (let i = 0; i < grams.size; i++)
    grams.table[slotOf(grams, grams.context[i] as number, grams.token[i] as number)] = i + 1
}

/** Seen tokens, the most versatile first (most different tokens before them), ties by id. */
export function seenTokens(counted: Counted): Int32Array {
  const singles = counted.lengths[0] as Grams
  const counts = effectiveCounts(counted)[0] as Int32Array
  const order = Array.from({ length: singles.size }, (_, i) => i)
  order.sort((a, b) => (counts[b] as number) - (counts[a] as number) || tokenAt(singles, a) - tokenAt(singles, b))
  return Int32Array.from(order, (at) => tokenAt(singles, at))
}

const tokenAt = (grams: Grams, at: number) => grams.token[at] as number

/**
 * Kneser and Ney's counts: the longest n-grams count their occurrences, shorter ones the different tokens seen before them; those that begin
 * a text have nothing before them and count their occurrences.
 */
function effectiveCounts({ lengths, begin }: Counted): Int32Array[] {
  const counts = lengths.map((grams) => new Int32Array(grams.size))
  lengths.forEach((grams, n) => {
    const own = counts[n] as Int32Array
    const shorter = counts[n - 1]
    for (let i = 0; i < grams.size; i++) {
      if (n === lengths.length - 1 || (n > 0 && beginsText(lengths, n, i, begin)))
        own[i] = grams.occurrences[i] as number
      if (shorter !== undefined) shorter[grams.suffix[i] as number] = (shorter[grams.suffix[i] as number] as number) + 1
    }
  })
  return counts
}

function beginsText(lengths: readonly Grams[], n: number, at: number, begin: number): boolean {
  let index = at
  for (let length = n; length > 0; length--) index = (lengths[length] as Grams).context[index] as number
  return index === begin
}

/**
 * Levels of a model. `rankOf` gives each token its rank; an n-gram of n tokens is kept when it occurred at least `least[n - 1]` times, single
 * tokens always. Discounts are estimated before anything is left out.
 */
export function buildLevels(counted: Counted, rankOf: Int32Array, least: readonly number[]): Levels {
  const counts = effectiveCounts(counted)
  const levels: Level[] = []
  // Places of kept n-grams in the level before; the empty context is place 0.
  let placeOf = Int32Array.of(0)
  let contexts = 1
  counted.lengths.forEach((grams, n) => {
    const count = counts[n] as Int32Array
    const isKept = (i: number) => (count[i] as number) > 0 && (grams.occurrences[i] as number) >= (least[n] ?? 1)
    const keys = sortedKeys(grams, isKept, placeOf, rankOf)
    const level = layLevel(keys, contexts, estimateDiscounts(count))
    const nextPlace = new Int32Array(grams.size).fill(-1)
    for (let i = 0; i < grams.size; i++) {
      const context = placeOf[grams.context[i] as number] as number
      if (context === -1) continue
      if (!isKept(i)) {
        // A context that has nothing left is none: what was pruned of it is of no use.
        if (level.start[context] !== level.start[context + 1])
          level.pruned[context] = (level.pruned[context] as number) + (count[i] as number)
      } else {
        const at = lowerBound(keys, keyOf(context, rankOf[grams.token[i] as number] as number))
        level.count[at] = count[i] as number
        nextPlace[i] = at
      }
    }
    contexts = keys.length
    placeOf = nextPlace
    levels.push(level)
  })
  return levels
}

const keyOf = (context: number, rank: number) => context * vocabularySize + rank

function sortedKeys(grams: Grams, isKept: (i: number) => boolean, placeOf: Int32Array, rankOf: Int32Array) {
  const keys: number[] = []
  for (let i = 0; i < grams.size; i++) {
    const context = placeOf[grams.context[i] as number] as number
    if (context !== -1 && isKept(i)) keys.push(keyOf(context, rankOf[grams.token[i] as number] as number))
  }
  return Float64Array.from(keys).sort()
}

function layLevel(keys: Float64Array, contexts: number, discounts: [number, number, number]): Level {
  const start = new Int32Array(contexts + 1)
  const rank = new Int32Array(keys.length)
  keys.forEach((key, i) => {
    rank[i] = key % vocabularySize
    const context = (key - (rank[i] as number)) / vocabularySize
    start[context + 1] = (start[context + 1] as number) + 1
  })
  for (let c = 0; c < contexts; c++) start[c + 1] = (start[c + 1] as number) + (start[c] as number)
  return { start, rank, count: new Int32Array(keys.length), pruned: new Int32Array(contexts), discounts }
}

function lowerBound(keys: Float64Array, key: number): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] as number) < key) low = middle + 1
    else high = middle
  }
  return low
}

const leastDiscount = 0.1

/**
 * Chen & Goodman's equation 26: with n_k n-grams of count k and Y = n1 / (n1 + 2 n2), a count of k loses k - (k + 1) Y n_(k+1) / n_k,
 * kept within .1 .. k: without a discount nothing would be left for what was never seen. Texts too small for the estimate (no n-gram once, twice or thrice) lose half of a count up to 3.
 */
function estimateDiscounts(counts: Int32Array): [number, number, number] {
  const n = [0, 0, 0, 0, 0]
  for (const count of counts) if (count < n.length) n[count] = (n[count] as number) + 1
  const [, n1 = 0, n2 = 0] = n
  const y = n1 / (n1 + 2 * n2)
  const discount = (k: number) => {
    const of = n[k] ?? 0
    if (n1 === 0 || n2 === 0 || of === 0) return k / 2
    return Math.min(k, Math.max(leastDiscount, k - ((k + 1) * y * (n[k + 1] ?? 0)) / of))
  }
  return [discount(1), discount(2), discount(3)]
}
