// Two streams in, the pulse they keep out: a period for every window, followed through changes of tempo.
// The periods are those that both keep best by themselves (track.ts), blind to the phase between the streams: otherwise a tau is found
// at which two different tempi look aligned. Of the track's divisions 1..4 the slowest is taken whose min(PPC_A, PPC_B, X), means over
// windows, is >= .8 of the best division's (players who alternate share a division of what each keeps alone).
import type { Attacks } from './events.ts'
import { firstIndexFrom, type PhasorSum, phaseConsistency, powers, sumPhasors, sumPowers } from './phasors.ts'
import { hopSeconds, trackPeriods, windowSeconds } from './track.ts'

export { hopSeconds, windowSeconds }

const divisionShare = 0.8

/** How consistently a pulse is kept, means over the windows in which that can be said. */
export interface Consistency {
  readonly a: number
  readonly b: number
  /** Of the two with each other; -1 when they alternate exactly. */
  readonly cross: number
}

export interface Pulse {
  /** Period in each window, seconds. Window w is centred on 3 + 2 w s. */
  readonly periods: Float64Array
  /** The shared pulse is this division of the one each keeps alone. */
  readonly division: number
  readonly consistency: Consistency
}

/** Windows that fit into a span; a shorter span is one window. */
export function countWindows(seconds: number): number {
  return Math.max(1, Math.floor((seconds - windowSeconds) / hopSeconds + 1e-9) + 1)
}

/** The pulse of two streams, each with at least one attack. Times in seconds from the start of the span. */
export function findPulse(a: Attacks, b: Attacks, seconds: number): Pulse {
  const windows = countWindows(seconds)
  const periods = trackPeriods(a.times, b.times, windows)
  const divided = divide(a.times, b.times, periods)
  const worth = divided.map(({ consistency }) => Math.min(consistency.a, consistency.b, consistency.cross))
  const best = Math.max(...worth)
  const chosen = divided.find((_, i) => (worth[i] as number) >= Math.min(best, divisionShare * best)) ?? divided[0]
  const { division, consistency } = chosen as (typeof divided)[number]
  return { periods: periods.map((period) => period / division), division, consistency }
}

/** The consistency of each division of the periods, one a window. */
function divide(
  a: Float64Array,
  b: Float64Array,
  periods: Float64Array,
): { division: number; consistency: Consistency }[] {
  const means = Array.from({ length: powers }, createMean)
  const [p, q] = [createPowers(), createPowers()]
  for (let w = 0; w < periods.length; w++) {
    p.read(a, w, 1 / (periods[w] as number))
    q.read(b, w, 1 / (periods[w] as number))
    for (const [power, mean] of means.entries()) mean.add(p.of(power), q.of(power))
  }
  return means.map((mean, power) => ({ division: power + 1, consistency: mean.read() }))
}

/** Powers of one stream's phasors in a window. */
function createPowers() {
  const sums = { re: new Float64Array(powers), im: new Float64Array(powers) }
  let count = 0
  return {
    read(times: Float64Array, window: number, frequency: number): void {
      const range = rangeOf(times, window)
      sumPowers(times, range, frequency, sums)
      count = range.to - range.from
    },
    of: (power: number): PhasorSum => ({ re: sums.re[power] as number, im: sums.im[power] as number, count }),
  }
}

function rangeOf(times: Float64Array, window: number): { from: number; to: number } {
  const start = window * hopSeconds
  return { from: firstIndexFrom(times, start), to: firstIndexFrom(times, start + windowSeconds) }
}

/** Means over windows, each over those windows where it is defined; 0 where it is nowhere. */
function createMean() {
  const sums = new Float64Array(3)
  const counts = new Float64Array(3)
  const add = (i: number, value: number) => {
    sums[i] = (sums[i] as number) + value
    counts[i] = (counts[i] as number) + 1
  }
  const mean = (i: number) => (counts[i] === 0 ? 0 : (sums[i] as number) / (counts[i] as number))
  return {
    add(p: PhasorSum, q: PhasorSum): void {
      if (p.count >= 2) add(0, phaseConsistency(p.re * p.re + p.im * p.im, p.count))
      if (q.count >= 2) add(1, phaseConsistency(q.re * q.re + q.im * q.im, q.count))
      if (Math.min(p.count, q.count) >= 1) add(2, (p.re * q.re + p.im * q.im) / (p.count * q.count))
    },
    read: (): Consistency => ({ a: mean(0), b: mean(1), cross: mean(2) }),
  }
}

interface Placed {
  readonly times: Float64Array
  /** What the phase is taken of, one a time. */
  readonly positions: Float64Array
}

/** How consistently two streams keep a known grid; positions in cells of it. */
export function keepClock(a: Placed, b: Placed, seconds: number): Consistency {
  const mean = createMean()
  const sumOf = ({ times, positions }: Placed, w: number) => {
    const { from, to } = rangeOf(times, w)
    return sumPhasors(positions, from, to, 1)
  }
  for (let w = 0; w < countWindows(seconds); w++) mean.add(sumOf(a, w), sumOf(b, w))
  return mean.read()
}
