// Two spike trains side by side, cut wherever either fires: within a piece nothing but the time changes.
import { type Stretches, stretch } from './stretches.ts'
import type { SpikeTrain } from './trains.ts'

export interface Piece {
  /** Length of the piece. */
  readonly seconds: number
  /** Interval between spikes of each train, seconds. */
  readonly intervalA: number
  readonly intervalB: number
  /** Distance to the other train at the start and at the end of the piece, seconds. */
  readonly distancesA: readonly [number, number]
  readonly distancesB: readonly [number, number]
}

/** Sum of `integral` over all pieces, by the length of the observation. */
export function averagePieces(a: SpikeTrain, b: SpikeTrain, integral: (piece: Piece) => number): number {
  const [own, other] = [stretch(a, b), stretch(b, a)]
  let from = a.start
  let sum = 0
  for (let i = 0, j = 0; i < own.ends.length && j < other.ends.length; ) {
    const [endA, endB] = [own.ends[i] as number, other.ends[j] as number]
    const to = Math.min(endA, endB)
    if (to > from)
      sum += integral({
        seconds: to - from,
        intervalA: own.intervals[i] as number,
        intervalB: other.intervals[j] as number,
        distancesA: distancesWithin(own, i, from, to),
        distancesB: distancesWithin(other, j, from, to),
      })
    from = to
    if (endA === to) i++
    if (endB === to) j++
  }
  return sum / (a.end - a.start)
}

function distancesWithin(of: Stretches, i: number, from: number, to: number): readonly [number, number] {
  const start = of.distancesFrom[i] as number
  const slope = ((of.distancesTo[i] as number) - start) / (of.intervals[i] as number)
  const origin = of.origins[i] as number
  return [start + slope * (from - origin), start + slope * (to - origin)]
}
