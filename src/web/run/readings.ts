// What is shown as measured: consonance from the ensemble's own frames, interlock and vitality from the notes, up to the moment heard.
import type { FromEnsemble } from '../../../worklets/messages.ts'
import type { HeardFrame } from '../../hear/index.ts'
import { consonanceOfRoughness, interlockSeries, measureVitalitySeries } from '../../measure/index.ts'
import type { Note, Scores, Series } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { CurveLine } from '../view/curves.ts'
import type { MomentReadings } from '../view/moment.ts'
import type { PartyScore } from './slots.ts'

export interface Readings {
  /** A frame or onset from the audio thread. */
  hear(message: Extract<FromEnsemble, { kind: 'heard' | 'onset' }>): void
  /** The score grew. */
  grow(): void
  /** Sound goes on elsewhere. */
  seek(): void
  /** Stored measures to draw behind. */
  compareWith(scores: Scores): void
  lines(curve: keyof MomentReadings): readonly CurveLine[]
  at(seconds: Seconds): MomentReadings
}

interface Growing {
  seconds: number[]
  values: (number | null)[]
}

/** Frames are gathered into stretches of this length before they become a point of the curve. */
const stretchSeconds = 1
const windowSeconds = 16

export function createReadings(score: PartyScore): Readings {
  const agents = score.session.agents.map((agent) => agent.agent)
  const consonance: Growing = { seconds: [], values: [] }
  let interlock: Series = { seconds: [], values: [] }
  let vitality: readonly Series[] = agents.map(() => ({ seconds: [], values: [] }))
  let stored: Scores | null = null
  let heardUntil = 0
  let stretch = { index: -1, roughness: 0, power: 0 }

  const addFrame = (frame: HeardFrame) => {
    heardUntil = Math.max(heardUntil, frame.timeSeconds)
    const index = Math.floor(frame.timeSeconds / stretchSeconds)
    if (index !== stretch.index) {
      if (stretch.index >= 0) place(consonance, (stretch.index + 0.5) * stretchSeconds, consonanceOf(stretch))
      stretch = { index, roughness: 0, power: 0 }
    }
    stretch.roughness += sum(frame.roughnessSums)
    stretch.power += sum(frame.partialPower)
  }
  const grow = () => {
    const endSeconds = score.slots.length * score.slotSeconds
    const notes = agents.map((_, k) => score.slots.flatMap((slot) => slot.agents[k]?.voiceNotes ?? []))
    const grid = { startSeconds: 0, endSeconds, stepSeconds: score.slotSeconds }
    vitality = notes.map((own) => {
      const { seconds, vitality: values } = measureVitalitySeries(own, grid)
      return { seconds: [...seconds], values: [...values] }
    })
    const [a, b] = notes
    if (a === undefined || b === undefined) return
    const clock = { bpm: score.session.bpm, startSeconds: 0 }
    const settings = { windowSeconds, hopSeconds: score.slotSeconds / 2, clock, endSeconds }
    const moments = interlockSeries(streamOf(a), streamOf(b), settings)
    interlock = { seconds: moments.map((moment) => moment.seconds), values: moments.map((moment) => moment.score) }
  }
  return {
    hear(message) {
      if (message.kind === 'heard') addFrame(message.frame)
    },
    grow,
    seek() {
      stretch = { index: -1, roughness: 0, power: 0 }
    },
    compareWith(scores) {
      stored = scores
    },
    lines(curve) {
      switch (curve) {
        case 'consonance':
          return [{ name: 'together', heard: consonance, stored: stored?.series.consonance.together ?? null }]
        case 'interlock':
          return [{ name: 'voices', heard: upTo(interlock, heardUntil), stored: stored?.series.interlock.voice ?? null }]
        case 'vitality':
          return agents.map((name, k) => {
            const own = vitality[k] ?? { seconds: [], values: [] }
            return { name, heard: upTo(own, heardUntil), stored: stored?.series.vitality[name] ?? null }
          })
      }
    },
    at(seconds) {
      const alive = vitality.map((series) => valueAt(series, seconds)).filter((value) => value !== null)
      return {
        consonance: valueAt(consonance, seconds) ?? valueAt(stored?.series.consonance.together, seconds),
        interlock: valueAt(interlock, seconds),
        vitality: alive.length === 0 ? null : alive.reduce((total, value) => total + value, 0) / alive.length,
      }
    },
  }
}

function consonanceOf({ roughness, power }: { roughness: number; power: number }): number | null {
  return power > 0 ? consonanceOfRoughness(roughness / power) : null
}

/** Puts a value at its time, over an older one heard there before. */
function place(series: Growing, seconds: Seconds, value: number | null): void {
  let k = series.seconds.length
  while (k > 0 && (series.seconds[k - 1] as number) > seconds) k--
  const known = k > 0 && series.seconds[k - 1] === seconds
  if (known) series.values[k - 1] = value
  else {
    series.seconds.splice(k, 0, seconds)
    series.values.splice(k, 0, value)
  }
}

/** The latest value not after a moment, unless it is more than a slot old. */
function valueAt(series: Series | undefined, seconds: Seconds): number | null {
  if (series === undefined) return null
  const k = series.seconds.findLastIndex((time) => time <= seconds + 1)
  const time = series.seconds[k]
  return time === undefined || seconds - time > 20 ? null : (series.values[k] ?? null)
}

function upTo(series: Series, seconds: Seconds): Series {
  const count = series.seconds.findLastIndex((time) => time <= seconds) + 1
  return { seconds: series.seconds.slice(0, count), values: series.values.slice(0, count) }
}

function streamOf(notes: readonly Note[]): { onsets: number[]; marks: string[] } {
  const sorted = [...notes].sort((a, b) => a.onsetSeconds - b.onsetSeconds)
  return { onsets: sorted.map((note) => note.onsetSeconds), marks: sorted.map((note) => note.mark) }
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
