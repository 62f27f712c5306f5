// A run to cut clips from: its lines slot by slot, what it is called, and the sound of a stretch of it, from its mix or, stem by stem, anew.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { composeSlot, sampleRate, slotStart, slotsOf } from '../../../pipeline.ts'
import {
  type DjSpec,
  InputError,
  type RecordLine,
  type SessionLine,
  type StemPlace,
  sessionOf,
  stemsOf,
} from '../../../record/index.ts'
import { createStemPlayer, mixGains } from '../../../render/index.ts'
import { type LoadedInstruments, loadInstruments } from '../../run/instruments.ts'
import { panOf } from '../../sound/mix.ts'
import { openWav } from '../../sound/wav-reader.ts'
import { readRecord } from '../../store/record-file.ts'
import { findRun, recordName } from '../../store/run-folder.ts'

export const mixName = 'mix.wav'

export interface JudgedRun {
  /** Absolute. */
  readonly folder: string
  readonly session: SessionLine
  /** All lines of each slot. */
  readonly slots: readonly (readonly RecordLine[])[]
  /** Condition and who plays. */
  readonly label: string
}

/** Samples of the run, from 0. */
export interface Stretch {
  readonly from: number
  readonly count: number
}

export type Stereo = readonly [Float32Array, Float32Array]

/** Throws InputError when there is no record, or one that is not to be heard. */
export async function openJudgedRun(run: string): Promise<JudgedRun> {
  const folder = path.resolve(findRun(run))
  const lines: RecordLine[] = []
  for await (const { line } of readRecord(path.join(folder, recordName))) if (line.kind !== 'percept') lines.push(line)
  const session = sessionOf(lines)
  return { folder, session, slots: slotsOf(lines), label: labelOf(session) }
}

function labelOf({ condition, agents, scenario }: SessionLine): string {
  const where = scenario === null ? 'transcript' : condition
  const who = agents.slice(0, 4).map(({ title, dj }) => (scenario === null ? title : nameDj(dj)))
  return `${where}: ${who.join(' & ')}${agents.length > 4 ? ' ...' : ''}`
}

function nameDj(dj: DjSpec): string {
  switch (dj.kind) {
    case 'scripted':
      return dj.policy
    case 'server':
    case 'embedded':
      return dj.model
    case 'imported':
      return 'imported'
    case 'ghost':
      return `ghost of ${dj.was}`
  }
}

/** Samples until the slot begins. */
export const slotSample = (run: JudgedRun, slot: number): number => slotStart(run.session, slot).sample

/** Instruments for a run, loaded once for all runs of a kind: recordings and patterns stay. */
export type Orchestra = (session: SessionLine) => LoadedInstruments

export function createOrchestra(): Orchestra {
  const known = new Map<'party' | 'transcript', LoadedInstruments>()
  return ({ scenario }) => {
    const kind = scenario === null ? 'transcript' : 'party'
    const instruments = known.get(kind) ?? loadInstruments(kind)
    known.set(kind, instruments)
    return instruments
  }
}

/** What the floor heard: mix.wav where it is, else rendered from the record. Throws InputError. */
export async function hearMix(run: JudgedRun, stretch: Stretch, orchestra: Orchestra): Promise<Stereo> {
  const file = path.join(run.folder, mixName)
  if (!existsSync(file)) return mixStems(run.session, await renderStems(run, stretch, orchestra))
  const wav = openMix(file)
  try {
    const least = stretch.from + stretch.count
    if (wav.sampleRate !== sampleRate || wav.channels !== 2 || wav.frames < least)
      throw new InputError(
        'bad-mix',
        `${file}: expected stereo at ${sampleRate} Hz with ${least} frames at least, got ${wav.channels} channels at ${wav.sampleRate} Hz with ${wav.frames}. Delete it: it is made anew from the record.`,
      )
    return wav.read(stretch.from, stretch.count) as [Float32Array, Float32Array]
  } finally {
    wav.close()
  }
}

function openMix(file: string) {
  try {
    return openWav(file)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError('bad-mix', `${error.message} Or delete it: the sound is made anew from the record.`)
  }
}

/** Every stem of the run during a stretch, in the order of `stemsOf`. `change` may say the lines of a slot differently. Throws InputError. */
export async function renderStems(
  { session, slots }: JudgedRun,
  { from, count }: Stretch,
  orchestra: Orchestra,
  change: (lines: readonly RecordLine[]) => readonly RecordLine[] = (lines) => lines,
): Promise<Float32Array[]> {
  const instruments = orchestra(session)
  const places = stemsOf(session)
  const players = places.map((place) => createStemPlayer(place, session, { ...instruments, sampleRate }))
  const kept = places.map(() => new Float32Array(count))
  try {
    for (const [slot, lines] of slots.entries()) {
      const start = slotStart(session, slot).sample
      if (start >= from + count) break
      const length = slotStart(session, slot + 1).sample - start
      const sound = await playSlot({ session, slot, lines: change(lines), instruments, players, start, length })
      sound.forEach((stem, i) => {
        keepPart(kept[i] as Float32Array, stem, start - from)
      })
    }
    return kept
  } finally {
    for (const player of players) player.dispose()
  }
}

interface SlotToPlay {
  readonly session: SessionLine
  readonly slot: number
  readonly lines: readonly RecordLine[]
  readonly instruments: LoadedInstruments
  readonly players: readonly ReturnType<typeof createStemPlayer>[]
  readonly start: number
  readonly length: number
}

async function playSlot({ session, slot, lines, instruments, players, start, length }: SlotToPlay) {
  await instruments.prepare(lines)
  const notes = composeSlot(session, lines, slot, instruments)
  return players.map((player) => player.play(lines, notes, start, length))
}

/** Copies what of `block` lies within `into`, when block begins `at` samples after it. */
function keepPart(into: Float32Array, block: Float32Array, at: number): void {
  const first = Math.max(0, -at)
  const last = Math.min(block.length, into.length - at)
  if (last > first) into.set(block.subarray(first, last), at + first)
}

/** Levels and places as in mix.wav. */
export function mixStems(session: SessionLine, stems: readonly Float32Array[]): Stereo {
  const agents = session.agents.map(({ agent }) => agent)
  const length = stems[0]?.length ?? 0
  const [left, right] = [new Float32Array(length), new Float32Array(length)]
  stemsOf(session).forEach(({ agent, layer }: StemPlace, k) => {
    const pan = panOf(agents.indexOf(agent), agents.length)
    // The law of src/node/sound/mix.ts.
    const [onLeft, onRight] = [
      mixGains[layer] * Math.sqrt((1 - pan) / 1.3),
      mixGains[layer] * Math.sqrt((1 + pan) / 1.3),
    ]
    const stem = stems[k] as Float32Array
    for (let i = 0; i < length; i++) {
      left[i] = (left[i] as number) + onLeft * (stem[i] as number)
      right[i] = (right[i] as number) + onRight * (stem[i] as number)
    }
  })
  return [left, right]
}
