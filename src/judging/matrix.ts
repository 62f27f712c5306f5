// Small dense symmetric matrices, as rows. Only what ranking needs.

export type Matrix = Float64Array[]

export const zeros = (size: number): Matrix => Array.from({ length: size }, () => new Float64Array(size))

/**
 * Inverse of a symmetric positive definite matrix by Cholesky's decomposition (A = L L', A^-1 = L^-T L^-1).
 * null when it is not positive definite to working precision.
 */
export function invert(matrix: Matrix): Matrix | null {
  const lower = decompose(matrix)
  if (lower === null) return null
  const size = matrix.length
  const inverse = zeros(size)
  const column = new Float64Array(size)
  for (let c = 0; c < size; c++) {
    column.fill(0)
    column[c] = 1
    substitute(lower, column)
    for (let r = 0; r < size; r++) rowOf(inverse, r)[c] = at(column, r)
  }
  return inverse
}

/** Solves A x = b for the same matrices. */
export function solve(matrix: Matrix, right: Float64Array): Float64Array | null {
  const lower = decompose(matrix)
  if (lower === null) return null
  const x = Float64Array.from(right)
  substitute(lower, x)
  return x
}

export function multiply(matrix: Matrix, vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => row.reduce((sum, value, k) => sum + value * at(vector, k), 0))
}

function decompose(matrix: Matrix): Matrix | null {
  const size = matrix.length
  const lower = zeros(size)
  for (let r = 0; r < size; r++) {
    const row = rowOf(lower, r)
    for (let c = 0; c <= r; c++) {
      const other = rowOf(lower, c)
      let sum = at(rowOf(matrix, r), c)
      for (let k = 0; k < c; k++) sum -= at(row, k) * at(other, k)
      if (r !== c) row[c] = sum / at(other, c)
      else if (sum > 1e-14 * at(rowOf(matrix, r), r)) row[c] = Math.sqrt(sum)
      else return null
    }
  }
  return lower
}

/** In place: x becomes (L L')^-1 x. */
function substitute(lower: Matrix, x: Float64Array): void {
  const size = lower.length
  for (let r = 0; r < size; r++) {
    const row = rowOf(lower, r)
    let sum = at(x, r)
    for (let k = 0; k < r; k++) sum -= at(row, k) * at(x, k)
    x[r] = sum / at(row, r)
  }
  for (let r = size - 1; r >= 0; r--) {
    let sum = at(x, r)
    for (let k = r + 1; k < size; k++) sum -= at(rowOf(lower, k), r) * at(x, k)
    x[r] = sum / at(rowOf(lower, r), r)
  }
}

export const rowOf = (matrix: Matrix, r: number): Float64Array => matrix[r] as Float64Array
export const at = (vector: Float64Array, k: number): number => vector[k] as number
