// Pitch-class spectra drawn in full and compared bin by bin, as Milne 2013 defines them: slow and obvious.
import type { PitchClassTone } from '../../src/measure/index.ts'

const gaussian = (cents: number) => Math.exp(-(cents ** 2) / (2 * 6.83 ** 2))

/** 1200 bins; every tone smoothed by a Gaussian of 6.83 cents, cut off at 81. */
export function pitchClassSpectrum(tones: readonly PitchClassTone[]): number[] {
  return Array.from({ length: 1200 }, (_, bin) =>
    tones.reduce((sum, tone) => {
      const apart = Math.abs(bin - tone.bin)
      const cents = Math.min(apart, 1200 - apart)
      return cents > 81 ? sum : sum + tone.weight * gaussian(cents)
    }, 0),
  )
}

/** Cosine of the spectrum with the template on each of the 1200 fundamentals. */
export function virtualPitchProfile(spectrum: readonly number[], template: readonly number[]): number[] {
  const norm = (x: readonly number[]) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0))
  const scale = norm(spectrum) * norm(template)
  return spectrum.map((_, k) => {
    const dot = template.reduce((sum, weight, i) => sum + weight * (spectrum[(i + k) % 1200] ?? 0), 0)
    return dot / scale
  })
}
