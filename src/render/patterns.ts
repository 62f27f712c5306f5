// One pattern of a track -> eight bars of mono PCM in kernel memory: its notes through the voices, its recordings laid under them, a little room.
// The result is circular: tails that pass the end sound at the beginning.
import type { Kernel } from '../kernel/index.ts'
import { InputError, type PartName, type Pattern } from '../record/index.ts'
import { type Hertz, samplesOfSeconds } from '../units.ts'
import { timbreNumbers } from './voices.ts'

/** Recordings by name: mono, at the sample rate of the render. */
export type SampleBank = (name: string) => Float32Array | undefined

export interface PatternPlace {
  readonly part: PartName
  /** Id of the track, for messages. */
  readonly track: string
  readonly sampleRate: Hertz
  readonly bpm: number
  /** Factor on every frequency, 1 while the deck keeps the key. */
  readonly pitchRatio: number
  readonly samples: SampleBank
}

export interface RenderedPattern {
  /** Address of `length` samples. */
  readonly pcm: number
  readonly length: number
  /** Gated K-weighted mean square of the pattern, 0 when silent. */
  readonly level: number
}

const barsPerSection = 8
const stepsPerBar = 16
/** How long tails may ring past the pattern's end. */
const longestTailSeconds = 8
const fadeSeconds = 0.005
/** Loudness is taken over so much of the pattern. */
const measuredBars = 4
/** How much room each part gets, linear. By eye of spectrogram and level: the room lies about 18 dB below the part. */
const roomGain: Record<PartName, number> = { drums: 0.035, bass: 0, chords: 0.1, lead: 0.1 }

/** The pattern must have passed `checkRecordings`. The block must be released by the caller. */
export function renderPattern(kernel: Kernel, pattern: Pattern, place: PatternPlace): RenderedPattern {
  const seconds = (barsPerSection * 4 * 60) / place.bpm
  const length = samplesOfSeconds(seconds, place.sampleRate)
  const pcm = kernel.allocate(length * 4)
  const period = samplesOfSeconds((seconds * pattern.bars) / barsPerSection, place.sampleRate)
  const tile = renderTile(kernel, pattern, place, period)
  layTiles(kernel, pcm, length, tile, pattern.bars, pattern.gain)
  kernel.release(tile.address)
  for (const use of pattern.samples) if (use.kind === 'loop') addLoop(kernel, pcm, length, use, pattern.gain, place)
  const measured = Math.ceil((length * measuredBars) / barsPerSection)
  return { pcm, length, level: kernel.weightedLevel(pcm, measured, place.sampleRate) }
}

interface Tile {
  readonly address: number
  readonly samples: number
}

/** Lays a tile at every repetition; starts are rounded one by one, so that they never drift from the beat. */
function layTiles(kernel: Kernel, pcm: number, length: number, tile: Tile, bars: number, gain: number): void {
  for (let bar = 0; bar < barsPerSection; bar += bars) {
    const offset = Math.round((length * bar) / barsPerSection)
    kernel.layRound(pcm, length, offset, tile.address, tile.samples, gain)
  }
}

/** One repetition of the notes and one-shots with their tails and their room. */
function renderTile(kernel: Kernel, pattern: Pattern, place: PatternPlace, period: number): Tile {
  const room = kernel.roomLength(place.sampleRate)
  const dry = period + samplesOfSeconds(longestTailSeconds, place.sampleRate)
  const address = kernel.allocate((dry + room) * 4)
  let samples = renderNotes(kernel, pattern, place, { address, samples: dry })
  for (const use of pattern.samples)
    if (use.kind === 'one-shot') samples = Math.max(samples, addHits(kernel, use, place, { address, samples: dry }))
  const gain = roomGain[place.part]
  if (gain === 0) return { address, samples }
  kernel.addRoom(address, address, samples, gain, place.sampleRate)
  return { address, samples: samples + room }
}

