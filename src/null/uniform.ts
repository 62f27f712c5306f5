// Are these p-values drawn from 0..1 evenly? Kolmogorov and Smirnov's test of one sample against the uniform distribution.
//   D = largest distance between the sample's distribution and the straight line
//   p = 2 sum_k (-1)^(k-1) e^(-2 k^2 x^2),  x = (sqrt n + .12 + .11 / sqrt n) D     (Stephens 1970, JRSS B 32: good from n = 5 on)

export interface UniformTest {
  /** 0..1. */
  readonly distance: number
  /** How often evenly drawn values lie as far off, 0..1. */
  readonly p: number
}

/** Throws RangeError without a value or for one outside 0..1. */
export function testUniform(values: readonly number[]): UniformTest {
  const n = values.length
  const wrong = values.find((value) => !(value >= 0 && value <= 1))
  if (n === 0 || wrong !== undefined)
    throw new RangeError(`testUniform: expected values from 0 to 1, got ${n === 0 ? 'none' : wrong}`)
  const sorted = [...values].sort((p, q) => p - q)
  const distance = sorted.reduce((most, value, i) => Math.max(most, (i + 1) / n - value, value - i / n), 0)
  return { distance, p: chanceOf((Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance) }
}

function chanceOf(x: number): number {
  if (x < 0.2) return 1 // 1 - 1e-12 and closer
  let sum = 0
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return Math.min(1, Math.max(0, sum))
}
