// Interlock over the windows of a run for many pairs of the same streams, as when each is laid beside strangers' (src/null): what
// belongs to one stream alone (attacks, phases, cells, refrain, entropy) is counted once per stream, what lies between two per pair.
// The same values as `interlockSeries`. Only a known clock parts the work so: without one the pulse is searched for in the pair.
import type { Seconds } from '../../units.ts'
import { type Attacks, type BeatClock, cutPair, type EventStream } from './events.ts'
import { clockPosition } from './grid.ts'
import {
  type InterlockReading,
  interlockOf,
  nothingWeaves,
  pulseOf,
  scoreOfParts,
  softened,
  whyNothing,
} from './interlock.ts'
import { firstIndexFrom, phaseConsistency, sumPhasors } from './phasors.ts'
import { countWindows, hopSeconds, windowSeconds } from './pulse.ts'
import { drawShuffles, findRefrain, occupy } from './refrain.ts'
import { type InterlockMoment, type InterlockSeriesSettings, interlockSeries } from './series.ts'
import { findAlive, measureEvenness, measureSpace, type Presence, presenceOf, stepEntropy, varietyOf } from './weave.ts'

export interface PreparedSettings extends InterlockSeriesSettings {
  readonly endSeconds: Seconds
}

/** One stream, ready to be laid beside others that were prepared with the same settings. */
export interface PreparedRhythm {
  readonly stream: EventStream
  readonly settings: PreparedSettings
  /** One per window; null without a clock. */
  readonly windows: readonly PreparedWindow[] | null
}

interface PreparedWindow {
  readonly endSeconds: Seconds
  readonly attacks: Attacks
  readonly presence: Presence
  /** Phasor sums by stretches of 6 s every 2 s, positions in cells of the clock. */
  readonly phasors: readonly { readonly re: number; readonly im: number; readonly count: number }[]
  /** Mean phase consistency over the stretches that have one. */
  readonly consistency: number
  /** Cell of each attack, counted from the clock's start. */
  readonly cells: Int32Array
  /** How far a common phase may move all attacks before one of them changes its cell. */
  readonly slack: number
  /** Strength of the refrain by the place and length of the grid. */
  readonly strengths: Map<string, number>
  /** Bits; NaN until asked for. */
  entropy: number
}

const nobody: EventStream = { onsets: [] }

/** Throws InputError as `interlockSeries` does. */
export function prepareRhythm(stream: EventStream, settings: PreparedSettings): PreparedRhythm {
  interlockSeries(stream, nobody, settings) // checks both, and an empty partner costs nothing
  const { windowSeconds: length, hopSeconds: hop, startSeconds = 0, endSeconds, clock } = settings
  if (clock === undefined) return { stream, settings, windows: null }
  const windows: PreparedWindow[] = []
  for (let end = startSeconds + length; end <= endSeconds; end = startSeconds + length + windows.length * hop)
    windows.push(prepareWindow(stream, end - length, end, clock))
  return { stream, settings, windows }
}

function prepareWindow(stream: EventStream, from: Seconds, to: Seconds, clock: BeatClock): PreparedWindow {
  const {
    a: attacks,
    clock: relative,
    seconds,
  } = cutPair(stream, nobody, { startSeconds: from, endSeconds: to, clock })
  const positions = attacks.times.map((time) => clockPosition(time, relative ?? clock))
  const phasors = Array.from({ length: countWindows(seconds) }, (_, w) => {
    const first = firstIndexFrom(attacks.times, w * hopSeconds)
    return sumPhasors(positions, first, firstIndexFrom(attacks.times, w * hopSeconds + windowSeconds), 1)
  })
  let slack = 0.5
  for (const u of positions) slack = Math.min(slack, Math.abs(u - Math.floor(u) - 0.5))
  return {
    endSeconds: to,
    attacks,
    presence: { count: attacks.times.length, alive: findAlive(attacks, seconds) },
    phasors,
    consistency: meanOf(phasors, (sum) => phaseConsistency(sum.re * sum.re + sum.im * sum.im, sum.count), 2),
    cells: Int32Array.from(positions, Math.round),
    slack,
    strengths: new Map(),
    entropy: Number.NaN,
  }
}

