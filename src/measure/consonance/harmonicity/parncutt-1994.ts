// Which pitches a listener may notice in a sound, after Parncutt & Strasburger 1994 ("Applying psychoacoustics in composition: 'harmonic'
// progressions of 'nonharmonic' sonorities", Perspectives of New Music 32). Partials are rounded to semitones, MIDI 0..120; amplitude 1 is 60 dB.
//   threshold   TH = 3.64 k^-.8 - 6.5 e^(-.6 (k - 3.3)^2) + .001 k^4 dB, k in kHz (eq. 2);   auditory level YL = max(0, level - TH)
//   height      H = 11.17 ln((k + .312) / (k + 14.675)) + 43 critical bands (eq. 3)
//   masking     ML_i = 20 log10(1 + sum_{j != i} 10^((YL_j - 12 |H_i - H_j|) / 20)) (eqs. 4, 5; the 1 stands for the tone itself)
//   pure tones  AL = max(0, YL - ML);   A_p = 1 - e^(-AL / 15) (eqs. 6, 7)
//   complex     A_c(P) = (sum_n sqrt(A_p(P + round(12 log2 n)) / n))^2 / 3, n = 1..11 (eqs. 9, 10)
//   pure sonorousness .5 sqrt(sum A_p^2),   complex sonorousness .2 max A_c
//   A = max(A_p, A_c) (eq. 11);   M' = sum A / max A;   multiplicity M = M'^.5 (eqs. 14, 15);   salience S = (A / max A) M / M' (eq. 16)
// Pitch commonality of two sounds is the correlation of their saliences over all 121 pitches, pitch distance (eq. 17)
//   sum_PQ S(P) T(Q) |P - Q| - sqrt(sum_PQ S(P) S(Q) |P - Q| * sum_PQ T(P) T(Q) |P - Q|).
import { hertzOfMidi, type Midi, midiOfHertz } from '../../../units.ts'
import type { PartialTone } from '../partials.ts'

export interface PitchAnalysis {
  /** Pure sonorousness, 0 upwards: how tonal the sound is, as heard part by part. 60 64 67: .6157366. */
  readonly pure: number
  /** Complex sonorousness, 0 upwards: how much like one harmonic tone. 60 64 67: .3099650. */
  readonly complex: number
  /** How many tones are noticed at once; 0 when nothing is audible. 60 64 67: 2.843946. */
  readonly multiplicity: number
  /** Probability of noticing each pitch, MIDI 0..120. */
  readonly saliences: Float64Array
}

const highest = 120
const pitches = highest + 1
/** Level of amplitude 1, dB. */
const unitLevel = 60
/** How fast masking falls, dB a critical band. */
const maskingSlope = 12
/** Audible level that is enough for 1 - 1/e. */
const audibleLevel = 15

const kilohertz = Float64Array.from({ length: pitches }, (_, midi) => hertzOfMidi(midi) / 1000)
const thresholds = kilohertz.map((k) => 3.64 * k ** -0.8 - 6.5 * Math.exp(-0.6 * (k - 3.3) ** 2) + 0.001 * k ** 4)
/** 10^(slope H / 20): masking between two tones falls by the ratio of theirs. */
const maskingHeights = kilohertz.map(
  (k) => 10 ** ((maskingSlope * (11.17 * Math.log((k + 0.312) / (k + 14.675)) + 43)) / 20),
)
const template = Array.from({ length: 11 }, (_, i) => ({
  interval: Math.round(12 * Math.log2(i + 1)),
  weight: 1 / (i + 1),
}))

/** The pitches of a sound; `tuning` in semitones is added before rounding. null when no partial sounds. */
export function analysePitches(partials: readonly PartialTone[], tuning: Midi = 0): PitchAnalysis | null {
  if (!partials.some(({ amplitude }) => amplitude > 0)) return null
  const pureTones = audibilities(roundToSemitones(partials, tuning))
  const complexTones = matchTemplate(pureTones)
  const combined = pureTones.map((audibility, pitch) => Math.max(audibility, complexTones[pitch] as number))
  const most = Math.max(...combined)
  const tones = most > 0 ? combined.reduce((sum, a) => sum + a, 0) / most : 0
  return {
    pure: 0.5 * Math.sqrt(pureTones.reduce((sum, a) => sum + a * a, 0)),
    complex: 0.2 * Math.max(...complexTones),
    multiplicity: Math.sqrt(tones),
    saliences: most > 0 ? combined.map((a) => a / most / Math.sqrt(tones)) : combined,
  }
}

/** Amplitude at each pitch, powers of one semitone added; what lies outside is left out. */
function roundToSemitones(partials: readonly PartialTone[], tuning: Midi): Float64Array {
  const amplitudes = new Float64Array(pitches)
  for (const { hertz, amplitude } of partials) {
    const midi = Math.round(midiOfHertz(hertz) + tuning)
    if (midi >= 0 && midi <= highest) amplitudes[midi] = Math.hypot(amplitudes[midi] as number, amplitude)
  }
  return amplitudes
}

/** Audibility of the pure tone at each pitch, 0..1. Masking from below and from above are running sums, each tone's share falling by the height. */
function audibilities(amplitudes: Float64Array): Float64Array {
  const levels = amplitudes.map((a, midi) => Math.max(0, unitLevel + 20 * Math.log10(a) - (thresholds[midi] as number)))
  const masking = new Float64Array(pitches).fill(1)
  for (const order of [ascendingPitches, descendingPitches]) {
    let sum = 0
    let before = maskingHeights[order[0] as number] as number
    for (const midi of order) {
      const height = maskingHeights[midi] as number
      sum *= Math.min(before / height, height / before)
      masking[midi] = (masking[midi] as number) + sum
      if ((amplitudes[midi] as number) > 0) sum += 10 ** ((levels[midi] as number) / 20)
      before = height
    }
  }
  return levels.map(
    (level, midi) => 1 - Math.exp(-Math.max(0, level - 20 * Math.log10(masking[midi] as number)) / audibleLevel),
  )
}

const ascendingPitches = Array.from({ length: pitches }, (_, midi) => midi)
const descendingPitches = [...ascendingPitches].reverse()

function matchTemplate(pureTones: Float64Array): Float64Array {
  return pureTones.map((_, fundamental) => {
    let sum = 0
    for (const { interval, weight } of template) sum += Math.sqrt(weight * (pureTones[fundamental + interval] ?? 0))
    return (sum * sum) / 3
  })
}

/** Correlation of two sounds' saliences, -1..1; null when either has none. C major with G major .35, with itself 1. */
export function pitchCommonality(one: Float64Array, other: Float64Array): number | null {
  const [a, b] = [centred(one), centred(other)]
  const [within, between] = [Math.sqrt(product(a, a) * product(b, b)), product(a, b)]
  return within > 0 ? Math.max(-1, Math.min(1, between / within)) : null
}

/** How far apart two sounds' pitches are, semitones, 0 for the same; null when either has no salience. C major to F major 3.87. */
export function pitchDistance(one: Float64Array, other: Float64Array): number | null {
  if (!one.some((s) => s > 0) || !other.some((s) => s > 0)) return null
  return spread(one, other) - Math.sqrt(spread(one, one) * spread(other, other))
}

function spread(one: Float64Array, other: Float64Array): number {
  let sum = 0
  one.forEach((s, p) => {
    if (s > 0)
      other.forEach((t, q) => {
        sum += s * t * Math.abs(p - q)
      })
  })
  return sum
}

function centred(saliences: Float64Array): Float64Array {
  const mean = saliences.reduce((sum, s) => sum + s, 0) / saliences.length
  return saliences.map((s) => s - mean)
}

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
}
