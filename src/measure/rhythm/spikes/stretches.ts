// A spike train as the stretches between its spikes, from the start of the observation to its end, with the edge rules of PySpike's
// Python backend:
//   A train without spikes counts as one with a spike at either end.
//   The first and last stretch, which a spike bounds on one side only, are as long as they are seen or as the neighbouring interval,
//   whichever is longer; their distance to the other train is that of the one spike they have, all along.
//   Distance of a spike: to the nearest of the other train, which goes on for one interval beyond its first and last spike (or to the
//   edge, if that is farther).
//   A lone spike at the very start is followed by a stretch whose far end is the end of the observation itself.
import type { SpikeTrain } from './trains.ts'

export interface Stretches {
  /** Where each stretch ends, ascending; the first starts with the observation, the last ends with it. */
  readonly ends: Float64Array
  /** Interval between spikes that holds in each stretch, seconds. */
  readonly intervals: Float64Array
  /** Time the interval is counted from (the first stretch may start later than it). */
  readonly origins: Float64Array
  /** Distance to the other train at the start and at the end of each interval, seconds. */
  readonly distancesFrom: Float64Array
  readonly distancesTo: Float64Array
}

/** Stretches of `own`, with distances to `other`. The observation must last. */
export function stretch(own: SpikeTrain, other: SpikeTrain): Stretches {
  const times = spikesOrEdges(own)
  const { start } = own
  const knots = layKnots(times, own)
  const distances = measureDistances(knots, spikesOrEdges(other), other)
  const count = knots.length - 1
  const [first, last] = [knots[0] !== times[0] ? 0 : -1, knots[count] !== times.at(-1) ? count - 1 : -1]
  const lone = times.length === 1 && times[0] === start
  const ends = new Float64Array(count)
  const intervals = new Float64Array(count)
  const origins = new Float64Array(count)
  const distancesFrom = new Float64Array(count)
  const distancesTo = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const [from, to] = [knots[i] as number, knots[i + 1] as number]
    const neighbour = times.length < 2 ? 0 : i === first ? gap(times, 0) : i === last ? gap(times, times.length - 2) : 0
    ends[i] = to
    intervals[i] = Math.max(to - from, neighbour)
    origins[i] = from
    distancesFrom[i] = distances[i === first ? i + 1 : i] as number
    distancesTo[i] = distances[i === last && !lone ? i : i + 1] as number
  }
  return { ends, intervals, origins, distancesFrom, distancesTo }
}

const spikesOrEdges = ({ times, start, end }: SpikeTrain) =>
  times.length > 0 ? times : Float64Array.from(end > start ? [start, end] : [start])

const gap = (times: Float64Array, i: number) => (times[i + 1] as number) - (times[i] as number)

/** The times, and the edges of the observation where no spike is. */
function layKnots(times: Float64Array, { start, end }: SpikeTrain): Float64Array {
  const before = (times[0] as number) > start ? 1 : 0
  const after = (times.at(-1) as number) < end ? 1 : 0
  const knots = new Float64Array(before + times.length + after)
  knots[0] = start
  knots[knots.length - 1] = end
  knots.set(times, before)
  return knots
}

/** Distance of every ascending time to the nearest spike of a train that goes on at both ends. */
function measureDistances(times: Float64Array, spikes: Float64Array, { start, end }: SpikeTrain): Float64Array {
  const count = spikes.length
  const [first, last] = [spikes[0] as number, spikes[count - 1] as number]
  const before = count > 1 ? Math.min(start, first - gap(spikes, 0)) : start
  const after = count > 1 ? Math.max(end, last + gap(spikes, count - 2)) : end
  const distances = new Float64Array(times.length)
  for (let i = 0, next = 0; i < times.length; i++) {
    const time = times[i] as number
    while (next < count && (spikes[next] as number) < time) next++
    const left = next > 0 ? (spikes[next - 1] as number) : before
    const right = next < count ? (spikes[next] as number) : after
    distances[i] = Math.min(time - left, right - time)
  }
  return distances
}
