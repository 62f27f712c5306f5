// What may come next, as a distribution over the whole vocabulary that is exact without being written out: the tokens that some context
// has seen are listed with their mass; all others share what is left as the base model's single tokens do.
//   p(rank) = mass[rank] + rest singles[rank]
import { discounted, type NgramModel } from './model.ts'
import { findNgram, type Level, vocabularySize } from './tables.ts'

export interface Distribution {
  /** By rank; 0 for what is not listed. */
  readonly mass: Float64Array
  /** The ranks with mass, in no order that means anything; the first `size` entries count. */
  readonly listed: Int32Array
  size: number
  rest: number
  /** p(rank) of the base model without context, by rank: falling. */
  readonly singles: Float64Array
}

/** Nothing listed, all left to the rest. It is filled anew for every token; its arrays are made once. */
export function createDistribution(base: NgramModel): Distribution {
  const listed = new Int32Array(vocabularySize)
  return { mass: new Float64Array(vocabularySize), listed, size: 0, rest: 1, singles: base.singles }
}

export function clearDistribution(distribution: Distribution): void {
  const { mass, listed } = distribution
  for (let i = 0; i < distribution.size; i++) mass[listed[i] as number] = 0
  distribution.size = 0
  distribution.rest = 0
}

/** p(rank), exact. */
export function densityOf({ mass, rest, singles }: Distribution, rank: number): number {
  return (mass[rank] as number) + rest * (singles[rank] as number)
}

/** The whole distribution by rank: vocabularySize numbers that sum to 1. */
export function densitiesOf(distribution: Distribution): Float64Array {
  return distribution.mass.map((_, rank) => densityOf(distribution, rank))
}

/** Adds mass >= 0 to one token. */
export function addMass(distribution: Distribution, rank: number, mass: number): void {
  if (mass <= 0) return
  const before = distribution.mass[rank] as number
  if (before === 0) distribution.listed[distribution.size++] = rank
  distribution.mass[rank] = before + mass
}

/**
 * Lists what a model knows after these contexts, in all `weight` of it, and returns the share of the weight that is left for what it does
 * not know: 1 when none of the contexts is known. Single tokens are not listed; they are the ground that the share is for.
 */
export function addModel(
  distribution: Distribution,
  model: NgramModel,
  { contexts, weight }: { contexts: readonly number[]; weight: number },
): number {
  let share = weight
  for (let n = model.levels.length - 1; n > 0; n--) {
    const context = contexts[n] as number
    const total = context === -1 ? 0 : (model.totals[n]?.[context] as number)
    if (total === 0) continue
    const level = model.levels[n] as Level
    const scale = share / total
    const end = level.start[context + 1] as number
    for (let i = level.start[context] as number; i < end; i++)
      addMass(distribution, level.rank[i] as number, scale * discounted(level, i))
    share *= model.left[n]?.[context] as number
  }
  return share
}

/**
 * The contexts of a history one token longer: the n tokens before it stood at `contexts[n]`, so that one search a length is enough.
 * Entry n is -1 where the model has no such context.
 */
export function extendContexts(model: NgramModel, contexts: readonly number[], rank: number): number[] {
  return model.levels.map((_, n) => {
    if (n === 0) return 0
    const before = contexts[n - 1] as number
    return before === -1 ? -1 : findNgram(model.levels[n - 1] as Level, before, rank)
  })
}

/**
 * How far `other` is from `one`: the bits a token that someone loses who expects `other` while `one` speaks. Kullback & Leibler 1951, over the
 * whole vocabulary. 0 when equal, Infinity when `other` excludes what `one` may say.
 */
export function divergenceBits(one: Distribution, other: Distribution): number {
  let bits = 0
  for (let rank = 0; rank < vocabularySize; rank++) {
    const p = densityOf(one, rank)
    if (p > 0) bits += p * Math.log2(p / densityOf(other, rank))
  }
  return Math.max(0, bits)
}
