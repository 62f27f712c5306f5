// A model that answers: levels of counts become probabilities. Interpolated Kneser-Ney, Chen & Goodman 1999, equation 22:
//   p(w | h) = (c(h w) - D) / N(h) + left(h) p(w | h')      h' = h without its oldest token
// with left(h) the share of N(h) that discounts and pruning took away, so that probabilities sum to 1 exactly as they do below.
// Under the single tokens lies a ground: every token alike for the base model, the base model's single tokens for a persona.
import { buildLevels, countNgrams } from './count.ts'
import { findNgram, type Level, type Levels, type Ranking, vocabularySize } from './tables.ts'

export interface NgramModel {
  readonly levels: Levels
  readonly ranking: Ranking
  /** Per level and context: the sum of all counts, and what is left for the shorter context, 0..1. */
  readonly totals: readonly Float64Array[]
  readonly left: readonly Float64Array[]
  /** p(token) without any context, by rank. Sums to 1. */
  readonly singles: Float64Array
}

/** Under its single tokens every token of the vocabulary is equally likely. */
export function createBaseModel(levels: Levels, ranking: Ranking): NgramModel {
  return createModel(levels, ranking, new Float64Array(vocabularySize).fill(1 / vocabularySize))
}

/** A persona looks back two tokens: with three it would only recite its texts. */
const personaOrder = 3
/**
 * Estimated from a few hundred words, discounts would leave nearly all to the base. What is left is how often a persona leaves its own
 * words: a third after words it said once. Chosen by ear.
 */
const personaDiscounts = [0.3, 0.5, 0.7] as const

/** A small model of its own over the base's ranks. Texts are o200k ids. What it does not know is the base's to say (see voice.ts). */
export function createPersonaModel(texts: readonly ArrayLike<number>[], base: NgramModel): NgramModel {
  const counted = countNgrams(texts, personaOrder)
  const levels = buildLevels(counted, base.ranking.rankOf, [1, 1, 1])
  return createModel(
    levels.map((level) => ({ ...level, discounts: personaDiscounts })),
    base.ranking,
    base.singles,
  )
}

/** `ground`: p(token) by rank for what the levels have not seen. Throws RangeError when it is not one number a token. */
export function createModel(levels: Levels, ranking: Ranking, ground: Float64Array): NgramModel {
  if (ground.length !== vocabularySize)
    throw new RangeError(`createModel: expected ${vocabularySize} ground probabilities, got ${ground.length}`)
  const weighed = levels.map(weighContexts)
  const totals = weighed.map(({ total }) => total)
  const left = weighed.map((contexts) => contexts.left)
  const first = levels[0] as Level
  const share = left[0]?.[0] ?? 1
  const singles = ground.map((p) => share * p)
  const total = totals[0]?.[0] ?? 0
  for (let i = 0; i < first.rank.length; i++) {
    const rank = first.rank[i] as number
    singles[rank] = (singles[rank] as number) + discounted(first, i) / total
  }
  return { levels, ranking, totals, left, singles }
}

/** A context without n-grams leaves all to the shorter one. */
function weighContexts(level: Level): { total: Float64Array; left: Float64Array } {
  const contexts = level.pruned.length
  const total = new Float64Array(contexts)
  const left = new Float64Array(contexts).fill(1)
  for (let c = 0; c < contexts; c++) {
    let counts = level.pruned[c] as number
    let kept = 0
    for (let i = level.start[c] as number; i < (level.start[c + 1] as number); i++) {
      counts += level.count[i] as number
      kept += discounted(level, i)
    }
    if (level.start[c] === level.start[c + 1]) continue
    total[c] = counts
    left[c] = (counts - kept) / counts
  }
  return { total, left }
}

/** c - D of the n-gram at a place. */
export function discounted({ count, discounts }: Level, at: number): number {
  const c = count[at] as number
  return c - discounts[c > 2 ? 2 : ((c - 1) as 0 | 1)]
}

/**
 * Where the last 0, 1, 2 ... tokens of a history (ranks, newest last) stand as contexts, as long as they are known; entry n is a context of
 * level n, -1 where there is none.
 */
export function contextsOf({ levels }: NgramModel, history: ArrayLike<number>): number[] {
  return levels.map((_, n) => {
    if (n > history.length) return -1
    let context = 0
    for (let i = 0; i < n && context !== -1; i++)
      context = findNgram(levels[i] as Level, context, history[history.length - n + i] as number)
    return context
  })
}

/** p(rank | history), exact. */
export function probabilityOf(model: NgramModel, history: ArrayLike<number>, rank: number): number {
  const contexts = contextsOf(model, history)
  let p = model.singles[rank] as number
  for (let n = 1; n < contexts.length; n++) {
    const context = contexts[n] as number
    const total = context === -1 ? 0 : (model.totals[n]?.[context] as number)
    if (total === 0) continue
    const level = model.levels[n] as Level
    const at = findNgram(level, context, rank)
    p = (at === -1 ? 0 : discounted(level, at) / total) + (model.left[n]?.[context] as number) * p
  }
  return p
}
