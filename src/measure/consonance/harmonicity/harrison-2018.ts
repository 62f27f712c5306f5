// How much a sound is like one harmonic tone. Harrison & Pearce 2018 ("An energy-based generative sequence model for testing sensory theories of
// Western harmony", ISMIR) after Milne 2013 ("A computational model of the cognition of tonality", Open University):
//   a pitch-class spectrum has 1200 bins (cents of the octave); each tone adds its weight at its bin, all smoothed by a Gaussian of 6.83 cents;
//   v_k = cosine(spectrum of a harmonic template whose fundamental lies in bin k, spectrum of the sound);   p = v / sum v;
//   harrison2018 = sum_k p_k log2(1200 p_k) bits: how far the virtual pitches are from evenly spread;   milne2013 = max v: the clearest one.
// Notes: each pitch class adds a tone of the timbre, partial n with weight a_n^.75 (n^-.75 for 1/n); the template has as many harmonics, weighted
// alike. Heard partials: weight amplitude^.75, template of 11 harmonics n^-.75. The octave of a tone adds no pitch class, so notes are compared
// by pitch class and two octaves apart count once; of partials all count.
// The cosine of two sums of Gaussians is a sum over pairs of bins of A(d) = e^(-d^2 / (4 sigma^2)), so the spectra never need to be drawn:
// the template's bins are smoothed by A once, and each bin that sounds adds that curve, moved there: a twentieth of a millisecond a chord.
import type { Midi } from '../../../units.ts'
import { defaultTimbre, type PartialTone, strongestAsOne, type Timbre, timbreAmplitude } from '../partials.ts'

/** Part of a pitch-class spectrum before smoothing. */
export interface PitchClassTone {
  /** Cents above C, whole, 0..1199. */
  readonly bin: number
  readonly weight: number
}

export interface Harmonicity {
  /** Bits, 0 upwards; one tone 1.56, a major triad .93, all twelve pitch classes .40. */
  readonly harrison2018: number
  /** 0..1; one tone 1, a major triad .70. */
  readonly milne2013: number
}

const bins = 1200
/** Milne's smoothing in cents, fitted there to listeners. */
const sigma = 6.83
/** Weight of a tone is its amplitude to this power: Milne's rolloff of n^-.75 for partials of 1/n. */
const compression = 0.75
/** Smoothing of one spectrum by another's: both Gaussians, so wider by sqrt(2), and below 1e-15 beyond 81 cents. */
const reach = 81
const overlap = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (4 * sigma ** 2)))
/** Pitch classes closer than a bin, in semitones, are one. */
const sameClass = 0.01

const wrap = (cents: number) => ((Math.round(cents) % bins) + bins) % bins

/** Bins of notes: every pitch class once, with the partials of the timbre. Ascending, none twice. */
export function pitchClassTonesOfNotes(midi: readonly Midi[], timbre: Timbre): PitchClassTone[] {
  const octave = Math.log2(timbre.octaveRatio)
  const partials = Array.from({ length: timbre.harmonics }, (_, i) => ({
    cents: bins * octave * Math.log2(i + 1),
    weight: timbreAmplitude(timbre, i + 1) ** compression,
  }))
  return gather(
    distinctClasses(midi).flatMap((pitchClass) =>
      partials.map(({ cents, weight }) => ({ bin: wrap(100 * pitchClass + cents), weight })),
    ),
  )
}

/** Bins of heard partials; gain does not matter. Ascending, none twice. */
export function pitchClassTonesOfPartials(partials: readonly PartialTone[]): PitchClassTone[] {
  return gather(
    strongestAsOne(partials).map(({ hertz, amplitude }) => ({
      bin: wrap(bins * Math.log2(hertz / 440) + 900),
      weight: amplitude ** compression,
    })),
  )
}

function gather(tones: readonly PitchClassTone[]): PitchClassTone[] {
  const weights = new Float64Array(bins)
  for (const { bin, weight } of tones) weights[bin] = (weights[bin] as number) + weight
  const gathered: PitchClassTone[] = []
  for (let bin = 0; bin < bins; bin++) {
    const weight = weights[bin] as number
    if (weight > 0) gathered.push({ bin, weight })
  }
  return gathered
}

