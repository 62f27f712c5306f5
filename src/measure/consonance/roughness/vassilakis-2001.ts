// Roughness after Vassilakis 2001 ("Perceptual and physical properties of amplitude fluctuation and their musical significance", thesis, UCLA):
//   R = sum over ordered pairs i != j of (a_i a_j)^.1 * .5 (2 min(a_i, a_j) / (a_i + a_j))^3.11 * (e^(-3.5 x) - e^(-5.75 x)),
//   x = .24 |f_i - f_j| / (.0207 min(f_i, f_j) + 18.96).
// The first factor is loudness, the second depth of the fluctuation. 0 is smooth; R grows slowly with level (amplitude^.2). Partials softer than
// 1e-5, which no ear could find but the power .1 would count, are left out.
import { ascending, type PartialTone } from '../partials.ts'

/** Amplitude below which a partial does not count. */
const softest = 1e-5

/** R of a sound from its partials, in any order. null when none is as loud as 1e-5. 60 64 67: 2.083763. */
export function vassilakis2001(partials: readonly PartialTone[]): number | null {
  const sounding = ascending(partials).filter(({ amplitude }) => amplitude >= softest)
  if (sounding.length === 0) return null
  const loudness = sounding.map(({ amplitude }) => amplitude ** 0.1)
  let sum = 0
  for (const [i, a] of sounding.entries())
    for (let j = i + 1; j < sounding.length; j++) {
      const b = sounding[j] as PartialTone
      const depth = (2 * Math.min(a.amplitude, b.amplitude)) / (a.amplitude + b.amplitude)
      const x = (0.24 * (b.hertz - a.hertz)) / (0.0207 * a.hertz + 18.96)
      const beating = Math.exp(-3.5 * x) - Math.exp(-5.75 * x)
      sum += (loudness[i] as number) * (loudness[j] as number) * 0.5 * depth ** 3.11 * beating
    }
  return 2 * sum
}
