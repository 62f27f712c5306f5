// One covariance of centred strengths over judges, well conditioned for few of them. Each judge's pull v_j, the luck of single votes U and M, the
// covariance of independent votes, in; S out, positive semidefinite and nowhere narrower than M. In the metric of M (M = L L'), over p directions:
//   Q = sum_j q_j q_j' - L^-1 U L'^-1,  q_j = L^-1 v_j    1 where judges differ as independent votes would, larger where each has a taste of its own
//   A = (1 - rho) Q + rho m I,  m = tr Q / p     few judges leave Q with directions of no error and of far too much: it is drawn to its mean
//   rho = min(1, sum_j |J q_j q_j' - sum q q'|^2 / J^2 / |Q - m I|^2)                                       (Ledoit & Wolf 2004)
//   but no eigenvalue down by more than half of its own standard error, sqrt(2 / (J - 1)) of it: judges who are split about one entry differ
//   in one direction far more than in others, and that shall not be drawn away (limited translation, Efron & Morris 1972)
//   S = L max(1, A) L'                           by eigenvalues: judges who agree beyond chance would make errors vanish
// Freedoms of the error of a difference: those of the judges, nu, grow as directions are pooled, and where M stands in for them, which is known:
//   nu / ((1 - rho)^2 + (1 - (1 - rho)^2) / p) / s^2      s: share of its variance that A has above 1; rho as it was for its directions
// Of two items there is one direction, nothing is pooled, and S is max(1, Q). Q is told by the judges, but for what single votes make of it, which is
// known: gamma with mean q and variance 2 (q^2 - known) / nu, q the greater of Q and 1. Freedoms are 2 E^2 / var of max(1, Q) (Satterthwaite).
import { centreLevels } from './centre.ts'
import type { Clustered, Pull } from './clustered.ts'
import { momentsFromOneUp } from './gamma.ts'
import { addSquare, at, decompose, dot, findEigen, type Matrix, multiply, rowOf, transpose, zeros } from './matrix.ts'

export interface PooledJudges {
  /** Of the items, centred level by level. */
  readonly covariance: Matrix
  /** Of the error of a combination of items, from the freedoms that judges leave it; `known` as in `freedomsAlone`. */
  freedomsOf(combination: Float64Array, ofJudges: number, known: number): number
}

/** Matrices may go on after the items; `levels`: the level of each item. null: no two items can be compared. */
export function poolJudges(
  { pulls, luck }: Pick<Clustered, 'pulls' | 'luck'>,
  ofVotes: Matrix,
  levels: readonly number[],
): PooledJudges | null {
  const directions = levels.length - new Set(levels).size
  const root = decompose(fillLevels(ofVotes, levels))
  if (directions === 0 || root === null) return null
  const whitened = pulls.map(({ vector, count }) => ({ vector: whiten(root, centre(vector, levels)), count }))
  const { vectors, drawn } = drawToMean(whitened, whitenSquares(root, luck, levels), directions)
  const covariance = zeros(levels.length)
  const turned = vectors.map((vector) => multiply(root, vector))
  turned.forEach((vector, k) => {
    addSquare(covariance, vector, Math.max(1, drawn[k]?.value ?? 0))
  })
  return {
    covariance: centreLevels(covariance, levels),
    freedomsOf(combination, ofJudges, known) {
      const terms = [...combination.keys()].filter((i) => at(combination, i) !== 0)
      let [above, pooled, all] = [0, 0, 0]
      turned.forEach((vector, k) => {
        const part = terms.reduce((sum, i) => sum + at(vector, i) * at(combination, i), 0) ** 2
        const { value, share } = drawn[k] as Drawn
        const own = part * Math.max(0, value - 1)
        all += part * Math.max(1, value)
        above += own
        pooled += own * ((1 - share) ** 2 + (1 - (1 - share) ** 2) / directions)
      })
      if (directions === 1) return freedomsAlone(all / (all - above), ofJudges, known)
      return above <= 1e-9 * all ? mostFreedoms : Math.min(mostFreedoms, (ofJudges * all * all) / (pooled * above))
    },
  }
}

/** From there on errors of the freedoms themselves are below what t shows. */
const greatestShape = 5000

/**
 * Of max(1, Q), found to be `value`; `known`: the share of independent votes' errors that single votes make by themselves, 1 where each judge gives
 * one, which leaves nothing to be told by judges.
 */
