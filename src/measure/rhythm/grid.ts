// A pulse laid under two streams: every attack gets the number of its cell. A cell is one tatum.
// Position u(t) = integral of 1/tau - offset: tau and the offset (mean phase of both streams, unwrapped from window to window) run
// straight between the centres of the windows, so the grid bends with the tempo.
// The grid is swing-aware: even and odd cells have each their own mean place, and an attack belongs to the nearer place; and a
// grid in which one cell of every three stays free in both streams is a swung grid of two (triplet swing), counted as two.
// With a known clock u is counted from it, swing taken out, and only the offset is estimated.
import { type Attacks, type BeatClock, fewestAttacks, type Pair } from './events.ts'
import { firstIndexFrom, sumPhasors } from './phasors.ts'
import { type Consistency, countWindows, findPulse, hopSeconds, keepClock, type Pulse, windowSeconds } from './pulse.ts'

export interface Grid {
  /** Cell of each attack, ascending; 0 is the first cell in which either stream sounds. */
  readonly a: Int32Array
  readonly b: Int32Array
  /** The same in cells of equal length: those of a triplet grid are not folded, so three of them make two cells. */
  readonly even: { readonly a: Int32Array; readonly b: Int32Array }
  /** Cells from the first to the last that sounds. */
  readonly cells: number
  /** Mean length of a cell, seconds. */
  readonly tatumSeconds: number
  readonly consistency: Consistency
  /** 1, or which division of the pulse each keeps alone is the shared one. */
  readonly division: number
}

/** The grid of a pair with at least one attack. */
export function layGrid(pair: Pair): Grid {
  return pair.clock === undefined ? layEstimatedGrid(pair) : layClockGrid(pair, pair.clock)
}

function layEstimatedGrid(pair: Pair): Grid {
  const [keeperA, keeperB] = choosePulseKeepers(pair)
  const pulse = findPulse(keeperA, keeperB, pair.seconds)
  const position = integratePulse(pulse)
  const [a, b] = settleOffset(pair, pair.a.times.map(position), pair.b.times.map(position))
  const places = findPlaces(a, b)
  const [cellsA, cellsB] = [new Int32Array(a.map(places)), new Int32Array(b.map(places))]
  const even = { a: cellsA.slice(), b: cellsB.slice() }
  const free = freeThird(cellsA, cellsB)
  if (free !== undefined) for (const cells of [cellsA, cellsB]) foldTriplets(cells, free)
  const tatumSeconds = (mean(pulse.periods) * (free === undefined ? 2 : 3)) / 2
  return { ...fromZero(cellsA, cellsB), even, tatumSeconds, consistency: pulse.consistency, division: pulse.division }
}

/** Whose pulse counts: a stream of fewer than six attacks keeps none, and the other's is taken for both. */
function choosePulseKeepers({ a, b }: Pair): [Attacks, Attacks] {
  const [few, fewer] = [a.times.length < fewestAttacks, b.times.length < fewestAttacks]
  if (few === fewer) return [a, b]
  return few ? [b, b] : [a, a]
}

function layClockGrid(pair: Pair, clock: BeatClock): Grid {
  const tatumSeconds = 15 / clock.bpm
  const position = (time: number) => clockPosition(time, clock)
  const [straightA, straightB] = [pair.a.times.map(position), pair.b.times.map(position)]
  const consistency = keepClock(
    { times: pair.a.times, positions: straightA },
    { times: pair.b.times, positions: straightB },
    pair.seconds,
  )
  const [a, b] = settleOffset(pair, straightA, straightB)
  const cells = [a, b].map((positions) => Int32Array.from(positions, Math.round)) as [Int32Array, Int32Array]
  const even = { a: cells[0], b: cells[1] }
  return { ...fromZero(...cells), even, tatumSeconds, consistency, division: 1 }
}

/** Cells since the clock's start, swing taken out. */
export function clockPosition(time: number, clock: BeatClock): number {
  return straighten((time - clock.startSeconds) / (15 / clock.bpm), clock.swing ?? 0)
}

/** Takes the swing out: cells of lengths 1 + swing and 1 - swing in turn become 1 and 1. */
function straighten(cells: number, swing: number): number {
  const pair = Math.floor(cells / 2)
  const rest = cells - 2 * pair
  return 2 * pair + (rest < 1 + swing ? rest / (1 + swing) : 1 + (rest - 1 - swing) / (1 - swing))
}

const centreOf = (w: number) => windowSeconds / 2 + w * hopSeconds

