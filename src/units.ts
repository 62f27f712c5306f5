// Names for numbers. A plain number may be given where a unit is asked for; one unit given for another is a type error.
// (The brand is optional, so arithmetic needs no casts; docs/decisions.md says why.)

declare const unit: unique symbol
type Unit<Name extends string> = number & { readonly [unit]?: Name }

/** Seconds of the run's own time, 0 at its start. */
export type Seconds = Unit<'Seconds'>
export type Hertz = Unit<'Hertz'>
export type Cents = Unit<'Cents'>
/** 20 log10 of a ratio of amplitudes. */
export type Decibels = Unit<'Decibels'>
/** Quarter notes of the run's beat clock, 0 at its start. */
export type Beats = Unit<'Beats'>
/** MIDI note number, 69 = 440 Hz; fractions allowed. */
export type Midi = Unit<'Midi'>
/** Sample frames, a whole number. */
export type Samples = Unit<'Samples'>

/** Interval from `low` up to `high`, negative when `high` is lower. Both must be above 0. */
export function centsBetween(low: Hertz, high: Hertz): Cents {
  return 1200 * Math.log2(high / low)
}

/** Twelve-tone equal temperament around A4 = 440 Hz. */
export function hertzOfMidi(midi: Midi): Hertz {
  return 440 * 2 ** ((midi - 69) / 12)
}

/** Inverse of `hertzOfMidi`; `hertz` must be above 0. */
export function midiOfHertz(hertz: Hertz): Midi {
  return 69 + 12 * Math.log2(hertz / 440)
}

const pitchNames = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'A♭', 'A', 'B♭', 'B']

/** The nearest pitch as musicians write it, middle C being C4: 440 Hz is A4. `hertz` must be above 0. */
export function pitchNameOf(hertz: Hertz): string {
  const midi = Math.round(midiOfHertz(hertz))
  return `${pitchNames[((midi % 12) + 12) % 12]}${Math.floor(midi / 12) - 1}`
}

/** Amplitude ratio for a level difference. */
export function amplitudeOfDecibels(decibels: Decibels): number {
  return 10 ** (decibels / 20)
}

/** Level of an amplitude; `amplitude` must be above 0. */
export function decibelsOfAmplitude(amplitude: number): Decibels {
  return 20 * Math.log10(amplitude)
}

export function secondsOfBeats(beats: Beats, bpm: number): Seconds {
  return (beats * 60) / bpm
}

export function beatsOfSeconds(seconds: Seconds, bpm: number): Beats {
  return (seconds * bpm) / 60
}

/** The one place where time becomes a sample position, so that every room rounds alike. */
export function samplesOfSeconds(seconds: Seconds, sampleRate: Hertz): Samples {
  return Math.round(seconds * sampleRate)
}
