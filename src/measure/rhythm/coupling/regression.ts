// What is left of a series once others have told all they can of it (least squares, by Gram and Schmidt's orthogonal columns).

/** Orthonormal columns that span the same as the given ones; a column that the earlier ones tell already is left out. */
export function orthonormalise(columns: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = []
  for (const column of columns) {
    const direction = directionOf(column, basis)
    if (direction !== null) basis.push(direction)
  }
  return basis
}

/** Share of a series' square below which the rest of it is rounding. */
const rounding = 1e-10

/** The series less its projections on the basis, of length 1; null when nothing is left. */
export function directionOf(series: Float64Array, basis: readonly Float64Array[]): Float64Array | null {
  const rest = series.slice()
  for (const column of basis) {
    const along = dot(rest, column)
    for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] as number) - along * (column[i] as number)
  }
  const square = dot(rest, rest)
  if (square <= rounding * dot(series, series)) return null
  const length = Math.sqrt(square)
  return rest.map((value) => value / length)
}

export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (y[i] as number)
  return sum
}

export const ones = (length: number) => new Float64Array(length).fill(1)
