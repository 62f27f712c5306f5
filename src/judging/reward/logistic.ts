// Ridge logistic regression without an intercept. Rows of differences with an answer each in; coefficients out.
//   P(first) = 1 / (1 + e^-(x beta))      maximise  sum_r w_r (y_r log P + (1 - y_r) log(1 - P)) - beta' R beta / 2        by Newton's method
// y = 1, 1/2, 0: won, tied, lost. R is any symmetric matrix without negative directions; the larger, the stronger the ridge (Hoerl & Kennard 1970;
// le Cessie & van Houwelingen 1992).
import type { Cluster } from '../clustered.ts'
import { at, invert, type Matrix, rowOf, solve, zeros } from '../matrix.ts'

export interface Row {
  readonly x: Float64Array
  readonly y: number
  readonly weight: number
}

export interface Logistic {
  readonly beta: Float64Array
  /** Of the information, the ridge included. */
  readonly inverse: Matrix
}

/** Log-odds past which a coefficient grows without end. */
const farthest = 500
const mostSteps = 60

/** null when there is no finite maximum, or none that is the only one. `from`: where to begin. */
export function fitLogistic(rows: readonly Row[], ridge: Matrix, from?: Float64Array): Logistic | null {
  const beta = Float64Array.from(from ?? ridge.map(() => 0))
  let height = Number.NEGATIVE_INFINITY
  for (let step = 0; step < mostSteps; step++) {
    const { gradient, information, logLikelihood } = bendLogistic(rows, beta)
    addRidge(ridge, beta, gradient, information)
    const reached = logLikelihood - ridgeHeight(ridge, beta)
    const move = solve(information, gradient)
    if (move === null || beta.some((value) => Math.abs(value) > farthest)) return null
    const largest = move.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    if (largest < 1e-9 || (largest < 1e-6 && reached <= height)) {
      const inverse = invert(information)
      return inverse === null ? null : { beta, inverse }
    }
    height = reached
    advance(rows, ridge, beta, move, reached)
  }
  return null
}

/** In place: the step, halved until it does not go down. */
function advance(rows: readonly Row[], ridge: Matrix, beta: Float64Array, move: Float64Array, height: number): void {
  for (let share = 1; share > 1e-8; share /= 2) {
    const to = beta.map((value, k) => value + share * at(move, k))
    if (logLikelihoodOf(rows, to) - ridgeHeight(ridge, to) < height - 1e-12 * Math.abs(height)) continue
    beta.set(to)
    return
  }
}

function ridgeHeight(ridge: Matrix, beta: Float64Array): number {
  return ridge.reduce(
    (sum, row, i) => sum + row.reduce((part, r, j) => part + (r * at(beta, i) * at(beta, j)) / 2, 0),
    0,
  )
}

function addRidge(ridge: Matrix, beta: Float64Array, gradient: Float64Array, information: Matrix): void {
  ridge.forEach((row, i) => {
    row.forEach((value, j) => {
      gradient[i] = at(gradient, i) - value * at(beta, j)
      rowOf(information, i)[j] = at(rowOf(information, i), j) + value
    })
  })
}

export function logOddsOf(x: Float64Array, beta: Float64Array): number {
  let sum = 0
  for (let k = 0; k < x.length; k++) sum += (x[k] as number) * (beta[k] as number)
  return sum
}

export const chanceOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/** Summed, not halved. */
export function logLikelihoodOf(rows: readonly Row[], beta: Float64Array): number {
  let sum = 0
  for (const { x, y, weight } of rows) sum += weight * logChance(logOddsOf(x, beta), y)
  return sum
}

/** y log P + (1 - y) log(1 - P), without loss far out. */
export function logChance(logOdds: number, y: number): number {
  return -(Math.max(0, -logOdds) + Math.log1p(Math.exp(-Math.abs(logOdds)))) - (1 - y) * logOdds
}

/** Slopes, information and log-likelihood of rows, without the ridge. */
export function bendLogistic(rows: readonly Row[], beta: Float64Array): Cluster & { readonly logLikelihood: number } {
  const size = beta.length
  const gradient = new Float64Array(size)
  const information = zeros(size)
  let logLikelihood = 0
  for (const { x, y, weight } of rows) {
    const logOdds = logOddsOf(x, beta)
    const p = chanceOf(logOdds)
    logLikelihood += weight * logChance(logOdds, y)
    const [slope, curve] = [weight * (y - p), weight * p * (1 - p)]
    for (let i = 0; i < size; i++) {
      const xi = x[i] as number
      if (xi === 0) continue
      gradient[i] = (gradient[i] as number) + slope * xi
      const row = information[i] as Float64Array
      const pull = curve * xi
      for (let j = 0; j <= i; j++) row[j] = (row[j] as number) + pull * (x[j] as number)
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) rowOf(information, j)[i] = at(rowOf(information, i), j)
  return { gradient, information, logLikelihood }
}
