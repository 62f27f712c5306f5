// Main directions of a cloud of points (principal components): eigenvectors of its second moments by Jacobi's rotations
// (Golub & Van Loan, Matrix Computations, 8.5), with + - * / and sqrt only, so that every machine finds the same bits.

/** Unit vectors, strongest first. `rows` holds centred points, `dimensions` numbers each. */
export function mainDirections(rows: Float64Array, dimensions: number): number[][] {
  const moments = secondMoments(rows, dimensions)
  const turned = identity(dimensions)
  for (let sweep = 0; sweep < 12; sweep++)
    for (let p = 0; p < dimensions; p++) for (let q = p + 1; q < dimensions; q++) rotate(moments, turned, p, q)
  const strength = (d: number) => moments[d]?.[d] ?? 0
  return Array.from({ length: dimensions }, (_, d) => d)
    .sort((a, b) => strength(b) - strength(a))
    .map((d) => turned.map((row) => row[d] ?? 0))
}

function secondMoments(rows: Float64Array, dimensions: number): Float64Array[] {
  const moments = Array.from({ length: dimensions }, () => new Float64Array(dimensions))
  const count = rows.length / dimensions
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * dimensions, (i + 1) * dimensions)
    for (let p = 0; p < dimensions; p++) {
      const into = moments[p] as Float64Array
      for (let q = 0; q < dimensions; q++)
        into[q] = (into[q] as number) + ((row[p] as number) * (row[q] as number)) / count
    }
  }
  return moments
}

const identity = (size: number) =>
  Array.from({ length: size }, (_, i) => Float64Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)))

/** Turns axes p and q so that they no longer go together: tan of the angle t = sign(w) / (|w| + sqrt(1 + w^2)), w = (a_qq - a_pp) / 2 a_pq. */
function rotate(a: Float64Array[], turned: Float64Array[], p: number, q: number): void {
  const rowP = a[p] as Float64Array
  const rowQ = a[q] as Float64Array
  const together = rowP[q] as number
  if (Math.abs(together) < 1e-15) return
  const w = ((rowQ[q] as number) - (rowP[p] as number)) / (2 * together)
  const t = (w < 0 ? -1 : 1) / (Math.abs(w) + Math.sqrt(1 + w * w))
  const c = 1 / Math.sqrt(1 + t * t)
  const s = t * c
  for (const rows of [a, turned])
    for (const row of rows) {
      const [x, y] = [row[p] as number, row[q] as number]
      row[p] = c * x - s * y
      row[q] = s * x + c * y
    }
  for (let d = 0; d < rowP.length; d++) {
    const [x, y] = [rowP[d] as number, rowQ[d] as number]
    rowP[d] = c * x - s * y
    rowQ[d] = s * x + c * y
  }
}
