// What is heard of a sound whose attacks are known: how many of them, how late, and whether two streams interlock as heard as they do as played.
import type { BeatClock, EventStream } from '../../src/measure/index.ts'
import { interlockSeries, measureOnsets, summariseInterlock } from '../../src/measure/index.ts'
import { type Note, sessionOf, stemsOf } from '../../src/record/index.ts'
import type { Played } from '../party-run.ts'
import { hear } from './listening.ts'
import { instants, type OnsetCase } from './onset-cases.ts'

export interface OnsetFigures {
  readonly played: number
  readonly fMeasure: number
  readonly precision: number
  readonly recall: number
  /** Mean and standard deviation of heard minus played, over what was heard within 50 ms; seconds. */
  readonly bias: number
  readonly spread: number
}

/** Onsets in seconds, ascending. */
export const heardTimes = (sound: Float32Array): number[] =>
  hear([sound], { mixtures: [] }).onsets.map(({ timeSeconds }) => timeSeconds)

/** Figures of several cases together. */
export function figuresOf(
  cases: readonly (Pick<OnsetCase, 'times'> & { readonly heard: readonly number[] })[],
): OnsetFigures {
  let [hits, heard, played] = [0, 0, 0]
  const late: number[] = []
  for (const one of cases) {
    hits += Math.round(measureOnsets({ reference: one.times, estimate: one.heard }).recall * one.times.length)
    heard += one.heard.length
    played += one.times.length
    for (const time of one.times) {
      const nearest = nearestTo(time, one.heard)
      if (Math.abs(nearest - time) <= 0.05) late.push(nearest - time)
    }
  }
  const bias = late.reduce((sum, x) => sum + x, 0) / late.length
  const spread = Math.sqrt(late.reduce((sum, x) => sum + (x - bias) ** 2, 0) / late.length)
  return {
    played,
    fMeasure: (2 * hits) / (heard + played),
    precision: hits / heard,
    recall: hits / played,
    bias,
    spread,
  }
}

/** The cases, heard one by one, as one. */
export const listenTo = (cases: readonly OnsetCase[]): OnsetFigures =>
  figuresOf(cases.map(({ times, sound }) => ({ times, heard: heardTimes(sound) })))

const nearestTo = (time: number, times: readonly number[]) =>
  times.reduce((best, t) => (Math.abs(t - time) < Math.abs(best - time) ? t : best), Number.POSITIVE_INFINITY)

export interface PartyStem {
  readonly agent: string
  readonly layer: Note['layer']
  readonly notes: readonly Note[]
  readonly times: readonly number[]
  readonly heard: readonly number[]
}

/** Every stem of a party, as played and as heard; all stems side by side in one ear. */
export function hearParty({ record, heard }: Played): PartyStem[] {
  const places = stemsOf(sessionOf(record))
  const stems = places.map((_, k) => joinBlocks(heard.map(({ stems }) => stems[k] as Float32Array)))
  const { onsets } = hear(stems, { mixtures: [] })
  const seconds = (stems[0]?.length ?? 0) / 48000
  return places.map(({ agent, layer }, k) => {
    const notes = heard
      .flatMap((slot) => slot.notes)
      .filter((note) => note.agent === agent && note.layer === layer && note.onsetSeconds < seconds)
      .sort((p, q) => p.onsetSeconds - q.onsetSeconds)
    const found = onsets.filter(({ stem }) => stem === k).map(({ timeSeconds }) => timeSeconds)
    return { agent, layer, notes, times: instants(notes), heard: found }
  })
}

function joinBlocks(blocks: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0))
  let at = 0
  for (const block of blocks) {
    whole.set(block, at)
    at += block.length
  }
  return whole
}

const playedStream = ({ notes }: PartyStem): EventStream => ({
  onsets: notes.map(({ onsetSeconds }) => onsetSeconds),
  marks: notes.map(({ mark }) => mark),
})

/** What was heard, each with the marks of the notes that it is within 50 ms of: an ear for onsets does not tell what sounds. */
function heardStream({ heard, notes }: PartyStem): EventStream {
  const onsets: number[] = []
  const marks: string[] = []
  for (const time of heard) {
    const nearest = nearestTo(
      time,
      notes.map(({ onsetSeconds }) => onsetSeconds),
    )
    const struck = notes.filter(
      ({ onsetSeconds }) => Math.abs(onsetSeconds - nearest) <= 0.005 && Math.abs(nearest - time) <= 0.05,
    )
    for (const mark of struck.length > 0 ? struck.map((note) => note.mark) : ['unplayed']) {
      onsets.push(time)
      marks.push(mark)
    }
  }
  return { onsets, marks }
}

/**
 * Interlock of two stems in half minutes, from the notes and from what was heard. The windows begin half a sixteenth late, between two cells: an edge
 * on the beat parts attacks of one instant when one of them is heard a millisecond early.
 */
export function compareInterlock(a: PartyStem, b: PartyStem, clock: BeatClock, seconds: number) {
  const startSeconds = 7.5 / clock.bpm
  const windowSeconds = Math.min(30, seconds - startSeconds)
  const windows = { windowSeconds, hopSeconds: 10, startSeconds, endSeconds: seconds, clock }
  const score = (x: EventStream, y: EventStream) => summariseInterlock(interlockSeries(x, y, windows)).score ?? 0
  return { played: score(playedStream(a), playedStream(b)), heard: score(heardStream(a), heardStream(b)) }
}
