// How strong the ridge must be: the penalty under which votes of unseen judges on unseen items are told best (grouped cross-validation).
//   equal  lambda (I - 11'/K) over the measures: without evidence all weigh the same, whatever that is; it is fitted
//   zero   lambda I over the measures: without evidence none weighs anything
// Nuisance is held by a hair only, so that it takes all it can.
import type { Random } from '../../random.ts'
import { type Matrix, rowOf, zeros } from '../matrix.ts'
import type { Column, RewardRow } from './design.ts'
import { type Fold, foldRows } from './folds.ts'
import { fitLogistic, logLikelihoodOf } from './logistic.ts'

export type Shrink = 'equal' | 'zero'

/** From strong to weak, in units of information: 1 / variance of the prior. */
export const penalties: readonly number[] = [1000, 300, 100, 30, 10, 3, 1, 0.3, 0.1]

const hair = 1e-6

export function ridgeOf(columns: readonly Column[], shrink: Shrink, penalty: number): Matrix {
  const ridge = zeros(columns.length)
  const measures = columns.flatMap(({ kind }, k) => (kind === 'measure' ? [k] : []))
  columns.forEach((_, k) => {
    rowOf(ridge, k)[k] = hair
  })
  for (const i of measures)
    for (const j of measures) {
      const own = i === j ? 1 : 0
      const entry = shrink === 'equal' ? own - 1 / measures.length : own
      rowOf(ridge, i)[j] = (rowOf(ridge, i)[j] ?? 0) + penalty * entry
    }
  return ridge
}

export interface PenaltyPlan {
  readonly columns: readonly Column[]
  readonly shrink: Shrink
  readonly parts: { readonly items: number; readonly judges: number }
}

/** null when nothing can be held out. */
export function choosePenalty(rows: readonly RewardRow[], plan: PenaltyPlan, random: Random): number | null {
  const folds = foldRows(rows, plan.parts, random)
  if (folds.length === 0) return null
  let [best, height] = [penalties[0] ?? 0, Number.NEGATIVE_INFINITY]
  const last = new Map<Fold, Float64Array>()
  for (const penalty of penalties) {
    const ridge = ridgeOf(plan.columns, plan.shrink, penalty)
    const told = folds.reduce((sum, fold) => {
      const fit = fitLogistic(fold.train, ridge, last.get(fold))
      if (fit === null) return Number.NEGATIVE_INFINITY
      last.set(fold, fit.beta)
      return sum + logLikelihoodOf(fold.test, fit.beta)
    }, 0)
    if (told > height) [best, height] = [penalty, told]
  }
  return best
}
