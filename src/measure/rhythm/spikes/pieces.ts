// Two spike trains side by side, cut wherever either fires: within a piece nothing but the time changes. Their distances are the means
// of two profiles over all pieces, each as long as it is.
import { isiProfile } from './isi-distance.ts'
import { spikeProfile } from './spike-distance.ts'
import { type Stretches, stretch } from './stretches.ts'
import type { SpikeTrain } from './trains.ts'

export interface Distances {
  /** ISI-distance, 0..1. */
  readonly isi: number
  /** SPIKE-distance, from 0 up. */
  readonly spike: number
}

/** Distances of two trains of one observation, which must last. Linear in the spikes. */
export function measureDistances(a: SpikeTrain, b: SpikeTrain): Distances {
  const [own, other] = [stretch(a, b), stretch(b, a)]
  let from = a.start
  let isi = 0
  let spike = 0
  for (let i = 0, j = 0; i < own.ends.length && j < other.ends.length; ) {
    const endA = own.ends[i] as number
    const endB = other.ends[j] as number
    const to = Math.min(endA, endB)
    if (to > from) {
      const x = own.intervals[i] as number
      const y = other.intervals[j] as number
      isi += isiProfile(x, y) * (to - from)
      spike += spikeProfile(x, y, distanceOfEnds(own, i, from, to), distanceOfEnds(other, j, from, to)) * (to - from)
    }
    from = to
    if (endA === to) i++
    if (endB === to) j++
  }
  const seconds = a.end - a.start
  return { isi: isi / seconds, spike: spike / seconds }
}

/** Distance to the other train at the start and at the end of a piece of stretch i, added up. */
function distanceOfEnds(of: Stretches, i: number, from: number, to: number): number {
  const start = of.distancesFrom[i] as number
  const slope = ((of.distancesTo[i] as number) - start) / (of.intervals[i] as number)
  const origin = of.origins[i] as number
  return start + slope * (from - origin) + (start + slope * (to - origin))
}
