// Event streams in, checked and made ready to measure: attacks relative to the start of the span, in seconds, each with a number
// for its sound. Onsets of one stream within 5 ms are one attack (a chord, a kick with its hat): below some 5 ms two clicks of a
// voice are not told apart in time (Hirsh 1959 puts the fusing of clicks at 2 ms, the telling of their order at 20).
import { InputError } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'

/** Onsets in seconds, not descending, none below 0. Marks are pitch or timbre classes, one an onset; without them all are alike. */
export interface EventStream {
  readonly onsets: readonly number[]
  readonly marks?: readonly string[] | undefined
}

/** The beat that both are known to follow: its tatum is a sixteenth, every second one late by `swing` of a sixteenth (0 to below 1). */
export interface BeatClock {
  readonly bpm: number
  readonly startSeconds: Seconds
  readonly swing?: number | undefined
}

/** What stretch is measured: startSeconds <= onset < endSeconds. Default 0 and just after the last onset. */
export interface RhythmSpan {
  readonly startSeconds?: Seconds | undefined
  readonly endSeconds?: Seconds | undefined
  /** Known beat. Without it the pulse is estimated. */
  readonly clock?: BeatClock | undefined
}

/** One stream as the measures see it. */
export interface Attacks {
  /** Seconds after the start of the span, ascending. */
  readonly times: Float64Array
  /** Equal numbers, equal sounds; shared by both streams of a pair. */
  readonly sounds: Int32Array
}

export interface Pair {
  readonly a: Attacks
  readonly b: Attacks
  /** Length of the span. */
  readonly seconds: number
  /** The known beat, its start relative to the span. */
  readonly clock: BeatClock | undefined
}

/** Fewest attacks a stream needs before a rhythm is spoken of. */
export const fewestAttacks = 6

/** The nanosecond keeps the rounding of times from deciding when two lie 5 ms apart exactly. */
const fusionSeconds = 0.005 + 1e-9

/** Longest span measured at once: a day. Longer ones are slips of unit or origin (milliseconds, seconds since 1970). */
export const longestSeconds = 86_400

/** Checks and cuts two streams. `names` are used in messages. Throws InputError. */
export function readPair(
  a: EventStream,
  b: EventStream,
  span: RhythmSpan,
  names: readonly [string, string] = ['a', 'b'],
): Pair {
  checkStream(a, names[0])
  checkStream(b, names[1])
  checkSpan(span)
  const pair = cutPair(a, b, span)
  if (pair.seconds > longestSeconds)
    throw new InputError(
      'span',
      `span: expected at most ${longestSeconds} s from startSeconds to endSeconds or the last onset, got ${pair.seconds} s. Give seconds, and startSeconds if they do not count from 0.`,
    )
  return pair
}

/** As `readPair`, for streams that were checked before. */
export function cutPair(a: EventStream, b: EventStream, span: RhythmSpan): Pair {
  const start = span.startSeconds ?? 0
  const last = Math.max(start, a.onsets.at(-1) ?? start, b.onsets.at(-1) ?? start)
  const end = span.endSeconds ?? Number.POSITIVE_INFINITY
  const numbers = new Map<string, number>()
  const clock = span.clock && { ...span.clock, startSeconds: span.clock.startSeconds - start }
  const [first, second] = [cutStream(a, start, end, numbers), cutStream(b, start, end, numbers)]
  return { a: first, b: second, seconds: (span.endSeconds ?? last) - start, clock }
}

function cutStream(stream: EventStream, start: number, end: number, numbers: Map<string, number>): Attacks {
  const { onsets, marks } = stream
  const soundAt = (i: number) => numberOf(numbers, marks === undefined ? 'mark ' : `mark ${marks[i] ?? ''}`)
  const from = firstAtOrAfter(onsets, start)
  const to = Math.max(from, firstAtOrAfter(onsets, end))
  const times = new Float64Array(to - from)
  const sounds = new Int32Array(to - from)
  let count = 0
  for (let i = from; i < to; ) {
    const head = onsets[i] as number
    let after = i + 1
    while (after < to && (onsets[after] as number) - head <= fusionSeconds) after++
    times[count] = head - start
    sounds[count++] = after === i + 1 ? soundAt(i) : soundOfChord(i, after, soundAt, numbers)
    i = after
  }
  return { times: times.slice(0, count), sounds: sounds.slice(0, count) }
}