/** Plays the notes into the tile; gives the samples until the last tail is over. */
function renderNotes(kernel: Kernel, pattern: Pattern, place: PatternPlace, tile: Tile): number {
  const step = stepSamples(place)
  const voices = kernel.createVoices(place.sampleRate, place.pitchRatio)
  const timbre = timbreNumbers.get(pattern.timbre) ?? 0
  for (const note of pattern.notes) {
    if (note.step >= pattern.bars * stepsPerBar) continue
    const onset = Math.round(note.step * step)
    kernel.scheduleVoice(voices, onset, Math.round(note.steps * step), note.midi, note.velocity, timbre)
  }
  let done = 0
  while (done < tile.samples && kernel.busyVoices(voices) > 0) {
    const samples = Math.min(4096, tile.samples - done)
    kernel.renderVoices(voices, tile.address + done * 4, samples)
    done += samples
  }
  kernel.disposeVoices(voices)
  return done
}

function stepSamples(place: PatternPlace): number {
  return (15 / place.bpm) * place.sampleRate
}

type OneShot = Extract<Pattern['samples'][number], { kind: 'one-shot' }>
type Loop = Extract<Pattern['samples'][number], { kind: 'loop' }>

/** Adds a recording at each of its hits; gives the samples until the last one is over. */
function addHits(kernel: Kernel, use: OneShot, place: PatternPlace, tile: Tile): number {
  const { address, length } = loadSample(kernel, use.sample, place)
  const fade = samplesOfSeconds(fadeSeconds, place.sampleRate)
  let end = 0
  for (const hit of use.hits) {
    const at = Math.round(hit.step * stepSamples(place))
    const room = tile.samples - at
    if (room <= 0) continue
    const gain = use.gain * hit.velocity
    kernel.addOneShot(tile.address + at * 4, room, address, length, place.pitchRatio, gain, fade)
    end = Math.max(end, Math.min(tile.samples, at + Math.ceil(length / place.pitchRatio)))
  }
  kernel.release(address)
  return end
}

/** Lays a recorded loop round the section: stretched by speed to its bars, crossing from turn to turn. */
function addLoop(kernel: Kernel, pcm: number, length: number, use: Loop, gain: number, place: PatternPlace): void {
  const sample = loadSample(kernel, use.sample, place)
  const fade = samplesOfSeconds(fadeSeconds, place.sampleRate)
  const turn = Math.round((length * use.bars) / barsPerSection)
  const address = kernel.allocate((turn + fade) * 4)
  kernel.layLoop(address, turn, sample.address, sample.length, fade)
  layTiles(kernel, pcm, length, { address, samples: turn + fade }, use.bars, gain * use.gain)
  kernel.release(address)
  kernel.release(sample.address)
}

function loadSample(kernel: Kernel, name: string, place: PatternPlace): { address: number; length: number } {
  const sample = sampleOf(name, place)
  const address = kernel.allocate(sample.length * 4)
  new Float32Array(kernel.memory.buffer, address, sample.length).set(sample)
  return { address, length: sample.length }
}

function sampleOf(
  name: string,
  { track, part, samples }: Pick<PatternPlace, 'track' | 'part' | 'samples'>,
): Float32Array {
  const sample = samples(name)
  if (sample === undefined || sample.length === 0)
    throw new InputError(
      'missing-sample',
      `track ${track}, part ${part}: expected the recording "${name}", got none. Install it (npm ci brings supersonic-scsynth-samples) or take it out of the track.`,
    )
  return sample
}

/** Throws InputError for a recording that is missing or a loop that does not fit; to be asked before anything is rendered. */
export function checkRecordings(pattern: Pattern, place: Pick<PatternPlace, 'track' | 'part' | 'samples'>): void {
  for (const use of pattern.samples) {
    sampleOf(use.sample, place)
    if (use.kind === 'loop' && barsPerSection % use.bars !== 0)
      throw new InputError(
        'loop-bars',
        `track ${place.track}, part ${place.part}, loop "${use.sample}": expected 1, 2, 4 or 8 bars, got ${use.bars}. Change its bars in the library.`,
      )
  }
}
