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

/** L of A = L L', lower triangular; null when A is not positive definite to working precision. */
export function decompose(matrix: Matrix): Matrix | null {
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

export interface Eigen {
  readonly values: Float64Array
  /** One per value, of length 1, as rows. */
  readonly vectors: Matrix
}

/** Of a symmetric matrix, by Jacobi's rotations: each takes the largest entry off the diagonal away. */
export function findEigen(matrix: Matrix): Eigen {
  const size = matrix.length
  const work = matrix.map((row) => Float64Array.from(row))
  const vectors = zeros(size)
  vectors.forEach((row, i) => {
    row[i] = 1
  })
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        off += at(rowOf(work, p), q) ** 2
        rotate(work, vectors, p, q)
      }
    if (off < 1e-26) break
  }
  return { values: Float64Array.from(work, (row, i) => at(row, i)), vectors }
}

/** In place: entry p, q becomes 0. */
function rotate(work: Matrix, vectors: Matrix, p: number, q: number): void {
  const entry = at(rowOf(work, p), q)
  if (Math.abs(entry) < 1e-300) return
  const slope = (at(rowOf(work, q), q) - at(rowOf(work, p), p)) / (2 * entry)
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.sqrt(slope * slope + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  for (const row of work) turn(row, p, row, q, cosine, sine)
  const [first, second] = [rowOf(work, p), rowOf(work, q)]
  for (let k = 0; k < first.length; k++) turn(first, k, second, k, cosine, sine)
  const [one, other] = [rowOf(vectors, p), rowOf(vectors, q)]
  for (let k = 0; k < one.length; k++) turn(one, k, other, k, cosine, sine)
}

function turn(a: Float64Array, i: number, b: Float64Array, j: number, cosine: number, sine: number): void {
  const [x, y] = [at(a, i), at(b, j)]
  a[i] = cosine * x - sine * y
  b[j] = sine * x + cosine * y
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
