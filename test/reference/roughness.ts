// Slow, clear twin of worklets/kernel/roughness.ts: every pair, the formula as it stands in docs/measures/consonance.md.
import type { HeardStem } from '../../src/hear/index.ts'

/** Sum over pairs of one partial of each stem (of one stem: every pair once). */
export function roughnessSum(a: HeardStem, b: HeardStem): number {
  let sum = 0
  a.partialsHz.forEach((low, i) => {
    b.partialsHz.forEach((high, j) => {
      if (a === b && j <= i) return
      const bandwidth = 1.72 * ((low + high) / 2) ** 0.65
      const y = Math.abs(high - low) / bandwidth
      if (y > 1.2) return
      sum += (a.amplitudes[i] ?? 0) * (b.amplitudes[j] ?? 0) * ((y / 0.25) * Math.exp(1 - y / 0.25)) ** 2
    })
  })
  return sum
}
