// What a recording sounds like: heard frames -> the measures of a sound. Every measure is a mean over the moments that count (heard-notes.ts), each
// taken from that moment's partials, its strongest scaled to 1, and the notes of its stretch: music is cut into stretches of at most two seconds, of
// equal length, and each votes for its own notes, so that measures that need names stay meaningful while chords change.
// `notes` are those that sound in at least half of all moments: of one chord its notes; of music what is held through, often little or nothing.
import type { Midi, Seconds } from '../../units.ts'
import { type HeardMoment, type HeardStretch, momentsOf, voteNotes } from './heard-notes.ts'
import { meanOfMeasures } from './means.ts'
import { measureSound, type Sound, type SoundMeasures } from './measure-sound.ts'
import type { PartialTone } from './partials.ts'
import { measureVoices, type VoicesMeasures } from './voices.ts'

/** A recording as sounds at moments. */
export interface HeardSound {
  /** Fractional MIDI numbers, ascending. */
  readonly notes: readonly Midi[]
  /** By index of the frame; amplitudes as heard. Empty in silence. */
  readonly moments: ReadonlyMap<number, Sound>
}

const longestStretch: Seconds = 2

/** A stretch of frames as sounds at those moments that count. */
export function hearSound(stretch: HeardStretch): HeardSound {
  const moments = momentsOf(stretch)
  const sounds = cutStretches(moments, stretch.seconds).flatMap((part) => {
    const notes = voteNotes(part)
    return part.map(({ frame, heard }): [number, Sound] => {
      const partials = Array.from(heard.partialsHz, (hertz, i) => ({ hertz, amplitude: heard.amplitudes[i] ?? 0 }))
      return [frame.index, { partials, notes, profile: 'partials' }]
    })
  })
  return { notes: voteNotes(moments), moments: new Map(sounds) }
}

function cutStretches(moments: readonly HeardMoment[], seconds: Seconds): HeardMoment[][] {
  const count = Math.max(1, Math.ceil(seconds / longestStretch))
  const parts: HeardMoment[][] = Array.from({ length: count }, () => [])
  for (const moment of moments)
    parts[Math.min(count - 1, Math.floor((moment.frame.timeSeconds / seconds) * count))]?.push(moment)
  return parts
}

/** Measures of a recording; in silence every one is null with its reason. */
export function measureHeard({ moments }: HeardSound): SoundMeasures {
  if (moments.size === 0) return measureSound(silentSound)
  return meanOfMeasures(Array.from(moments.values(), (sound) => measureSound(scaled([sound])[0] ?? silentSound)))
}

/**
 * Measures of several voices at once, recordings or sounds that do not change (those sound at every moment). `within` is each voice as it is alone;
 * together and between are means over the moments in which every recording counts (or any, when there are none). Recordings keep their levels to
 * each other: the strongest partial of a moment is scaled to 1.
 */
export function measureHeardVoices(voices: readonly (HeardSound | Sound)[]): VoicesMeasures {
  const shared = sharedMoments(voices.filter(isHeard))
  const soundAt = (voice: HeardSound | Sound, moment: number) =>
    isHeard(voice) ? (voice.moments.get(moment) ?? silentSound) : voice
  const measured = shared.map((moment) => {
    const recorded = scaled(voices.filter(isHeard).map((voice) => soundAt(voice, moment)))
    let next = 0
    return measureVoices(voices.map((voice) => (isHeard(voice) ? (recorded[next++] ?? silentSound) : voice)))
  })
  const together =
    measured.length > 0 ? meanOfMeasures(measured) : measureVoices(voices.map((voice) => soundAt(voice, -1)))
  return withOwn(together, voices)
}

/** `within` and `gain` from each voice's own moments. */
function withOwn(together: VoicesMeasures, voices: readonly (HeardSound | Sound)[]): VoicesMeasures {
  const within = voices.map((voice) => (isHeard(voice) ? measureHeard(voice) : measureSound(voice)).consonance)
  const known = within.filter((value) => value !== null)
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const { consonance, between } = together
  const gain = between.gain === null || consonance === null || known.length === 0 ? between.gain : consonance - mean
  const reasons = Object.entries(together.undefined).filter(([path]) => !path.startsWith('within.'))
  within.forEach((value, i) => {
    if (value === null) reasons.push([`within.${i}`, 'no partial sounds'])
  })
  return { ...together, within, between: { ...between, gain }, undefined: Object.fromEntries(reasons) }
}

const silentSound: Sound = { partials: [], notes: null, profile: 'partials' }

function isHeard(voice: HeardSound | Sound): voice is HeardSound {
  return 'moments' in voice
}

/** Frames in which all sound; if there are none, those in which any does. Ascending. */
function sharedMoments(voices: readonly HeardSound[]): number[] {
  const any = [...new Set(voices.flatMap(({ moments }) => [...moments.keys()]))].sort((a, b) => a - b)
  const all = any.filter((moment) => voices.every(({ moments }) => moments.has(moment)))
  return all.length > 0 ? all : any
}

/** All by one factor, so that the strongest partial of any is 1. */
function scaled(sounds: readonly Sound[]): Sound[] {
  const strongest = sounds.reduce((most, { partials }) => Math.max(most, strongestOf(partials)), 0)
  if (strongest === 0) return [...sounds]
  return sounds.map((sound) => ({
    ...sound,
    partials: sound.partials.map(({ hertz, amplitude }) => ({ hertz, amplitude: amplitude / strongest })),
  }))
}

function strongestOf(partials: readonly PartialTone[]): number {
  return partials.reduce((most, { amplitude }) => Math.max(most, amplitude), 0)
}
