// Which spikes of two trains belong together: the adaptive windows of SPIKE-synchronization.
//   spikes i of A and j of B coincide if |a_i - b_j| < tau, tau = half the smallest of the four intervals around them
//   (a train's missing neighbour: the length of the observation); spikes at one time always coincide.
//   sync  = 2 coincidences / (n_A + n_B)                       0..1; unison 1, antiphase of equal trains 0, silence 1 as PySpike has it
//   order = 2 (coincidences led by A - led by B) / (n_A + n_B)  -1..1; positive: A first
// Kreuz, Mulansky & Bozanic 2015 (J Neurophysiol 113); order: Kreuz, Satuvuori, Pofahl & Mulansky 2017 (New J Phys 19).
// A spike has one partner at most: two would lie closer to each other than two windows.
import type { SpikeTrain } from './trains.ts'

export interface Coincidences {
  /** Pairs that coincide. */
  readonly pairs: number
  /** Pairs in which A is first, less those in which B is. */
  readonly lead: number
  /** Spikes of both trains. */
  readonly spikes: number
}

/** Coincidences of two trains of one observation. Linear in the spikes. */
export function countCoincidences(a: SpikeTrain, b: SpikeTrain): Coincidences {
  const spikes = a.times.length + b.times.length
  let pairs = 0
  let lead = 0
  for (let i = -1, j = -1; i + j < spikes - 2; ) {
    const [nextA, nextB] = [timeAt(a, i + 1), timeAt(b, j + 1)]
    if (nextA <= nextB) i++
    if (nextB <= nextA) j++
    const apart = timeAt(b, j) - timeAt(a, i)
    if (i < 0 || j < 0 || !(apart === 0 || Math.abs(apart) < windowOf(a, i, b, j))) continue
    pairs++
    lead += Math.sign(apart)
  }
  return { pairs, lead, spikes }
}

const timeAt = ({ times }: SpikeTrain, i: number) => times[i] ?? Number.POSITIVE_INFINITY

function windowOf(a: SpikeTrain, i: number, b: SpikeTrain, j: number): number {
  return Math.min(shortestAround(a, i), shortestAround(b, j)) / 2
}

function shortestAround({ times, start, end }: SpikeTrain, i: number): number {
  const time = times[i] as number
  const before = i > 0 ? time - (times[i - 1] as number) : end - start
  const after = i + 1 < times.length ? (times[i + 1] as number) - time : end - start
  return Math.min(before, after)
}
