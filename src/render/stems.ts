// One agent's layer of a run -> its stem, slot after slot: a voice from its notes, a deck from what the world says it plays.
import type { Kernel } from '../kernel/index.ts'
import {
  type DeckSlot,
  InputError,
  type Library,
  type Note,
  type RecordLine,
  type SessionLine,
  type StemPlace,
  type Track,
  type WorldLine,
} from '../record/index.ts'
import type { Hertz, Samples } from '../units.ts'
import { createDeckRenderer } from './decks.ts'
import type { SampleBank } from './patterns.ts'
import { renderSection } from './sections.ts'
import { createVoiceRenderer } from './voices.ts'

/** What a stem is made with. */
export interface StemInstruments {
  readonly kernel: Kernel
  readonly library: Library | null
  readonly samples: SampleBank
  readonly sampleRate: Hertz
}

/** Plays one stem; slots come in order, each right after the one before. */
export interface StemPlayer {
  /** All lines and notes of the slot; those of other stems are passed over. Throws InputError for a track that the library lacks. */
  play(lines: readonly RecordLine[], notes: readonly Note[], start: Samples, length: Samples): Float32Array
  dispose(): void
}

export function createStemPlayer(
  { agent, layer }: StemPlace,
  session: SessionLine,
  instruments: StemInstruments,
): StemPlayer {
  const { kernel, sampleRate } = instruments
  if (layer === 'voice') {
    const voice = createVoiceRenderer(kernel, { sampleRate })
    return {
      play(_, notes, __, length) {
        voice.schedule(notes.filter((note) => note.agent === agent && note.layer === 'voice'))
        return rendered(voice, length)
      },
      dispose: () => voice.dispose(),
    }
  }
  const deck = createDeckRenderer(kernel, { sampleRate, bpm: session.bpm })
  return {
    play(lines, _, start, length) {
      const slot = worldOf(lines)?.decks.find((known) => known.agent === agent)
      if (slot !== undefined) deck.schedule(slot, start, length, sectionOf(slot, session, instruments))
      return rendered(deck, length)
    },
    dispose: () => deck.dispose(),
  }
}

function rendered(renderer: { render(into: Float32Array): void }, length: Samples): Float32Array {
  const sound = new Float32Array(length)
  renderer.render(sound)
  return sound
}

function sectionOf(
  slot: DeckSlot,
  session: SessionLine,
  { kernel, library, samples, sampleRate }: StemInstruments,
): Float32Array | null {
  const track = slot.playing ? trackOf(slot, library) : null
  if (track === null) return null
  const settings = { sampleRate, bpm: session.bpm, keyLock: keyLockOf(session), samples }
  return renderSection(kernel, track, slot.section, settings)
}

/** What lies on a deck; null: nothing. Throws InputError for a track that the library lacks. */
export function trackOf(slot: DeckSlot, library: Library | null): Track | null {
  if (slot.track === null) return null
  const track = library?.tracks.find((known) => known.id === slot.track)
  if (track === undefined)
    throw new InputError(
      'unknown-track',
      `record, slot of deck "${slot.agent}": expected a track of the library, got "${slot.track}". Use the library the run was played with.`,
    )
  return track
}

export function keyLockOf(session: SessionLine): number {
  return session.scenario?.keyLock ?? 0
}

/** The world's line among those of a slot; a transcript has none. */
export function worldOf(lines: readonly RecordLine[]): WorldLine | null {
  return lines.find((line) => line.kind === 'world') ?? null
}