function distinctClasses(midi: readonly Midi[]): number[] {
  const ascending = midi.map((note) => ((note % 12) + 12) % 12).sort((a, b) => a - b)
  const distinct: number[] = []
  for (const pitchClass of ascending) if (pitchClass - (distinct.at(-1) ?? -1) > sameClass) distinct.push(pitchClass)
  const [first, last] = [distinct[0] ?? 0, distinct.at(-1) ?? 0]
  return distinct.length > 1 && first + 12 - last <= sameClass ? distinct.slice(0, -1) : distinct
}

/** How harmonic the sound of these tones is; null without any. The template is a harmonic tone of `timbre`'s harmonics and amplitudes. */
export function measureHarmonicity(
  tones: readonly PitchClassTone[],
  timbre: Timbre = defaultTimbre,
): Harmonicity | null {
  const norm = Math.sqrt(product(tones, tones))
  if (norm === 0) return null
  const template = pitchClassTonesOfNotes([0], { ...timbre, octaveRatio: 2 })
  const profile = correlate(tones, smoothMirrored(template))
  const scale = 1 / (norm * Math.sqrt(product(template, template)))
  let sum = 0
  let most = 0
  for (let k = 0; k < bins; k++) {
    const value = profile[k] as number
    sum += value
    if (value > most) most = value
  }
  let nats = 0
  for (let k = 0; k < bins; k++) {
    const value = profile[k] as number
    if (value > 0) nats += value * Math.log((bins * value) / sum)
  }
  return { harrison2018: nats / sum / Math.LN2, milne2013: Math.min(1, most * scale) }
}

/** Cosine of the smoothed spectra, 0..1: 1 for the same pitch classes in the same strengths. null when either is silent. */
export function spectralPitchClassSimilarity(
  a: readonly PitchClassTone[],
  b: readonly PitchClassTone[],
): number | null {
  const norms = Math.sqrt(product(a, a)) * Math.sqrt(product(b, b))
  return norms === 0 ? null : Math.min(1, product(a, b) / norms)
}

/** Scalar product of two smoothed spectra. */
function product(a: readonly PitchClassTone[], b: readonly PitchClassTone[]): number {
  let sum = 0
  for (const { bin, weight } of a)
    for (let j = 0; j < b.length; j++) {
      const other = b[j] as PitchClassTone
      const apart = Math.abs(bin - other.bin)
      const distance = Math.min(apart, bins - apart)
      if (distance <= reach) sum += weight * other.weight * (overlap[distance + reach] as number)
    }
  return sum
}

/**
 * The template as its fundamental sees the octave below it: at `i`, what lies -i cents above the fundamental, smoothed. Twice over, so that no
 * window of an octave needs wrapping.
 */
function smoothMirrored(template: readonly PitchClassTone[]): Float64Array {
  const twice = new Float64Array(2 * bins)
  for (const { bin, weight } of template)
    for (let d = -reach; d <= reach; d++) {
      const at = (2 * bins - bin + d) % bins
      const part = weight * (overlap[d + reach] as number)
      twice[at] = (twice[at] as number) + part
      twice[at + bins] = (twice[at + bins] as number) + part
    }
  return twice
}

/**
 * Product of the sound with the template on every fundamental: at k, each tone meets what the template holds bin - k above it. Four tones at a time,
 * which halves the time.
 */
function correlate(tones: readonly PitchClassTone[], mirrored: Float64Array): Float64Array {
  const profile = new Float64Array(bins)
  const from = (i: number) => bins - (tones[i]?.bin ?? 0)
  const weight = (i: number) => tones[i]?.weight ?? 0
  for (let i = 0; i < tones.length; i += 4) {
    const [a, b, c, d] = [from(i), from(i + 1), from(i + 2), from(i + 3)]
    const [wa, wb, wc, wd] = [weight(i), weight(i + 1), weight(i + 2), weight(i + 3)]
    for (let k = 0; k < bins; k++)
      profile[k] =
        (profile[k] as number) +
        (wa * (mirrored[a + k] as number) + wb * (mirrored[b + k] as number)) +
        (wc * (mirrored[c + k] as number) + wd * (mirrored[d + k] as number))
  }
  return profile
}
