// A sound to compare ears on, found by what a person calls it and read piece by piece: a WAV file, a track of the library, or a run's mix.
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { MusicalKey } from '../../djs/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import { sampleRate as deckRate } from '../../pipeline.ts'
import { beatsPerSlot, type DeckSlot, InputError, type Track } from '../../record/index.ts'
import { createDeckRenderer, renderSection } from '../../render/index.ts'
import { type Hertz, samplesOfSeconds, secondsOfBeats } from '../../units.ts'
import { loadLibrary } from '../installation.ts'
import { requireHearable } from '../measure/hearable.ts'
import { weightsOf } from '../measure/kinds/loudness.ts'
import { createSampleLoader } from '../sound/samples.ts'
import { openWav } from '../sound/wav-reader.ts'
import { findRun, recordName } from '../store/run-folder.ts'

export interface SoundSource {
  readonly kind: 'wav' | 'track' | 'run'
  /** The file, or the track's id. */
  readonly name: string
  readonly title: string | null
  readonly sampleRate: Hertz
  readonly frames: number
  /** Of the channels in loudness (BS.1770): one each. */
  readonly weights: readonly number[]
  /** As composed; null for sounds from elsewhere. */
  readonly known: { readonly key: MusicalKey; readonly tempoBpm: number } | null
  /** The whole sound, once: one array per channel, of equal length. */
  blocks(): Iterable<readonly Float32Array[]>
  close(): void
}

/** Throws InputError when nothing is called so, or what is called so cannot be heard. */
export async function openSound(called: string, kernel: Kernel): Promise<SoundSource> {
  const file = existsSync(called) && statSync(called).isFile() && path.basename(called) !== recordName
  if (file) return openFile(called, 'wav')
  const { tracks } = loadLibrary().library
  const track = tracks.find(({ id }) => id === called)
  if (track !== undefined && !existsSync(called)) return openTrack(track, kernel)
  if (/^\d{1,9}$/.test(called) || existsSync(called)) return openMix(findRun(called))
  throw new InputError(
    'no-sound',
    `${called}: expected a WAV file, a track of the library (${tracks[0]?.id} to ${tracks.at(-1)?.id}) or a run, found nothing. Check the name.`,
  )
}

function openMix(run: string): SoundSource {
  const mix = path.join(run, 'mix.wav')
  if (!existsSync(mix))
    throw new InputError(
      'no-mix',
      `${mix}: expected the run's mix, found nothing. Make it with \`hocket render ${run}\`.`,
    )
  return openFile(mix, 'run')
}

function openFile(file: string, kind: 'wav' | 'run'): SoundSource {
  const wav = openWav(file)
  try {
    requireHearable(wav, file)
    const weights = weightsOf(wav, file)
    const { sampleRate, frames, close } = wav
    const blocks = () => wav.blocks(0, frames)
    return { kind, name: file, title: null, sampleRate, frames, weights, known: null, blocks, close }
  } catch (error) {
    wav.close()
    throw error
  }
}

/** All sections of a track in their order, as a deck plays them at the track's own tempo. */
async function openTrack(track: Track, kernel: Kernel): Promise<SoundSource> {
  const { bank: samples, prepare } = createSampleLoader([track])
  await prepare([track])
  const { id, title, bpm, key, sections } = track
  const starts = Array.from({ length: sections.length + 1 }, (_, slot) =>
    samplesOfSeconds(secondsOfBeats(slot * beatsPerSlot, bpm), deckRate),
  )
  return {
    kind: 'track',
    name: id,
    title,
    sampleRate: deckRate,
    frames: starts.at(-1) as number,
    weights: [1],
    known: { key, tempoBpm: bpm },
    *blocks() {
      const deck = createDeckRenderer(kernel, { sampleRate: deckRate, bpm })
      try {
        for (const section of sections.keys()) {
          const [start, end] = [starts[section] as number, starts[section + 1] as number]
          const sound = renderSection(kernel, track, section, { sampleRate: deckRate, bpm, keyLock: 0, samples })
          deck.schedule(steadySlot(track.id, section), start, end - start, sound)
          const played = new Float32Array(end - start)
          deck.render(played)
          yield [played]
        }
      } finally {
        deck.dispose()
      }
    },
    close() {},
  }
}

/** A deck that only plays: fader up, equaliser flat. */
function steadySlot(track: string, section: number): DeckSlot {
  return {
    agent: 'a',
    track,
    section,
    playing: true,
    loopBeats: null,
    nudgePercent: 0,
    fader: { from: 1, to: 1, overBeats: 0 },
    eq: { low: 1, mid: 1, high: 1 },
  }
}
