// Weighted nonlinear least squares by Levenberg and Marquardt: minimises sum of importance x (y - expected)^2 + sum of penalty x weight^2.

export interface Problem {
  /** Where the search begins: one number a weight. */
  readonly start: readonly number[]
  readonly y: readonly number[]
  /** One a row; they should sum to 1. */
  readonly importance: readonly number[]
  /** One a weight. */
  readonly penalties: readonly number[]
  /** What is expected in row `r`, and into `slopes` its derivatives by the weights. */
  readonly expect: (weights: readonly number[], r: number, slopes: number[]) => number
}

/** The weights; steps are damped more until they help, less when they do. */
export function solveLeastSquares(problem: Problem): number[] {
  let weights = [...problem.start]
  let { loss, gradient, curvature } = derive(problem, weights)
  let damping = 1e-3
  for (let step = 0; step < 200 && damping < 1e12; step++) {
    const damped = curvature.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) + 1e-12 : value)))
    const moved = solveLinear(damped, gradient).map((change, i) => (weights[i] as number) + change)
    const next = derive(problem, moved)
    if (!(next.loss <= loss)) {
      damping *= 8
      continue
    }
    const still = loss - next.loss < 1e-15
    weights = moved
    ;({ loss, gradient, curvature } = next)
    damping = Math.max(damping / 8, 1e-12)
    if (still) break
  }
  return weights
}

/** The loss, half its downhill gradient, and Gauss and Newton's curvature. */
function derive(problem: Problem, weights: readonly number[]) {
  const { penalties } = problem
  let loss = weights.reduce((sum, weight, i) => sum + (penalties[i] as number) * weight * weight, 0)
  const gradient = weights.map((weight, i) => -(penalties[i] as number) * weight)
  const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? (penalties[i] as number) : 0)))
  const slopes: number[] = weights.map(() => 0)
  for (let r = 0; r < problem.y.length; r++) {
    const importance = problem.importance[r] as number
    const off = (problem.y[r] as number) - problem.expect(weights, r, slopes)
    loss += importance * off * off
    for (let i = 0; i < slopes.length; i++) {
      const part = importance * (slopes[i] as number)
      gradient[i] = (gradient[i] as number) + part * off
      const row = curvature[i] as number[]
      for (let j = 0; j < slopes.length; j++) row[j] = (row[j] as number) + part * (slopes[j] as number)
    }
  }
  return { loss, gradient, curvature }
}

/** Gauss elimination with pivots. */
function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number])
  const n = rows.length
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let r = column + 1; r < n; r++)
      if (Math.abs(at(rows, r, column)) > Math.abs(at(rows, pivot, column))) pivot = r
    ;[rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]]
    for (let r = 0; r < n; r++) {
      if (r === column) continue
      const factor = at(rows, r, column) / at(rows, column, column)
      const target = rows[r] as number[]
      for (let j = column; j <= n; j++) target[j] = (target[j] as number) - factor * at(rows, column, j)
    }
  }
  return rows.map((row, i) => (row[n] as number) / (row[i] as number))
}

function at(rows: readonly (readonly number[])[], r: number, column: number): number {
  return (rows[r] as readonly number[])[column] as number
}
