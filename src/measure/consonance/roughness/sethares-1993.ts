// Roughness after Sethares 1993 ("Local consonance and the relationship between timbre and scale", JASA 94), with the softer of two amplitudes in
// place of their product (Sethares 2005, "Tuning, Timbre, Spectrum, Scale"):
//   R = sum_{i<j} min(a_i, a_j) (e^(-3.5 s d) - e^(-5.75 s d)),   d = |f_i - f_j|,   s = .24 / (.021 min(f_i, f_j) + 19).
// 0 is smooth. R is not divided by the sound's level: twice the amplitude is twice the roughness.
import { ascending, type PartialTone } from '../partials.ts'

/** Roughness of two partials of amplitude 1: 0 at distance 0, at most .18 (a quarter of a critical band), 0 far apart. */
function beating(lowHz: number, highHz: number): number {
  const x = (0.24 / (0.021 * lowHz + 19)) * (highHz - lowHz)
  return Math.exp(-3.5 * x) - Math.exp(-5.75 * x)
}

/** R of a sound from its partials, in any order. null without partials or when all have amplitude 0. 60 64 67: .7735006. */
export function sethares1993(partials: readonly PartialTone[]): number | null {
  const sounding = ascending(partials).filter(({ amplitude }) => amplitude > 0)
  if (sounding.length === 0) return null
  let sum = 0
  for (const [i, a] of sounding.entries())
    for (let j = i + 1; j < sounding.length; j++) {
      const b = sounding[j] as PartialTone
      sum += Math.min(a.amplitude, b.amplitude) * beating(a.hertz, b.hertz)
    }
  return sum
}
