// Dense symmetric matrices, as rows. Only what ranking needs.

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
  return Float64Array.from(matrix, (row) => dot(row, vector))
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

/**
 * Of a symmetric matrix, in no order: Householder's reflections make it tridiagonal, rotations with Wilkinson's shift diagonal
 * (Golub & Van Loan 2013, 8.3). Errors are as rounding is beside the largest value. Throws RangeError for entries that are no numbers.
 */
export function findEigen(matrix: Matrix): Eigen {
  const { values, beside, vectors } = makeTridiagonal(matrix)
  const smallest =
    Number.EPSILON * values.reduce((most, value, k) => Math.max(most, Math.abs(value), Math.abs(beside[k] ?? 0)), 0)
  let last = values.length - 1
  for (let left = 40 * values.length; last > 0; left--) {
    if (left === 0 || Number.isNaN(smallest))
      throw new RangeError('findEigen: expected a matrix of finite numbers, got one whose eigenvalues are not found')
    if (Math.abs(at(beside, last - 1)) <= smallest) {
      last--
      continue
    }
    let first = last - 1
    while (first > 0 && Math.abs(at(beside, first - 1)) > smallest) first--
    chase(values, beside, vectors, first, last)
  }
  return { values, vectors }
}

/** The diagonal, the entries beside it, and the basis in which it is so, as rows. */
function makeTridiagonal(matrix: Matrix) {
  const work = matrix.map((row) => Float64Array.from(row))
  const size = work.length
  const vectors = zeros(size)
  vectors.forEach((row, i) => {
    row[i] = 1
  })
  const beside = new Float64Array(Math.max(0, size - 1))
  for (let k = 0; k + 1 < size; k++) {
    const normal = reflectionOf(work, k)
    if (normal !== null) {
      reflectBothSides(work, normal, k + 1)
      reflectRows(vectors, normal, k + 1)
    }
    beside[k] = at(rowOf(work, k + 1), k)
  }
  return { values: Float64Array.from(work, (row, i) => at(row, i)), beside, vectors }
}

/** Unit normal of the mirror that leaves of column k nothing below the entry beside the diagonal, which is set; null where nothing is. */
function reflectionOf(work: Matrix, k: number): Float64Array | null {
  const normal = Float64Array.from(work, (row, r) => (r > k ? at(row, k) : 0))
  const beyond = dot(normal, normal, k + 2)
  if (beyond === 0) return null
  const [own, length] = [at(normal, k + 1), Math.sqrt(at(normal, k + 1) ** 2 + beyond)]
  const to = own > 0 ? -length : length
  normal[k + 1] = own - to
  rowOf(work, k + 1)[k] = to
  const scale = 1 / Math.sqrt(beyond + (own - to) ** 2)
  return normal.map((value) => value * scale)
}

/** In place, from `from` on: (1 - 2 u u') A (1 - 2 u u') = A - u w' - w u', w = 2 (A u - u u'A u). */
function reflectBothSides(work: Matrix, u: Float64Array, from: number): void {
  const w = Float64Array.from(work, (row, r) => (r < from ? 0 : dot(row, u, from)))
  const within = dot(u, w, from)
  for (let r = from; r < w.length; r++) w[r] = 2 * (at(w, r) - within * at(u, r))
  for (let r = from; r < w.length; r++) {
    const [row, ur, wr] = [rowOf(work, r), at(u, r), at(w, r)]
    for (let c = from; c < w.length; c++) row[c] = at(row, c) - ur * at(w, c) - wr * at(u, c)
  }
}

/** In place: (1 - 2 u u') V. */
function reflectRows(vectors: Matrix, u: Float64Array, from: number): void {
  const along = new Float64Array(u.length)
  for (let r = from; r < u.length; r++) addScaled(along, rowOf(vectors, r), at(u, r))
  for (let r = from; r < u.length; r++) addScaled(rowOf(vectors, r), along, -2 * at(u, r))
}

/** In place: one step with Wilkinson's shift on the rows from `first` to `last`; the entry that stands out is chased down the diagonal. */
function chase(values: Float64Array, beside: Float64Array, vectors: Matrix, first: number, last: number): void {
  const lowest = at(beside, last - 1)
  const half = (at(values, last - 1) - at(values, last)) / 2
  const shift = at(values, last) - lowest ** 2 / (half + (half < 0 ? -1 : 1) * Math.hypot(half, lowest))
  let [x, out] = [at(values, first) - shift, at(beside, first)]
  for (let k = first; k < last; k++) {
    const length = Math.hypot(x, out)
    const [c, s] = length === 0 ? [1, 0] : [x / length, out / length]
    if (k > first) beside[k - 1] = length
    const [upper, side, lower] = [at(values, k), at(beside, k), at(values, k + 1)]
    values[k] = c * c * upper + 2 * c * s * side + s * s * lower
    values[k + 1] = s * s * upper - 2 * c * s * side + c * c * lower
    x = c * s * (lower - upper) + (c * c - s * s) * side
    beside[k] = x
    if (k + 1 < last) {
      out = s * at(beside, k + 1)
      beside[k + 1] = c * at(beside, k + 1)
    }
    rotateRows(rowOf(vectors, k), rowOf(vectors, k + 1), c, s)
  }
}

function rotateRows(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [at(a, k), at(b, k)]
    a[k] = c * x + s * y
    b[k] = c * y - s * x
  }
}

/** From place `from` on. In two sums, so that none waits for the one before. */
export function dot(a: Float64Array, b: Float64Array, from = 0): number {
  const last = a.length - 1
  let even = 0
  let odd = 0
  let k = from
  for (; k < last; k += 2) {
    even += at(a, k) * at(b, k)
    odd += at(a, k + 1) * at(b, k + 1)
  }
  return k === last ? even + odd + at(a, k) * at(b, k) : even + odd
}

/** In place. */
export function addScaled(sum: Float64Array, vector: Float64Array, scale: number): void {
  for (let k = 0; k < sum.length; k++) sum[k] = at(sum, k) + scale * at(vector, k)
}

/** In place: adds weight x x'. */
export function addSquare(matrix: Matrix, x: Float64Array, weight = 1): void {
  for (let r = 0; r < matrix.length; r++) addScaled(rowOf(matrix, r), x, weight * at(x, r))
}

export const pick = (vector: Float64Array, places: readonly number[]): Float64Array =>
  Float64Array.from(places, (place) => at(vector, place))

export const transpose = (matrix: Matrix): Matrix =>
  Array.from({ length: matrix[0]?.length ?? 0 }, (_, c) => Float64Array.from(matrix, (row) => at(row, c)))

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