/** Over the sums of `least` attacks and more; 0 where there is none. */
function meanOf(
  sums: readonly { readonly re: number; readonly im: number; readonly count: number }[],
  value: (sum: PreparedWindow['phasors'][number], w: number) => number,
  least: number,
): number {
  let [total, known] = [0, 0]
  sums.forEach((sum, w) => {
    if (sum.count < least) return
    total += value(sum, w)
    known++
  })
  return known === 0 ? 0 : total / known
}

/** The moments of `interlockSeries`. Both must have been prepared with equal settings; RangeError otherwise. */
export function interlockOfPrepared(a: PreparedRhythm, b: PreparedRhythm): InterlockMoment[] {
  if (a.windows === null || b.windows === null) return interlockSeries(a.stream, b.stream, a.settings)
  if (a.windows.length !== b.windows.length)
    throw new RangeError(
      `interlockOfPrepared: expected equally many windows, got ${a.windows.length} and ${b.windows.length}.`,
    )
  const others = b.windows
  return a.windows.map((own, w) => {
    const other = others[w] as PreparedWindow
    return { seconds: own.endSeconds, ...readWindow(a, b, own, other) }
  })
}

function readWindow(
  a: PreparedRhythm,
  b: PreparedRhythm,
  own: PreparedWindow,
  other: PreparedWindow,
): InterlockReading {
  const silent = whyNothing({ a: own.attacks, b: other.attacks })
  if (silent !== undefined) return nothingWeaves(silent)
  const { windowSeconds: length, clock } = a.settings
  const tatumSeconds = 15 / (clock as BeatClock).bpm
  if (farthestOffset(own, other) >= Math.min(own.slack, other.slack)) {
    const span = { startSeconds: own.endSeconds - length, endSeconds: own.endSeconds, clock }
    return interlockOf(cutPair(a.stream, b.stream, span))
  }
  const first = Math.min(own.cells[0] as number, other.cells[0] as number)
  const cells = Math.max(own.cells.at(-1) as number, other.cells.at(-1) as number) - first + 1
  const grid = { a: own.cells.map((cell) => cell - first), b: other.cells.map((cell) => cell - first), cells }
  const parts = {
    presence: presenceOf(own.presence, other.presence),
    pulse: pulseOf({ a: own.consistency, b: other.consistency, cross: crossConsistency(own, other) }, tatumSeconds),
    space: measureSpace(grid),
    evenness: measureEvenness(own.attacks, other.attacks, tatumSeconds),
    refrain: softened(Math.min(strengthOf(own, grid.a, first, cells), strengthOf(other, grid.b, first, cells))),
    variety: varietyOf(entropyOf(own), entropyOf(other)),
  }
  return { score: scoreOfParts(Object.values(parts)), ...parts, tatumSeconds, undefined: {} }
}

/** The largest common phase of the two (grid.ts, settleOffset), in cells. */
function farthestOffset(own: PreparedWindow, other: PreparedWindow): number {
  let before = 0
  let most = 0
  own.phasors.forEach((p, w) => {
    const q = other.phasors[w] as typeof p
    const [re, im] = [p.re + q.re, p.im + q.im]
    const phase = re === 0 && im === 0 ? before : Math.atan2(im, re) / (2 * Math.PI)
    before = phase + Math.round(before - phase)
    most = Math.max(most, Math.abs(before))
  })
  return most
}

function crossConsistency(own: PreparedWindow, other: PreparedWindow): number {
  let [total, known] = [0, 0]
  own.phasors.forEach((p, w) => {
    const q = other.phasors[w] as typeof p
    if (Math.min(p.count, q.count) < 1) return
    total += (p.re * q.re + p.im * q.im) / (p.count * q.count)
    known++
  })
  return known === 0 ? 0 : total / known
}

function strengthOf(window: PreparedWindow, cells: Int32Array, first: number, count: number): number {
  const name = `${first} ${count}`
  const known = window.strengths.get(name)
  if (known !== undefined) return known
  const { strength } = findRefrain(occupy(cells, count), drawShuffles(count))
  window.strengths.set(name, strength)
  return strength
}

/** Entropy of the steps: differences of cells, so wherever the grid begins. */
function entropyOf(window: PreparedWindow): number {
  if (Number.isNaN(window.entropy)) window.entropy = stepEntropy(window.cells, window.attacks.sounds)
  return window.entropy
}
