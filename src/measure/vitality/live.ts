// Vitality while it happens: the last 512 symbols, coded forwards only.
// In: symbols one by one, or notes with times. Out: readings as of `measureVitality`, or series over time.
import { symbolsOfNotes, type TimedPitch } from './symbols.ts'
import { measureVitality, type Vitality } from './vitality.ts'

/** Symbols looked back on. */
export const liveWindow = 512
/** Readings remembered of a run: 512 symbols each, so about 10 MB. */
const mostRemembered = 2048
/** A new reading after so many symbols. */
const liveStep = 8

export interface VitalityMeter {
  /** Takes the next symbol; returns the latest reading, made anew every 8 symbols. */
  push(symbol: string): Vitality
}

export function createVitalityMeter(): VitalityMeter {
  const window: string[] = []
  let taken = 0
  let reading = measureVitality([], 'forward')
  return {
    push(symbol) {
      window.push(symbol)
      if (window.length > liveWindow) window.shift()
      if (++taken % liveStep === 0) reading = measureVitality(window, 'forward')
      return reading
    },
  }
}

/** The reading of the last 512 of these notes (in order of onset), forwards only. */
export function measureRecentVitality(notes: readonly TimedPitch[]): Vitality {
  return measureVitality(recentSymbols(notes), 'forward')
}

const recentSymbols = (notes: readonly TimedPitch[]) => symbolsOfNotes(notes.slice(-liveWindow))

/** `measureRecentVitality` that measures the same symbols once: a run's readings slot by slot come back in its series. */
export function createRecentVitality(): typeof measureRecentVitality {
  const known = new Map<string, Vitality>()
  return (notes) => {
    const symbols = recentSymbols(notes)
    const name = symbols.join(' ')
    const reading = known.get(name) ?? measureVitality(symbols, 'forward')
    if (known.size < mostRemembered) known.set(name, reading)
    return reading
  }
}

export interface VitalitySeries {
  /** When each reading was taken: it knows the notes that began before. */
  readonly seconds: readonly number[]
  readonly vitality: readonly (number | null)[]
  readonly order: readonly (number | null)[]
  readonly surpriseBits: readonly (number | null)[]
  readonly evolution: readonly (number | null)[]
}

/** Readings at startSeconds + stepSeconds, + 2 stepSeconds, ... up to endSeconds (a step is a slot or a bar of the beat clock), by `read`. */
export function measureVitalitySeries(
  notes: readonly TimedPitch[],
  grid: { readonly startSeconds: number; readonly endSeconds: number; readonly stepSeconds: number },
  read: typeof measureRecentVitality = measureRecentVitality,
): VitalitySeries {
  const sorted = [...notes].sort((a, b) => a.onsetSeconds - b.onsetSeconds)
  const count = Math.floor((grid.endSeconds - grid.startSeconds) / grid.stepSeconds + 1e-9)
  const seconds = Array.from({ length: Math.max(0, count) }, (_, i) => grid.startSeconds + (i + 1) * grid.stepSeconds)
  let until = 0
  const readings = seconds.map((time) => {
    while (until < sorted.length && (sorted[until] as TimedPitch).onsetSeconds < time) until++
    return read(sorted.slice(Math.max(0, until - liveWindow), until))
  })
  return {
    seconds,
    vitality: readings.map((reading) => reading.vitality),
    order: readings.map((reading) => reading.order),
    surpriseBits: readings.map((reading) => reading.surpriseBits),
    evolution: readings.map((reading) => reading.evolution),
  }
}
