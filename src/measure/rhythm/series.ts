// Interlock as it goes: events of two streams in as they happen, one reading at the end of every window out.
// The reading at T is measureInterlock over [T - window, T), so it needs nothing later than T and nothing earlier than the window:
// streaming and offline are the same computation.
import { InputError } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import {
  type BeatClock,
  checkClock,
  checkOnset,
  checkWindows,
  cutPair,
  type EventStream,
  longestSeconds,
  type RhythmSpan,
  readPair,
} from './events.ts'
import { type InterlockReading, interlockOf } from './interlock.ts'

export interface InterlockSeriesSettings {
  /** Length of a window; 16 s holds two turns of a refrain of two bars. */
  readonly windowSeconds: Seconds
  readonly hopSeconds: Seconds
  /** Where the first window starts (default 0). */
  readonly startSeconds?: Seconds | undefined
  readonly clock?: BeatClock | undefined
}

/** Interlock of the window that ends at `seconds`. */
export interface InterlockMoment extends InterlockReading {
  readonly seconds: Seconds
}

export interface InterlockStream {
  /** An event of one stream; events of both come in order of time. Returns the windows that ended before it, or as it began. */
  push(stream: 'a' | 'b', onsetSeconds: Seconds, mark?: string): InterlockMoment[]
  /** Nothing comes before `seconds` any more. Returns the windows that have ended by then. */
  advance(seconds: Seconds): InterlockMoment[]
}

/** Memory grows with the events of one window only. Throws InputError for settings or events that cannot be. */
export function createInterlockStream(settings: InterlockSeriesSettings): InterlockStream {
  checkSettings(settings)
  const { windowSeconds, hopSeconds, startSeconds = 0, clock } = settings
  const held = { a: createHeld(), b: createHeld() }
  let windows = 0
  let now = 0
  const advance = (seconds: Seconds) => {
    checkOnset(seconds, now, 'seconds')
    checkStride(seconds - Math.max(now, startSeconds))
    now = seconds
    const moments: InterlockMoment[] = []
    for (let end = endOf(windows); end <= now; end = endOf(++windows)) {
      const from = end - windowSeconds
      for (const events of [held.a, held.b]) forget(events, from)
      const pair = cutPair(held.a, held.b, { startSeconds: from, endSeconds: end, clock })
      moments.push({ seconds: end, ...interlockOf(pair) })
    }
    return moments
  }
  const endOf = (window: number) => startSeconds + windowSeconds + window * hopSeconds
  return {
    advance,
    push(stream, onsetSeconds, mark = '') {
      checkOnset(onsetSeconds, now, `${stream}.onset`)
      const moments = advance(onsetSeconds)
      held[stream].onsets.push(onsetSeconds)
      held[stream].marks.push(mark)
      return moments
    },
  }
}

/** The same of whole streams: one moment for every window that ends by endSeconds (default: the last onset). Throws InputError. */
export function interlockSeries(
  a: EventStream,
  b: EventStream,
  settings: InterlockSeriesSettings & Pick<RhythmSpan, 'endSeconds'>,
): InterlockMoment[] {
  readPair(a, b, settings)
  const stream = createInterlockStream(settings)
  const moments: InterlockMoment[] = []
  const end = settings.endSeconds ?? Math.max(a.onsets.at(-1) ?? 0, b.onsets.at(-1) ?? 0)
  for (let i = 0, j = 0; i < a.onsets.length || j < b.onsets.length; ) {
    const [p, q] = [a.onsets[i] ?? Number.POSITIVE_INFINITY, b.onsets[j] ?? Number.POSITIVE_INFINITY]
    if (Math.min(p, q) >= end) break
    const [name, events, at] = p <= q ? (['a', a, i++] as const) : (['b', b, j++] as const)
    moments.push(...stream.push(name, events.onsets[at] as number, events.marks?.[at]))
  }
  return [...moments, ...stream.advance(end)]
}

/**
 * One reading for many moments: the mean of every part over the moments that have it. A run of minutes is told this way, since a
 * refrain that evolves is a refrain in each of its half minutes, not over all of them.
 */
export function summariseInterlock(moments: readonly InterlockMoment[]): InterlockReading {
  const reasons: Record<string, string> = {}
  const mean = (field: Exclude<keyof InterlockReading, 'undefined'>) => {
    const known = moments.flatMap((moment) => moment[field] ?? [])
    if (known.length > 0) return known.reduce((sum, value) => sum + value, 0) / known.length
    reasons[field] = moments[0]?.undefined[field] ?? 'no window is complete'
    return null
  }
  return {
    score: mean('score') ?? 0,
    presence: mean('presence'),
    pulse: mean('pulse'),
    space: mean('space'),
    evenness: mean('evenness'),
    refrain: mean('refrain'),
    variety: mean('variety'),
    tatumSeconds: mean('tatumSeconds'),
    undefined: reasons,
  }
}

interface Held {
  readonly onsets: number[]
  readonly marks: string[]
}

const createHeld = (): Held => ({ onsets: [], marks: [] })

function forget(events: Held, before: Seconds): void {
  const kept = events.onsets.findIndex((onset) => onset >= before)
  const gone = kept < 0 ? events.onsets.length : kept
  events.onsets.splice(0, gone)
  events.marks.splice(0, gone)
}

function checkStride(seconds: number): void {
  if (seconds > longestSeconds)
    throw new InputError(
      'series',
      `seconds: expected the next event within ${longestSeconds} s, got one ${seconds} s later. Give seconds, and startSeconds if they do not count from 0.`,
    )
}

function checkSettings({ windowSeconds, hopSeconds, startSeconds = 0, clock }: InterlockSeriesSettings): void {
  checkWindows({ windowSeconds, hopSeconds })
  if (!(startSeconds >= 0 && Number.isFinite(startSeconds)))
    throw new InputError('series', `startSeconds: expected finite seconds from 0 up, got ${startSeconds}.`)
  if (clock !== undefined) checkClock(clock)
}