export function freedomsAlone(value: number, ofJudges: number, known: number): number {
  const told = 1 - known / value ** 2
  if (ofJudges >= 2 * greatestShape * told) return mostFreedoms
  const { mean, variance } = momentsFromOneUp(ofJudges / (2 * told), value)
  return Math.min(mostFreedoms, (2 * mean * mean) / variance)
}

interface Drawn {
  /** Eigenvalue of A. */
  readonly value: number
  /** rho, smaller where it was limited. */
  readonly share: number
}

/** Chosen by experiment (docs/measures/judging.md): of a standard error. */
const farthestDrawn = 0.5

/** A, by eigenvectors of Q. */
function drawToMean(pulls: readonly Pull[], luck: Matrix, directions: number) {
  const squares = zeros(luck.length)
  for (const { vector, count } of pulls) addSquare(squares, vector, count)
  const judges = countJudges(pulls)
  const spread = squares.map((row, i) => row.map((value, j) => value - at(rowOf(luck, i), j)))
  const mean = spread.reduce((sum, row, i) => sum + at(row, i), 0) / directions
  const share = shareOfMean(pulls, { squares, spread }, mean, directions)
  const { values, vectors } = findEigen(spread)
  const drawn = Array.from(values, (value): Drawn => {
    const to = (1 - share) * value + share * mean
    const limit = value * (1 - farthestDrawn * Math.sqrt(2 / (judges - 1)))
    return value > mean && limit > to ? { value: limit, share: (value - limit) / (value - mean) } : { value: to, share }
  })
  return { vectors, drawn }
}

/** Student's is the normal distribution from there on. */
const mostFreedoms = 1e6

/** Items only; along levels, of which nothing is told, as much is put as there is elsewhere. */
function fillLevels(ofVotes: Matrix, levels: readonly number[]): Matrix {
  const sizes = new Map<number, number>()
  for (const level of levels) sizes.set(level, (sizes.get(level) ?? 0) + 1)
  const items = levels.map((_, i) => rowOf(ofVotes, i).slice(0, levels.length))
  const centred = centreLevels(items, levels)
  const most = centred.reduce((largest, row, i) => Math.max(largest, at(row, i)), 0)
  return centred.map((row, i) =>
    row.map((value, j) => value + (levels[i] === levels[j] ? most / (sizes.get(levels[i] ?? 0) ?? 1) : 0)),
  )
}

const countJudges = (pulls: readonly Pull[]) => pulls.reduce((sum, { count }) => sum + count, 0)

/** Of the items. */
function centre(pull: Float64Array, levels: readonly number[]): Float64Array {
  const sums = new Map<number, { sum: number; count: number }>()
  levels.forEach((level, i) => {
    const { sum, count } = sums.get(level) ?? { sum: 0, count: 0 }
    sums.set(level, { sum: sum + at(pull, i), count: count + 1 })
  })
  return Float64Array.from(levels, (level, i) => {
    const { sum, count } = sums.get(level) ?? { sum: 0, count: 1 }
    return at(pull, i) - sum / count
  })
}

/** L^-1 x. */
function whiten(root: Matrix, x: Float64Array): Float64Array {
  const y = new Float64Array(x.length)
  root.forEach((row, r) => {
    let sum = at(x, r)
    for (let k = 0; k < r; k++) sum -= at(row, k) * at(y, k)
    y[r] = sum / at(row, r)
  })
  return y
}

/** L^-1 X L'^-1 of the centred items. */
function whitenSquares(root: Matrix, squares: Matrix, levels: readonly number[]): Matrix {
  const items = centreLevels(
    levels.map((_, i) => rowOf(squares, i).slice(0, levels.length)),
    levels,
  )
  const half = items.map((row) => whiten(root, row))
  return transpose(half).map((column) => whiten(root, column))
}

/** rho, 0..1. */
function shareOfMean(
  pulls: readonly Pull[],
  { squares, spread }: { readonly squares: Matrix; readonly spread: Matrix },
  mean: number,
  directions: number,
): number {
  const sizeOf = (matrix: Matrix) => matrix.reduce((sum, row) => sum + dot(row, row), 0)
  const size = sizeOf(spread)
  const apart = size - directions * mean * mean
  // sum_j |J q_j q_j' - sum q q'|^2 / J^2 = sum_j |q_j|^4 - |sum q q'|^2 / J
  const fourth = pulls.reduce((sum, { vector, count }) => sum + count * dot(vector, vector) ** 2, 0)
  const noise = fourth - sizeOf(squares) / countJudges(pulls)
  return apart <= 1e-12 * size ? 1 : Math.min(1, Math.max(0, noise / apart))
}
