// Sounds whose attacks are known, rendered by our own voices and decks: phrases in every timbre family, drum loops, whole decks, parties.
// Attacks of one instant (5 ms, as interlock has it) are one.
import { seededRandom } from '../../src/random.ts'
import type { Note, SectionName, Timbre, Track } from '../../src/record/index.ts'
import { createVoiceRenderer, deckNotes, renderSection, type SampleBank } from '../../src/render/index.ts'
import { kernel } from './listening.ts'

export const rate = 48000
const bpm = 126

export interface PhraseCase extends OnsetCase {
  readonly notes: readonly Note[]
  readonly seconds: number
}

export interface OnsetCase {
  readonly name: string
  /** Seconds, ascending, no two within 5 ms. */
  readonly times: readonly number[]
  readonly sound: Float32Array
}

export const timbres: readonly Timbre[] = ['harmonic', 'hollow', 'bell', 'pluck', 'breath', 'percussion']
export const phraseKinds = ['apart', 'legato', 'repeated', 'chords', 'soft', 'fast'] as const
export type PhraseKind = (typeof phraseKinds)[number]

interface Struck {
  readonly time: number
  readonly seconds: number
  readonly midi: readonly number[]
  readonly velocity: number
}

/** Thirty-two attacks of one timbre: gaps 250 to 450 ms apart, 180 to 350 bound, 90 fast. */
export function phrase(timbre: Timbre, kind: PhraseKind, seed: number): PhraseCase {
  const random = seededRandom(`${timbre} ${kind} ${seed}`)
  const struck: Struck[] = []
  let time = 0.3
  let midi = 55 + Math.floor(12 * random())
  for (let i = 0; i < 32; i++) {
    const gap = gapOf(kind, random())
    const step = (1 + Math.floor(7 * random())) * (random() < (midi - 48) / 24 ? -1 : 1)
    if (kind !== 'repeated' || i % 8 === 0) midi += step
    const chord = kind === 'chords' ? [midi, midi + 3 + Math.floor(2 * random()), midi + 7] : [midi]
    const held = kind === 'legato' ? 1 : kind === 'fast' || kind === 'repeated' ? 0.9 : 0.6
    const velocity = kind === 'soft' ? 0.06 + 0.15 * random() : 0.4 + 0.5 * random()
    struck.push({ time, seconds: held * gap, midi: chord, velocity })
    time += gap
  }
  const notes = struck.flatMap((one) => one.midi.map((pitch) => noteOf(one, pitch, timbre)))
  const seconds = time + 0.7
  return { name: `${timbre} ${kind} ${seed}`, times: instants(notes), sound: playNotes(notes, seconds), notes, seconds }
}

function gapOf(kind: PhraseKind, at: number): number {
  if (kind === 'fast') return 0.09
  return kind === 'legato' ? 0.18 + 0.17 * at : 0.25 + 0.2 * at
}

function noteOf({ time, seconds, velocity }: Struck, midi: number, timbre: Timbre): Note {
  const place = { agent: 'a', layer: 'voice', mark: `${midi}` } as const
  return { ...place, onsetSeconds: time, durationSeconds: seconds, midi, velocity, timbre }
}

/** The notes as one stem of so many seconds. */
export function playNotes(notes: readonly Note[], seconds: number, sampleRate = rate): Float32Array {
  const voices = createVoiceRenderer(kernel, { sampleRate })
  voices.schedule(notes)
  const sound = new Float32Array(Math.round(seconds * sampleRate))
  voices.render(sound)
  voices.dispose()
  return sound
}

/** Onsets in order, those within 5 ms of the one before them once. */
export function instants(notes: readonly Pick<Note, 'onsetSeconds'>[]): number[] {
  const times: number[] = []
  for (const time of notes.map((note) => note.onsetSeconds).sort((a, b) => a - b))
    if (time - (times.at(-1) ?? -1) > 0.005) times.push(time)
  return times
}

/** What a deck plays of a track: its drums alone, or all parts as in the section. Recorded loops are left out: their attacks are not in the data. */
export function deckCase(track: Track, parts: 'drums' | 'all', name: SectionName, samples: SampleBank): OnsetCase {
  const own = track.sections.find((section) => section.name === name) ?? track.sections[0]
  if (own === undefined) throw new RangeError(`${track.id}: expected a section, got none.`)
  const levels = parts === 'drums' ? { drums: 1, bass: 0, chords: 0, lead: 0 } : own.levels
  const without = withoutLoops({ ...track, sections: [{ ...own, levels }] })
  const sound = renderSection(kernel, without, 0, { sampleRate: rate, bpm, keyLock: 0.08, samples })
  const slot = {
    agent: 'a',
    playing: true,
    track: track.id,
    section: 0,
    nudgePercent: 0,
    loopBeats: null,
    fader: { from: 1, to: 1, overBeats: 0 },
    eq: { low: 1, mid: 1, high: 1 },
  }
  const notes = deckNotes(slot, without, { startSeconds: 0, bpm, keyLock: 0.08 })
  const padded = new Float32Array(sound.length + rate / 2)
  padded.set(sound, rate / 4)
  return { name: `${track.id} ${parts} ${name}`, times: instants(notes).map((time) => time + 0.25), sound: padded }
}

function withoutLoops(track: Track): Track {
  const bare = <P extends Track['parts']['drums']>(pattern: P): P => ({
    ...pattern,
    samples: pattern.samples.filter(({ kind }) => kind !== 'loop'),
  })
  const bareAll = <T extends object>(parts: T): T =>
    Object.fromEntries(Object.entries(parts).map(([part, pattern]) => [part, bare(pattern)])) as T
  const sections = track.sections.map((section) =>
    section.parts ? { ...section, parts: bareAll(section.parts) } : section,
  )
  return { ...track, parts: bareAll(track.parts), sections }
}

/** White noise of so many seconds that begins at once. */
export function noiseCase(level: number, seconds: number): OnsetCase {
  const random = seededRandom(`noise ${level}`)
  const sound = new Float32Array(seconds * rate).map(() => level * (2 * random() - 1))
  return { name: `white noise, peak ${level}`, times: [0], sound }
}
