// What the curves show: the keeper's series for every slot that was heard, and for the slot that sounds now the consonance of its frames.
import { whyNoBand } from '../../feedback/index.ts'
import type { HeardFrame } from '../../hear/index.ts'
import { groupStems, planMixtures, type RubbingPair, readConsonance, runWindows } from '../../measure/index.ts'
import { type Scores, type Series, stemsOf } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { CurveLine } from '../view/curves.ts'
import type { LineReading, MomentReadings } from '../view/moment.ts'
import { createPassages } from './passages.ts'
import { createRubbingLog, createSeatLog, type RubbingSeats } from './rubbing.ts'
import type { PartyScore } from './slots.ts'

export interface Readings {
  /** The next frame of the audio thread. */
  hear(frame: HeardFrame): void
  /** What the keeper measured since the last jump. */
  take(series: Scores['series']): void
  /** Sound goes on elsewhere, in the slot that begins then. */
  seek(from: Seconds): void
  /** Stored measures to draw behind. */
  compareWith(scores: Scores): void
  /** What chance reaches in the sound is being measured, or no longer. */
  expectChance(coming: boolean): void
  lines(curve: keyof MomentReadings): readonly CurveLine[]
  at(seconds: Seconds): MomentReadings
  /** The lines of a curve, each with its value at a moment. */
  linesAt(curve: keyof MomentReadings, seconds: Seconds): readonly LineReading[]
  /** The partials of the first two agents that rubbed most against each other at a moment; null where they hardly rub, or nothing was heard. */
  rubbingAt(seconds: Seconds): RubbingPair | null
  /** Those of all agents who rub most at a moment. */
  rubbingSeatsAt(seconds: Seconds): readonly RubbingSeats[]
}

interface Growing {
  seconds: number[]
  values: (number | null)[]
}

/** Frames are averaged over stretches of this length, as in the stored series, before they become a point of the curve. */
const stretchSeconds = 1
/** Interlock is of so much before its moment; vitality of all that was heard. */
const interlockWindow = runWindows(Number.POSITIVE_INFINITY).windowSeconds
const nothing: Series = { seconds: [], values: [] }

export function createReadings(score: PartyScore): Readings {
  const agents = score.session.agents.map((agent) => agent.agent)
  const consonance: Growing = { seconds: [], values: [] }
  const measured = { interlock: createPassages(interlockWindow), vitality: agents.map(() => createPassages(0)) }
  let stored: Scores['series'] | null = null
  let twins: Scores['twins']
  let isChanceComing = false
  let stretch = emptyStretch
  const groups = groupStems(stemsOf(score.session))
  const plan = planMixtures(groups)
  const rubbing = createRubbingLog(groups)
  const seats = createSeatLog()

  const chanceOf = (name: string, path: string) => ({
    chance: twins?.series[name] ?? null,
    whyNoChance: twins === undefined ? null : whyNoBand({ twins }, path),
  })
  const meanVitality = (seconds: Seconds) => {
    const heard = measured.vitality.map(({ series }) => series)
    const before = agents.map((agent) => stored?.vitality[agent])
    const alive = [heard, before].map((all) => meanOf(all.map((one) => valueAt(one, seconds))))
    return alive[0] ?? alive[1] ?? null
  }
  const lines = (curve: keyof MomentReadings): readonly CurveLine[] => {
    switch (curve) {
      case 'consonance':
        return [
          {
            name: 'together',
            heard: consonance,
            stored: stored?.consonance.together ?? null,
            ...chanceOf('consonance.together', 'together.consonance'),
            isChanceComing,
          },
        ]
      case 'interlock':
        return [
          {
            name: 'voices',
            heard: measured.interlock.series,
            stored: stored?.interlock.voice ?? null,
            ...chanceOf('interlock.voice', 'pairs.0.interlock.voice.score'),
          },
        ]
      case 'vitality':
        return agents.map((name, k) => ({
          name,
          heard: measured.vitality[k]?.series ?? nothing,
          stored: stored?.vitality[name] ?? null,
          ...chanceOf(`vitality.${name}`, `agents.${k}.vitality.vitality`),
        }))
    }
  }
  return {
    hear(frame) {
      const index = Math.floor(frame.timeSeconds / stretchSeconds)
      if (index !== stretch.index) stretch = { ...emptyStretch, index }
      const { together, pairs } = readConsonance(frame, groups, plan)
      const smoothness = pairs[0]?.smoothness ?? null
      if (smoothness !== null) rubbing.hear(index, frame, smoothness)
      seats.hear(index, pairs)
      if (together === null) return
      stretch = { index, sum: stretch.sum + together, count: stretch.count + 1 }
      place(consonance, index, stretch.sum / stretch.count)
    },
    take(series) {
      measured.interlock.take(series.interlock.voice)
      agents.forEach((agent, k) => {
        measured.vitality[k]?.take(series.vitality[agent] ?? nothing)
      })
    },
    seek(from) {
      stretch = emptyStretch
      for (const one of [measured.interlock, ...measured.vitality]) one.begin(from)
    },
    compareWith(scores) {
      stored = scores.series
      twins = scores.twins
    },
    expectChance(coming) {
      isChanceComing = coming
    },
    lines,
    linesAt: (curve, seconds) =>
      lines(curve).map((line) => {
        const heard = curve === 'consonance' ? heardAt(line.heard, seconds) : valueAt(line.heard, seconds)
        return { line, value: heard ?? valueAt(line.stored ?? undefined, seconds) }
      }),
    rubbingAt: (seconds) => rubbing.at(Math.floor(seconds / stretchSeconds)),
    rubbingSeatsAt: (seconds) => seats.at(Math.floor(seconds / stretchSeconds)),
    at(seconds) {
      return {
        consonance: heardAt(consonance, seconds) ?? valueAt(stored?.consonance.together, seconds),
        interlock: valueAt(measured.interlock.series, seconds) ?? valueAt(stored?.interlock.voice, seconds),
        vitality: meanVitality(seconds),
      }
    },
  }
}

const emptyStretch = { index: -1, sum: 0, count: 0 }

/** Sets the value of a stretch; stretches before it that were never heard stay undefined, so that the curve breaks there. */
function place(series: Growing, index: number, value: number): void {
  for (let k = series.seconds.length; k <= index; k++) {
    series.seconds.push((k + 0.5) * stretchSeconds)
    series.values.push(null)
  }
  series.values[index] = value
}

/** What was heard at a moment; a stretch that has only begun reads as the one before. */
function heardAt(series: Series, seconds: Seconds): number | null {
  const index = Math.floor(seconds / stretchSeconds)
  return series.values[index] ?? series.values[index - 1] ?? null
}

/** The latest value up to a second after a moment, unless it is older than a slot and a bit. */
function valueAt(series: Series | undefined, seconds: Seconds): number | null {
  if (series === undefined) return null
  const k = series.seconds.findLastIndex((time) => time <= seconds + 1)
  const time = series.seconds[k]
  return time === undefined || seconds - time > 20 ? null : (series.values[k] ?? null)
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0) / known.length
}
