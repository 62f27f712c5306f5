// How alike two texts are in meaning: cosine of the means of their words' vectors, -1..1. About 0: strangers; .5 and more: near synonyms.

export interface Meanings {
  /** A word's vector, any length; null for a word that has none. */
  vectorOf(word: string): ArrayLike<number> | null
}

/** Rows of `vectors` belong to `words` in order. RangeError when they do not fit. */
export function createMeanings(words: readonly string[], vectors: Int8Array): Meanings {
  const dimensions = vectors.length / words.length
  if (!Number.isInteger(dimensions)) throw new RangeError(`meanings: expected a row for each of ${words.length} words`)
  const numbers = new Map(words.map((word, i) => [word, i]))
  return {
    vectorOf(word) {
      const i = numbers.get(word)
      return i === undefined ? null : vectors.subarray(i * dimensions, (i + 1) * dimensions)
    },
  }
}

/** null when a text has no word that is known. */
export function likenessOfMeanings(meanings: Meanings, a: readonly string[], b: readonly string[]): number | null {
  const [x, y] = [meanDirection(meanings, a), meanDirection(meanings, b)]
  if (x === null || y === null) return null
  const length = Math.sqrt(dot(x, x) * dot(y, y))
  return length === 0 ? null : Math.max(-1, Math.min(1, dot(x, y) / length))
}

/** Each word counts the same, whatever the length of its vector. */
function meanDirection(meanings: Meanings, words: readonly string[]): number[] | null {
  let sum: number[] | null = null
  for (const word of words) {
    const vector = meanings.vectorOf(word)
    if (vector === null) continue
    const length = Math.sqrt(dot(vector, vector))
    if (length === 0) continue
    const row = Array.from(vector, (value) => value / length)
    sum = sum === null ? row : row.map((value, d) => value + (sum?.[d] ?? 0))
  }
  return sum
}

function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0
  for (let d = 0; d < x.length; d++) sum += (x[d] as number) * (y[d] as number)
  return sum
}
