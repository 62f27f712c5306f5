// Are these numbers spread evenly over 0..1? Kolmogorov's test: D is the largest distance between their cumulative shares and the diagonal,
//   p = 2 sum_k (-1)^(k-1) exp(-2 k^2 l^2),   l = D (sqrt n + .12 + .11 / sqrt n)   (Stephens 1970)
// Small p: they are not; ranks among twins that are not even say that a measure takes sides.

export interface Uniformity {
  /** 0..1. */
  readonly distance: number
  readonly p: number
}

/** RangeError without numbers or for one outside 0..1. */
export function testUniformity(values: readonly number[]): Uniformity {
  if (values.length === 0 || values.some((value) => !(value >= 0 && value <= 1)))
    throw new RangeError('testUniformity: expected numbers from 0 to 1, at least one')
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  const distance = sorted.reduce((most, value, i) => Math.max(most, value - i / n, (i + 1) / n - value), 0)
  const l = distance * (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n))
  let p = 0
  for (let k = 1; k <= 100; k++) p += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * l * l)
  return { distance, p: l < 0.2 ? 1 : Math.max(0, Math.min(1, p)) }
}