/** Cells since the start of the span, as a function of time: the integral of the frequency, straight between window centres. */
function integratePulse({ periods }: Pulse): (time: number) => number {
  const frequency = Array.from(periods, (period) => 1 / period)
  const at = (w: number) => frequency[Math.min(Math.max(w, 0), frequency.length - 1)] as number
  const sums = [centreOf(0) * at(0)]
  for (let w = 1; w < frequency.length; w++) sums.push((sums[w - 1] as number) + ((at(w - 1) + at(w)) / 2) * hopSeconds)
  return (time) => {
    const w = Math.min(Math.max(Math.floor((time - centreOf(0)) / hopSeconds), 0), frequency.length - 1)
    const past = time - centreOf(w)
    const slope = past < 0 ? 0 : (at(w + 1) - at(w)) / hopSeconds
    return (sums[w] as number) + past * (at(w) + (slope * past) / 2)
  }
}

/** Positions of both streams less their common phase, which may wander slowly. */
function settleOffset(pair: Pair, a: Float64Array, b: Float64Array): [Float64Array, Float64Array] {
  const offsets: number[] = []
  const windows = countWindows(pair.seconds)
  for (let w = 0; w < windows; w++) {
    const [from, to] = [w * hopSeconds, w * hopSeconds + windowSeconds]
    const [p, q] = [sumWindow(pair.a.times, a, from, to), sumWindow(pair.b.times, b, from, to)]
    const before = offsets[w - 1] ?? 0
    const [re, im] = [p.re + q.re, p.im + q.im]
    const phase = re === 0 && im === 0 ? before : Math.atan2(im, re) / (2 * Math.PI)
    offsets.push(phase + Math.round(before - phase))
  }
  const offsetAt = (time: number) => {
    const w = Math.min(Math.max((time - centreOf(0)) / hopSeconds, 0), windows - 1)
    const left = offsets[Math.floor(w)] as number
    return left + (w - Math.floor(w)) * ((offsets[Math.ceil(w)] as number) - left)
  }
  return [
    a.map((u, i) => u - offsetAt(pair.a.times[i] as number)),
    b.map((u, i) => u - offsetAt(pair.b.times[i] as number)),
  ]
}

function sumWindow(times: Float64Array, positions: Float64Array, from: number, to: number) {
  return sumPhasors(positions, firstIndexFrom(times, from), firstIndexFrom(times, to), 1)
}

/** The cell of a position, when even and odd cells lie where they are mostly played. */
function findPlaces(a: Float64Array, b: Float64Array): (position: number) => number {
  const sums = [0, 0]
  const counts = [0, 0]
  for (const positions of [a, b])
    for (const u of positions) {
      const cell = Math.round(u)
      const parity = cell & 1
      sums[parity] = (sums[parity] as number) + u - cell
      counts[parity] = (counts[parity] as number) + 1
    }
  const places = sums.map((sum, parity) => sum / Math.max(1, counts[parity] as number))
  const distance = (u: number, cell: number) => Math.abs(u - cell - (places[cell & 1] as number))
  return (u) => {
    const cell = Math.round(u)
    const near = u - cell - (places[cell & 1] as number) < 0 ? cell - 1 : cell + 1
    return distance(u, near) < distance(u, cell) ? near : cell
  }
}

/** Share of attacks that may stray into the free cell of a triplet. */
const strayShare = 0.05

/** Which cell of every three (0, 1, 2) both streams leave free, if exactly one. */
function freeThird(a: Int32Array, b: Int32Array): number | undefined {
  const counts = [0, 0, 0]
  for (const cells of [a, b])
    for (const cell of cells) counts[modulo(cell, 3)] = (counts[modulo(cell, 3)] as number) + 1
  const most = strayShare * (a.length + b.length)
  const free = counts.flatMap((count, third) => (count <= most ? [third] : []))
  return free.length === 1 ? free[0] : undefined
}

function foldTriplets(cells: Int32Array, free: number): void {
  for (let i = 0; i < cells.length; i++) {
    const after = (cells[i] as number) - free - 1
    cells[i] = 2 * Math.floor(after / 3) + Math.min(1, modulo(after, 3))
  }
}

const modulo = (value: number, by: number) => ((value % by) + by) % by

function fromZero(a: Int32Array, b: Int32Array): Pick<Grid, 'a' | 'b' | 'cells'> {
  const first = Math.min(a[0] ?? Number.POSITIVE_INFINITY, b[0] ?? Number.POSITIVE_INFINITY)
  const last = Math.max(a.at(-1) ?? 0, b.at(-1) ?? 0)
  return { a: a.map((cell) => cell - first), b: b.map((cell) => cell - first), cells: last - first + 1 }
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
