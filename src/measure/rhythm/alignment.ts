// How close together two streams sound where they meet. Event streams in, plain numbers out.
//   collisions = share of the sparser stream's attacks that lie within 30 ms of one of the other's
//                (two attacks some 30 ms apart still sound as one: the order of onsets is heard from about 20 ms up, Hirsh 1959)
//   asynchrony = onset of a minus onset of b over the cells in which both sound; mean, sample SD, count
//                (as for ensembles: Rasch 1979, Acustica 43)
//                Where the grid divides the pulse that each keeps alone, cells up to a quarter of that pulse apart are one: who
//                is that late is late, not in another cell.
import type { Seconds } from '../../units.ts'
import { type Attacks, type EventStream, type Pair, type RhythmSpan, readPair } from './events.ts'
import { type Grid, layGrid } from './grid.ts'
import { firstIndexFrom } from './phasors.ts'

/** The nanosecond keeps the rounding of times from deciding when two lie 30 ms apart exactly. */
const collisionSeconds = 0.03 + 1e-9

export interface Collisions {
  /** 0..1; null when a stream is silent. */
  readonly collisions: number | null
  readonly undefined: Readonly<Record<string, string>>
}

/** Share of the sparser stream's attacks that collide with the other's. Equally dense: the larger of the two shares. Throws InputError. */
export function measureCollisions(a: EventStream, b: EventStream, span: RhythmSpan = {}): Collisions {
  const pair = readPair(a, b, span)
  const [n, m] = [pair.a.times.length, pair.b.times.length]
  if (n === 0 || m === 0) return { collisions: null, undefined: { collisions: 'a stream is silent' } }
  const shares = [n <= m ? shareNear(pair.a, pair.b) : 0, m <= n ? shareNear(pair.b, pair.a) : 0]
  return { collisions: Math.max(...shares), undefined: {} }
}

function shareNear(sparse: Attacks, dense: Attacks): number {
  let near = 0
  for (const time of sparse.times) {
    const next = dense.times[firstIndexFrom(dense.times, time - collisionSeconds)]
    if (next !== undefined && next <= time + collisionSeconds) near++
  }
  return near / sparse.times.length
}

export interface Asynchrony {
  /** Positive: a sounds later than b. */
  readonly meanSeconds: Seconds | null
  readonly sdSeconds: Seconds | null
  readonly count: number
  readonly undefined: Readonly<Record<string, string>>
}

/** Asynchrony of two streams over the cells both occupy; the first attack in a cell counts. Throws InputError. */
export function measureAsynchrony(a: EventStream, b: EventStream, span: RhythmSpan = {}): Asynchrony {
  const pair = readPair(a, b, span)
  return asynchronyOf(pair, pair.a.times.length === 0 || pair.b.times.length === 0 ? undefined : layGrid(pair))
}

/** As `measureAsynchrony`, of a pair that is cut already, on its grid; none when a stream is silent. */
export function asynchronyOf(pair: Pair, grid: Grid | undefined): Asynchrony {
  const differences = grid === undefined ? [] : differ(pair.a, pair.b, grid)
  const count = differences.length
  if (count === 0) {
    const reason = 'no cell in which both sound'
    return { meanSeconds: null, sdSeconds: null, count, undefined: { meanSeconds: reason, sdSeconds: reason } }
  }
  const mean = differences.reduce((sum, d) => sum + d, 0) / count
  if (count === 1)
    return { meanSeconds: mean, sdSeconds: null, count, undefined: { sdSeconds: 'only one cell in which both sound' } }
  const squares = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0)
  return { meanSeconds: mean, sdSeconds: Math.sqrt(squares / (count - 1)), count, undefined: {} }
}

function differ(a: Attacks, b: Attacks, grid: Grid): number[] {
  const [first, second] = [firstAttacks(grid.a, grid.cells), firstAttacks(grid.b, grid.cells)]
  const reach = Math.floor(grid.division / 4)
  const differences: number[] = []
  for (let i = 0; i < grid.a.length; i++) {
    const cell = grid.a[i] as number
    if (first[cell] !== i) continue
    const met = nearestMet(second, cell, reach)
    if (met >= 0) differences.push((a.times[i] as number) - (b.times[met] as number))
  }
  return differences
}

/** The attack of the nearest cell up to `reach` away, the earlier of two; -1 when there is none. */
function nearestMet(attacks: Int32Array, cell: number, reach: number): number {
  for (let step = 0; step <= reach; step++) {
    const [before, after] = [attacks[cell - step] ?? -1, attacks[cell + step] ?? -1]
    if (before >= 0) return before
    if (after >= 0) return after
  }
  return -1
}

/** The first attack in each cell; -1 where none is. */
function firstAttacks(cells: Int32Array, count: number): Int32Array {
  const first = new Int32Array(count).fill(-1)
  for (let i = cells.length - 1; i >= 0; i--) first[cells[i] as number] = i
  return first
}
