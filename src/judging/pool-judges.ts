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
import type { Clustered } from './clustered.ts'
import { momentsFromOneUp } from './gamma.ts'
import { at, decompose, findEigen, type Matrix, multiply, rowOf, zeros } from './matrix.ts'

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
  const whitened = pulls.map((pull) => whiten(root, centre(pull.subarray(0, levels.length), levels)))
  const { vectors, drawn } = drawToMean(whitened, whitenSquares(root, luck, levels), directions)
  const covariance = zeros(levels.length)
  vectors.forEach((vector, k) => {
    addSquare(covariance, multiply(root, vector), Math.max(1, drawn[k]?.value ?? 0))
  })
  return {
    covariance: centreLevels(covariance, levels),
    freedomsOf(combination, ofJudges, known) {
      const turned = root.map((_, c) => root.reduce((sum, row, r) => sum + at(row, c) * at(combination, r), 0))
      let [above, pooled, all] = [0, 0, 0]
      vectors.forEach((vector, k) => {
        const part = vector.reduce((sum, value, i) => sum + value * (turned[i] ?? 0), 0) ** 2
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
function drawToMean(pulls: readonly Float64Array[], luck: Matrix, directions: number) {
  const squares = zeros(luck.length)
  for (const pull of pulls) addSquare(squares, pull, 1)
  const spread = squares.map((row, i) => row.map((value, j) => value - at(rowOf(luck, i), j)))
  const mean = spread.reduce((sum, row, i) => sum + at(row, i), 0) / directions
  const share = shareOfMean(pulls, { squares, spread }, mean, directions)
  const { values, vectors } = findEigen(spread)
  const drawn = Array.from(values, (value): Drawn => {
    const to = (1 - share) * value + share * mean
    const limit = value * (1 - farthestDrawn * Math.sqrt(2 / (pulls.length - 1)))
    return value > mean && limit > to ? { value: limit, share: (value - limit) / (value - mean) } : { value: to, share }
  })
  return { vectors, drawn }
}

/** Student's is the normal distribution from there on. */
const mostFreedoms = 1e6

/** Items only; 1/n added between all items of a level, along which nothing is told. */
function fillLevels(ofVotes: Matrix, levels: readonly number[]): Matrix {
  const sizes = new Map<number, number>()
  for (const level of levels) sizes.set(level, (sizes.get(level) ?? 0) + 1)
  const items = levels.map((_, i) => rowOf(ofVotes, i).slice(0, levels.length))
  return centreLevels(items, levels).map((row, i) =>
    row.map((value, j) => value + (levels[i] === levels[j] ? 1 / (sizes.get(levels[i] ?? 0) ?? 1) : 0)),
  )
}

function centre(pull: Float64Array, levels: readonly number[]): Float64Array {
  return pull.map((value, i) => {
    const own = levels.flatMap((level, j) => (level === levels[i] ? [at(pull, j)] : []))
    return value - own.reduce((sum, one) => sum + one, 0) / own.length
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
  return items.map((_, c) =>
    whiten(
      root,
      Float64Array.from(half, (row) => at(row, c)),
    ),
  )
}

/** rho, 0..1. */
function shareOfMean(
  pulls: readonly Float64Array[],
  { squares, spread }: { readonly squares: Matrix; readonly spread: Matrix },
  mean: number,
  directions: number,
): number {
  const sizeOf = (matrix: readonly Float64Array[]) =>
    matrix.reduce((sum, row) => sum + row.reduce((all, value) => all + value * value, 0), 0)
  const size = sizeOf(spread)
  const apart = size - directions * mean * mean
  // sum_j |J q_j q_j' - sum q q'|^2 / J^2 = sum_j |q_j|^4 - |sum q q'|^2 / J
  const noise = pulls.reduce((sum, pull) => sum + sizeOf([pull]) ** 2, 0) - sizeOf(squares) / pulls.length
  return apart <= 1e-12 * size ? 1 : Math.min(1, Math.max(0, noise / apart))
}

function addSquare(matrix: Matrix, vector: Float64Array, weight: number): void {
  matrix.forEach((row, i) => {
    for (let j = 0; j < row.length; j++) row[j] = at(row, j) + weight * at(vector, i) * at(vector, j)
  })
}
