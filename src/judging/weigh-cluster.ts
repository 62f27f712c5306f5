// How one judge's word is weighed. Information H over the k parameters T that its votes touch, and M, the inverse of all n, in; the weight
// W = L (1 - L' H L)^(-1/2) L' (L L' = M) out, as a sum over the r <= k directions that the judge speaks of, since elsewhere it is M:
//   C = K' H K = Q D Q', K K' = M_TT          D: the eigenvalues of L' H L that are not 0
//   F = K'^-1 Q D^(1/2), H = F F'             Y = M_T F (1 - D)^(-1/2)
//   W = M + Y S / (1 + S) Y', S = (1 - D)^(1/2)          H W = F Y'
import { addScaled, at, decompose, dot, findEigen, type Matrix, pick, rowOf, transpose } from './matrix.ts'

export interface WeighedCluster {
  readonly places: readonly number[]
  readonly count: number
  /** D, r of them. */
  readonly shares: Float64Array
  /** Y', r rows of n. */
  readonly spoken: Matrix
  /** H W, k rows of n. */
  readonly pulled: Matrix
}

interface Weighing {
  readonly places: readonly number[]
  readonly information: Matrix
  readonly count: number
}

/** A judge who alone fixes a direction leaves nothing to tell its error by. */
const alone = 1 - 1e-9
/** Directions of which a judge says less add nothing that doubles could hold. */
const nothing = 1e-16

/** null: it fixes a direction alone. */
export function weighCluster({ places, information, count }: Weighing, inverse: Matrix): WeighedCluster | null {
  const rows = places.map((place) => rowOf(inverse, place))
  const columns = transpose(decompose(rows.map((row) => pick(row, places))) ?? [])
  const { values, vectors } = findEigen(sandwich(information, columns))
  if (values.some((value) => !(value <= alone))) return null
  const directions = [...values.keys()].filter((m) => at(values, m) > nothing)
  const shares = Float64Array.from(directions, (m) => at(values, m))
  const factors = directions.map((m) => factorOf(columns, rowOf(vectors, m), Math.sqrt(at(values, m))))
  const spoken = factors.map((factor, m) => {
    const scale = 1 / Math.sqrt(1 - at(shares, m))
    return addUp(rows, factor, new Float64Array(inverse.length)).map((value) => value * scale)
  })
  const pulled = places.map((_, p) =>
    addUp(
      spoken,
      Float64Array.from(factors, (factor) => at(factor, p)),
      new Float64Array(inverse.length),
    ),
  )
  return { places, count, shares, spoken, pulled }
}

/** Of W the rows of T, k of n. */
export function weightOf({ places, shares, spoken }: WeighedCluster, inverse: Matrix): Matrix {
  const parts = shares.map((share) => Math.sqrt(1 - share) / (1 + Math.sqrt(1 - share)))
  return places.map((place) => {
    const own = parts.map((part, m) => part * at(rowOf(spoken, m), place))
    return addUp(spoken, own, Float64Array.from(rowOf(inverse, place)))
  })
}

/** Q D^(1/2) through K': solves K' f = q d, `columns` those of K. */
function factorOf(columns: Matrix, vector: Float64Array, scale: number): Float64Array {
  const factor = vector.map((value) => value * scale)
  for (let c = factor.length - 1; c >= 0; c--) {
    const column = rowOf(columns, c)
    let sum = at(factor, c)
    for (let r = c + 1; r < factor.length; r++) sum -= at(column, r) * at(factor, r)
    factor[c] = sum / at(column, c)
  }
  return factor
}

/** K' H K, of the columns of K. */
function sandwich(information: Matrix, columns: Matrix): Matrix {
  const halves = columns.map((column, c) => Float64Array.from(information, (row) => dot(row, column, c)))
  return halves.map((half) => Float64Array.from(columns, (column, d) => dot(column, half, d)))
}

/** In place: adds the vectors, as much of each as `shares` says. */
export function addUp(vectors: Matrix, shares: Float64Array, sum: Float64Array): Float64Array {
  vectors.forEach((vector, m) => {
    addScaled(sum, vector, at(shares, m))
  })
  return sum
}
