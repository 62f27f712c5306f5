// Pitch-class spectra drawn in full and compared bin by bin, as Milne 2013 defines them, and masking tone by tone: slow and obvious.
import type { PartialTone, PitchClassTone } from '../../src/measure/index.ts'
import { hertzOfMidi, midiOfHertz } from '../../src/units.ts'

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

/** Audibility of each partial, rounded to semitones and masked by every other one (Parncutt & Strasburger 1994, equations 2 to 7). */
export function maskedAudibilities(partials: readonly PartialTone[]): number[] {
  const powers = new Map<number, number>()
  for (const { hertz, amplitude } of partials) {
    const midi = Math.round(midiOfHertz(hertz))
    if (midi >= 0 && midi <= 120) powers.set(midi, (powers.get(midi) ?? 0) + amplitude ** 2)
  }
  const tones = [...powers].map(([midi, power]) => {
    const k = hertzOfMidi(midi) / 1000
    const threshold = 3.64 * k ** -0.8 - 6.5 * Math.exp(-0.6 * (k - 3.3) ** 2) + 0.001 * k ** 4
    const height = 11.17 * Math.log((k + 0.312) / (k + 14.675)) + 43
    return { midi, height, level: Math.max(0, 60 + 10 * Math.log10(power) - threshold) }
  })
  return tones.map((tone) => {
    const others = tones.filter((other) => other !== tone)
    const masked = others.map((other) => 10 ** ((other.level - 12 * Math.abs(other.height - tone.height)) / 20))
    const masking = 20 * Math.log10(1 + masked.reduce((a, b) => a + b, 0))
    return 1 - Math.exp(-Math.max(0, tone.level - masking) / 15)
  })
}
