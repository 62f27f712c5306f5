// Attacks and their cells in, out how late each is against the pulse its own stream keeps around it, in seconds.
//   late_i = t_i - f_i(k_i),   f_i = least-squares parabola through the stream's other attacks within h seconds, time over cell
//   less the mean of late over cells of the same parity (swing)
// The pulse is the stream's own: a grid laid under both would carry the one's lateness into the other's. h is 8, 4 or 2 s, the one that
// foretells best when attacks within 1 s are left out too (each shorter h must do so by a tenth): a steady player is judged by a long
// stretch, one whose tempo breathes by a short one. Short stretches leak: what the other answers later bends the own parabola.
import type { Seconds } from '../../../units.ts'
import { addMoments, addPoint, createMoments, heightAtZero, type Moments } from './parabola.ts'

/** Attacks of one stream, one a cell, ascending. */
export interface Beats {
  /** Seconds. */
  readonly times: Float64Array
  /** Cells, swung or not: their parity says which place of a swung pair an attack has. */
  readonly cells: Int32Array
  /** Cells of equal length. */
  readonly even: Int32Array
}

/** Half widths of what is looked at, and of the hole that is left out when they are compared. Seconds. */
const reaches: readonly Seconds[] = [2, 4, 8]
const farthest = 2
const farthestSeconds = 8
const holeSeconds = 1
const leastGain = 0.9

/** One value an attack, seconds. */
export function findLateness(beats: Beats): Float64Array {
  const rough = fitParabolas(beats.times, beats.even).late[farthest] as Float64Array
  const swing = meansByParity(beats.cells, rough)
  const straight = beats.times.map((time, i) => time - (swing[(beats.cells[i] as number) & 1] as number))
  const { late, errors } = fitParabolas(straight, beats.even)
  let reach = farthest
  for (let shorter = farthest - 1; shorter >= 0; shorter--)
    if ((errors[shorter] as number) < leastGain * (errors[reach] as number)) reach = shorter
  const chosen = late[reach] as Float64Array
  const rest = meansByParity(beats.cells, chosen)
  return chosen.map((value, i) => value - (rest[(beats.cells[i] as number) & 1] as number))
}

function meansByParity(cells: Int32Array, late: Float64Array): readonly number[] {
  const sums = [0, 0]
  const counts = [0, 0]
  for (let i = 0; i < cells.length; i++) {
    const parity = (cells[i] as number) & 1
    sums[parity] = (sums[parity] as number) + (late[i] as number)
    counts[parity] = (counts[parity] as number) + 1
  }
  return sums.map((sum, parity) => sum / Math.max(1, counts[parity] as number))
}

/** Lateness for every reach, and the sum of its squares when the hole is left out. */
function fitParabolas(times: Float64Array, even: Int32Array): { late: Float64Array[]; errors: number[] } {
  const late = reaches.map(() => new Float64Array(times.length))
  const errors = reaches.map(() => 0)
  const rings = [holeSeconds, ...reaches].map(createMoments)
  const [full, holed] = [createMoments(), createMoments()]
  for (let i = 0, from = 0; i < times.length; i++) {
    while ((times[i] as number) - (times[from] as number) > farthestSeconds) from++
    gather(rings, { times, even, from, at: i })
    full.set(rings[0] as Moments)
    holed.fill(0)
    for (let reach = 0; reach <= farthest; reach++) {
      addMoments(full, rings[reach + 1] as Moments)
      addMoments(holed, rings[reach + 1] as Moments)
      ;(late[reach] as Float64Array)[i] = -heightAtZero(full)
      errors[reach] = (errors[reach] as number) + heightAtZero(holed) ** 2
    }
  }
  return { late, errors }
}

interface Place {
  readonly times: Float64Array
  readonly even: Int32Array
  /** First attack within the farthest reach. */
  readonly from: number
  readonly at: number
}

/** Cells are counted in tens, so that their fourth powers stay near 1. */
const cellUnit = 10

/** Sums of the attacks around one, relative to it and without it, by distance: in the hole, then up to each reach. */
function gather(rings: readonly Moments[], { times, even, from, at }: Place): void {
  for (const ring of rings) ring.fill(0)
  const [time, cell] = [times[at] as number, even[at] as number]
  for (let j = from; j < times.length; j++) {
    const late = (times[j] as number) - time
    if (late > farthestSeconds) break
    if (j === at || late < -farthestSeconds) continue // once swing is taken out, times may run back
    const far = Math.abs(late)
    let ring = far < holeSeconds ? 0 : 1
    while (ring > 0 && far > (reaches[ring - 1] as number)) ring++
    addPoint(rings[ring] as Moments, ((even[j] as number) - cell) / cellUnit, late)
  }
}
