// A chord as `hocket measure` hears it: frames, notes by vote, means; and how it fares under drums of the same loudness.
import { type HeardFrame, longWindowSeconds } from '../../src/hear/index.ts'
import { hearSound, measureHeard, nameNotes, type SoundMeasures } from '../../src/measure/index.ts'
import { midiOfHertz } from '../../src/units.ts'
import { hear } from './listening.ts'
import { mixed } from './sounds.ts'

export interface ListenedChord {
  readonly measures: SoundMeasures
  /** Fractional MIDI numbers. */
  readonly notes: readonly number[]
  /** Mean square after K-weighting. */
  readonly weightedPower: number
}

export const meanOf = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length

/** Channels of one sound at 48 kHz. */
export function listenToChord(...channels: readonly Float32Array[]): ListenedChord {
  const { frames } = hear(channels, { mixtures: [channels.map((_, s) => s)] })
  const seconds = (channels[0]?.length ?? 0) / 48000
  const heard = hearSound({ frames, mixture: 0, seconds, windowSeconds: longWindowSeconds(48000) })
  return { measures: measureHeard(heard), notes: heard.notes, weightedPower: powerOf(frames) }
}

function powerOf(frames: readonly HeardFrame[]): number {
  return meanOf(frames.map((frame) => frame.mixtures[0]?.weightedPower ?? 0))
}

/** The chord with `other` at its own K-weighted power. */
export function underEqualSound(chord: Float32Array, other: Float32Array): Float32Array {
  const gain = Math.sqrt(listenToChord(chord).weightedPower / listenToChord(other).weightedPower)
  return mixed(
    chord,
    other.map((x) => gain * x),
  )
}

/** Whether the notes' names are exactly those of the tones. */
export function areNotesOf(notes: readonly number[], tonesHz: readonly number[]): boolean {
  return notes.length > 0 && nameNotes(notes).join() === nameNotes(tonesHz.map(midiOfHertz)).join()
}

/** Whether two of the tones are an octave apart. */
export function hasOctave(tonesHz: readonly number[]): boolean {
  return tonesHz.some((a) => tonesHz.some((b) => Math.abs(b / a - 2) < 0.03))
}