/** The sound of onsets[from..to) at once. */
function soundOfChord(from: number, to: number, soundAt: (i: number) => number, numbers: Map<string, number>): number {
  const chord = new Set<number>()
  for (let i = from; i < to; i++) chord.add(soundAt(i))
  const members = [...chord].sort((p, q) => p - q)
  return members.length === 1 ? (members[0] as number) : numberOf(numbers, `chord ${members.join(' ')}`)
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}

function firstAtOrAfter(onsets: readonly number[], start: number): number {
  let low = 0
  let high = onsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((onsets[middle] as number) < start) low = middle + 1
    else high = middle
  }
  return low
}

function checkStream(stream: EventStream, name: string): void {
  const { onsets, marks } = stream
  if (marks !== undefined && marks.length !== onsets.length)
    throw new InputError(
      'mark-count',
      `${name}.marks: expected as many marks as onsets (${onsets.length}), got ${marks.length}. Give every onset its mark, or no marks.`,
    )
  let before = 0
  for (let i = 0; i < onsets.length; i++) {
    const onset = onsets[i] as number
    if (!(onset >= before && onset < Number.POSITIVE_INFINITY)) checkOnset(onset, before, `${name}.onsets[${i}]`)
    before = onset
  }
}

/** Throws InputError unless `onset` is finite, not negative, and not earlier than `before`. */
export function checkOnset(onset: number, before: number, where: string): void {
  if (!Number.isFinite(onset))
    throw new InputError('onset', `${where}: expected finite seconds, got ${onset}. Leave the event out.`)
  if (onset < 0)
    throw new InputError(
      'onset',
      `${where}: expected seconds from 0 up, got ${onset}. Shift the streams so that none is negative.`,
    )
  if (onset < before)
    throw new InputError('onset-order', `${where}: expected ${before} s or later, got ${onset} s. Sort the onsets.`)
}

function checkSpan({ startSeconds = 0, endSeconds, clock }: RhythmSpan): void {
  if (!Number.isFinite(startSeconds))
    throw new InputError('span', `startSeconds: expected finite seconds, got ${startSeconds}.`)
  if (endSeconds !== undefined && !(Number.isFinite(endSeconds) && endSeconds >= startSeconds))
    throw new InputError(
      'span',
      `endSeconds: expected finite seconds from startSeconds (${startSeconds}) up, got ${endSeconds}.`,
    )
  if (clock !== undefined) checkClock(clock)
}

/** Throws InputError unless windows can be laid. */
export function checkWindows(windows: { readonly windowSeconds: Seconds; readonly hopSeconds: Seconds }): void {
  for (const name of ['windowSeconds', 'hopSeconds'] as const)
    if (!(windows[name] > 0 && Number.isFinite(windows[name])))
      throw new InputError('windows', `${name}: expected finite seconds above 0, got ${windows[name]}.`)
}

/** Throws InputError unless the clock can be counted by. */
export function checkClock({ bpm, startSeconds, swing = 0 }: BeatClock): void {
  if (!(bpm > 0 && Number.isFinite(bpm)))
    throw new InputError('clock', `clock.bpm: expected beats a minute above 0, got ${bpm}.`)
  if (!Number.isFinite(startSeconds))
    throw new InputError('clock', `clock.startSeconds: expected finite seconds, got ${startSeconds}.`)
  if (!(swing >= 0 && swing < 1))
    throw new InputError('clock', `clock.swing: expected a part of a sixteenth, 0 to below 1, got ${swing}.`)
}
