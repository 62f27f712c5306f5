// Twins: event streams that might as well have been, drawn from one that was. A stream in, as many twins as asked for out; measured
// like the stream itself they say how unusual its value is (compare.ts). Equal seeds give equal twins.
// Three kinds, each keeps something and breaks something else:
//   shift    the stream turned round inside its span by whole tatums: keeps its pulse and its refrain, breaks how it lies against
//            the other's pattern. Shifts below a bar are left out (rhythm.md's null for coupling: at least 16 cells).
//   offset   the same by any time at all: also breaks how it lies against a shared beat. What it shows is that the two keep one clock.
//   shuffle  its steps (time to the next event, mark) in another order: keeps how often each step comes and the place of the first
//            and last event, breaks the refrain.
// Neither answers whether two agents harmonise because of each other: that takes partners from other runs (pseudo-dyads), never one run.
import type { EventStream } from '../measure/index.ts'
import { seededRandom, shuffled } from '../random.ts'
import type { Seconds } from '../units.ts'

export interface ShiftPlan {
  /** Length of a cell of the beat that the stream keeps. */
  readonly tatumSeconds: Seconds
  /** The span that is turned; its whole tatums count. Events outside are left out. */
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  /** Fewest cells of a shift, either way round (default 16, a bar of sixteenths). */
  readonly leastCells?: number
  readonly count: number
  readonly seed: number | string
}

/** As ShiftPlan, without a tatum to keep to. */
export interface OffsetPlan {
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
  /** Shortest shift, either way round (default: a second). */
  readonly leastSeconds?: Seconds
  readonly count: number
  readonly seed: number | string
}

export interface ShufflePlan {
  readonly count: number
  readonly seed: number | string
}

/**
 * Twins of a stream by circular shifts of whole tatums, no shift twice: fewer than `count` when the span has fewer shifts.
 * Throws RangeError for a plan that cannot be.
 */
export function* drawShiftTwins(stream: EventStream, plan: ShiftPlan): Generator<EventStream> {
  const { tatumSeconds, startSeconds, endSeconds, leastCells = 16, count, seed } = plan
  requireNumber('tatumSeconds', tatumSeconds, tatumSeconds > 0 && Number.isFinite(tatumSeconds), 'seconds above 0')
  requireSpan(startSeconds, endSeconds)
  requireNumber('leastCells', leastCells, Number.isInteger(leastCells) && leastCells >= 1, 'a whole number from 1 up')
  requireCount(count)
  const cells = Math.floor((endSeconds - startSeconds) / tatumSeconds + 1e-6)
  const shifts = Array.from({ length: Math.max(0, cells - 2 * leastCells + 1) }, (_, i) => leastCells + i)
  for (const shift of shuffled(seededRandom(`${seed}/shift`), shifts).slice(0, count))
    yield turnStream(stream, startSeconds, { by: shift * tatumSeconds, length: cells * tatumSeconds })
}

/** Twins of a stream by circular shifts of any length; none when the span has no room. Throws RangeError for a plan that cannot be. */
export function* drawOffsetTwins(stream: EventStream, plan: OffsetPlan): Generator<EventStream> {
  const { startSeconds, endSeconds, leastSeconds = 1, count, seed } = plan
  requireSpan(startSeconds, endSeconds)
  requireNumber('leastSeconds', leastSeconds, leastSeconds >= 0 && Number.isFinite(leastSeconds), 'seconds from 0 up')
  requireCount(count)
  const length = endSeconds - startSeconds
  const room = length - 2 * leastSeconds
  const random = seededRandom(`${seed}/offset`)
  for (let i = 0; i < count && room > 0; i++)
    yield turnStream(stream, startSeconds, { by: leastSeconds + random() * room, length })
}

function turnStream(
  stream: EventStream,
  start: Seconds,
  turn: { readonly by: Seconds; readonly length: Seconds },
): EventStream {
  const turned: { onset: Seconds; mark: string | undefined }[] = []
  stream.onsets.forEach((onset, i) => {
    const place = onset - start
    if (place < 0 || place >= turn.length) return
    const later = place + turn.by
    turned.push({ onset: start + (later < turn.length ? later : later - turn.length), mark: stream.marks?.[i] })
  })
  turned.sort((p, q) => p.onset - q.onset)
  return nameStream(stream, turned)
}

/** Twins of a stream by other orders of its steps. Throws RangeError for a count that cannot be. */
export function* drawShuffledTwins(stream: EventStream, { count, seed }: ShufflePlan): Generator<EventStream> {
  requireCount(count)
  const random = seededRandom(`${seed}/shuffle`)
  const { onsets, marks } = stream
  const last = onsets.length - 1
  const steps = onsets.slice(0, -1).map((onset, i) => ({ length: (onsets[i + 1] as number) - onset, mark: marks?.[i] }))
  for (let i = 0; i < count; i++) {
    let onset = onsets[0] ?? 0
    const events = shuffled(random, steps).map(({ length, mark }) => {
      const event = { onset: Math.min(onset, onsets[last] as number), mark } // rounding must not overtake the last event
      onset += length
      return event
    })
    if (last >= 0) events.push({ onset: onsets[last] as number, mark: marks?.[last] })
    yield nameStream(stream, events)
  }
}

function nameStream(like: EventStream, events: readonly { onset: Seconds; mark: string | undefined }[]): EventStream {
  const onsets = events.map(({ onset }) => onset)
  return like.marks === undefined ? { onsets } : { onsets, marks: events.map(({ mark }) => mark ?? '') }
}

function requireSpan(start: Seconds, end: Seconds): void {
  requireNumber('startSeconds', start, Number.isFinite(start), 'finite seconds')
  requireNumber('endSeconds', end, end >= start && Number.isFinite(end), 'seconds from startSeconds up')
}

const requireCount = (count: number) =>
  requireNumber('count', count, Number.isInteger(count) && count >= 0, 'a whole number from 0 up')

function requireNumber(name: string, value: number, holds: boolean, expected: string): void {
  if (!holds) throw new RangeError(`twins: ${name}: expected ${expected}, got ${value}`)
}
