// The tones of a chord as partials, the form in which every model of sound takes it. Partial n of a tone at f0 lies at
//   f0 octaveRatio^(log2 n)   with amplitude   n^-rolloff,   or 10^(-decibelsPerOctave log2(n) / 20);
// octave ratio 2 is a harmonic tone, 2.1 the stretched one of Marjieh et al. 2024 (Nature Communications 15). Partials of two tones that coincide
// are one: incoherent (powers add, as those of separate instruments) or coherent (amplitudes add, as computed stimuli do).
import type { Decibels, Hertz, Midi } from '../../units.ts'
import { hertzOfMidi, midiOfHertz } from '../../units.ts'

export interface PartialTone {
  readonly hertz: Hertz
  /** Linear, 0 or more. */
  readonly amplitude: number
}

export interface Timbre {
  /** How many partials, 1 or more. */
  readonly harmonics: number
  /** Amplitude of partial n is n^-rolloff. */
  readonly rolloff: number
  /** Frequency ratio of partials 1 and 2, above 1. */
  readonly octaveRatio: number
  /** In place of rolloff: how much softer each octave above the fundamental is. */
  readonly decibelsPerOctave?: Decibels
}

/** How partials merge that coincide: sqrt(a^2 + b^2), or a + b. */
export type Coincidence = 'incoherent' | 'coherent'

/** Harmonic tones of 11 partials 1/n, as in the R package incon. */
export const defaultTimbre: Timbre = { harmonics: 11, rolloff: 1, octaveRatio: 2 }

/** Pitches of tones are rounded to a millionth of a semitone, as in incon: what should coincide does, whatever the arithmetic. */
const pitchStep = 1e-6
/** Partials closer than half a step are one. */
const closestRatio = 2 ** (pitchStep / 2 / 12)

/** Amplitude of partial n = 1, 2 ... of a tone. */
export function timbreAmplitude({ rolloff, decibelsPerOctave }: Timbre, n: number): number {
  return decibelsPerOctave === undefined ? n ** -rolloff : 10 ** ((-decibelsPerOctave * Math.log2(n)) / 20)
}

/** Partials of tones that sound together, ascending, coincident ones merged. RangeError for a tone or a timbre that is none. */
export function soundTones(tonesHz: readonly Hertz[], timbre: Timbre, coincidence: Coincidence): PartialTone[] {
  requireTimbre(timbre)
  const ratios = Array.from({ length: timbre.harmonics }, (_, i) => timbre.octaveRatio ** Math.log2(i + 1))
  const amplitudes = ratios.map((_, i) => timbreAmplitude(timbre, i + 1))
  const tones = tonesHz.flatMap((hertz) =>
    ratios.map((ratio, i) => ({ hertz: roundPitch(hertz * ratio), amplitude: amplitudes[i] ?? 0 })),
  )
  requirePartials(tones)
  return mergePartials(tones, coincidence)
}

const roundPitch = (hertz: Hertz) => hertzOfMidi(Math.round(midiOfHertz(hertz) / pitchStep) * pitchStep)

/** Partials in any order -> ascending, coincident ones merged, silent ones left out. */
export function mergePartials(partials: readonly PartialTone[], coincidence: Coincidence): PartialTone[] {
  const merged: PartialTone[] = []
  for (const partial of ascending(partials)) {
    if (partial.amplitude === 0) continue
    const last = merged.at(-1)
    if (last === undefined || partial.hertz / last.hertz >= closestRatio) merged.push(partial)
    else
      merged[merged.length - 1] = { hertz: last.hertz, amplitude: join(last.amplitude, partial.amplitude, coincidence) }
  }
  return merged
}

const join = (a: number, b: number, coincidence: Coincidence) => (coincidence === 'coherent' ? a + b : Math.hypot(a, b))

/** By frequency; of equal ones the softer first, so that no order of the input shows. */
export function ascending(partials: readonly PartialTone[]): PartialTone[] {
  return [...partials].sort((p, q) => p.hertz - q.hertz || p.amplitude - q.amplitude)
}

/** The same sound with amplitude 1 as its strongest partial, so that no square of an amplitude underflows or overflows. Empty in silence. */
export function strongestAsOne(partials: readonly PartialTone[]): readonly PartialTone[] {
  const strongest = partials.reduce((most, { amplitude }) => Math.max(most, amplitude), 0)
  if (strongest === 1) return partials
  return strongest === 0 ? [] : partials.map(({ hertz, amplitude }) => ({ hertz, amplitude: amplitude / strongest }))
}

/** RangeError that names the first partial which is none. */
export function requirePartials(partials: readonly PartialTone[]): void {
  partials.forEach(({ hertz, amplitude }, i) => {
    if (!(hertz > 0 && hertz < Infinity))
      throw new RangeError(`partial ${i + 1}: expected a frequency above 0 Hz, got ${hertz}`)
    if (!(amplitude >= 0 && amplitude < Infinity))
      throw new RangeError(`partial ${i + 1}: expected an amplitude of 0 or more, got ${amplitude}`)
  })
}

/** RangeError that names what a timbre lacks. */
function requireTimbre({ harmonics, rolloff, octaveRatio, decibelsPerOctave = 0 }: Timbre): void {
  if (!(Number.isInteger(harmonics) && harmonics >= 1))
    throw new RangeError(`timbre: expected a whole number of harmonics, 1 or more, got ${harmonics}`)
  if (!(octaveRatio > 1 && octaveRatio < Infinity))
    throw new RangeError(`timbre: expected an octave ratio above 1, got ${octaveRatio}`)
  if (!Number.isFinite(rolloff)) throw new RangeError(`timbre: expected a finite rolloff, got ${rolloff}`)
  if (!Number.isFinite(decibelsPerOctave))
    throw new RangeError(`timbre: expected finite decibels per octave, got ${decibelsPerOctave}`)
}

/** Partials 1..harmonics of each tone with amplitude 1/n, those that coincide merged incoherently; ascending. */
export function harmonicPartials(tonesHz: readonly Hertz[], harmonics = 11): PartialTone[] {
  return soundTones(tonesHz, { ...defaultTimbre, harmonics }, 'incoherent')
}

/** As `harmonicPartials`, of MIDI notes in twelve-tone equal temperament. */
export function partialsOfMidi(midi: readonly Midi[], harmonics = 11): PartialTone[] {
  return harmonicPartials(midi.map(hertzOfMidi), harmonics)
}
