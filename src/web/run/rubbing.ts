// What rubs, stretch by stretch: of the first two agents the pair of partials that rubs most, of any company those who rub most.
import type { HeardFrame } from '../../hear/index.ts'
import {
  createRubbing,
  type PairConsonance,
  type Rubbing,
  type RubbingPair,
  type StemGroup,
} from '../../measure/index.ts'

export interface RubbingLog {
  /** A frame of a stretch (any whole number) and its smoothness between the two. */
  hear(stretch: number, frame: HeardFrame, smoothness: number): void
  /** null: hardly any roughness there, or nothing was heard. */
  at(stretch: number): RubbingPair | null
}

/** From this mean smoothness on there is hardly any roughness: naming where it lies would make much of nothing. */
const hardlyRough = 0.71

export function createRubbingLog([a, b]: readonly StemGroup[]): RubbingLog {
  const named = new Map<number, RubbingPair | null>()
  let current: { stretch: number; rubbing: Rubbing; smoothness: number; count: number } | null = null
  return {
    hear(stretch, frame, smoothness) {
      if (a === undefined || b === undefined) return
      if (current?.stretch !== stretch) current = { stretch, rubbing: createRubbing(a, b), smoothness: 0, count: 0 }
      current.rubbing.add(frame)
      current.smoothness += smoothness
      current.count++
      const rough = current.smoothness / current.count < hardlyRough
      named.set(stretch, rough ? (current.rubbing.pairs(1)[0] ?? null) : null)
    },
    at: (stretch) => named.get(stretch) ?? null,
  }
}

/** Two agents, by seat, and how smooth they are together: 0..1, less is rougher. */
export interface RubbingSeats {
  readonly a: number
  readonly b: number
  readonly smoothness: number
}

export interface SeatLog {
  /** A frame's pairs. */
  hear(stretch: number, pairs: readonly Pick<PairConsonance, 'a' | 'b' | 'smoothness'>[]): void
  /** The roughest first; nobody where hardly anybody rubs, or nothing was heard. */
  at(stretch: number): readonly RubbingSeats[]
}

/** More strings than these would hide whose they are. */
const mostSeats = 3

export function createSeatLog(): SeatLog {
  const named = new Map<number, readonly RubbingSeats[]>()
  let current = { stretch: -1, means: [] as { a: number; b: number; sum: number; count: number }[] }
  return {
    hear(stretch, pairs) {
      if (current.stretch !== stretch)
        current = { stretch, means: pairs.map(({ a, b }) => ({ a, b, sum: 0, count: 0 })) }
      pairs.forEach(({ smoothness }, k) => {
        const mean = current.means[k]
        if (mean === undefined || smoothness === null) return
        mean.sum += smoothness
        mean.count++
      })
      const rough = current.means.flatMap(({ a, b, sum, count }) =>
        count > 0 && sum / count < hardlyRough ? [{ a, b, smoothness: sum / count }] : [],
      )
      named.set(stretch, rough.sort((p, q) => p.smoothness - q.smoothness).slice(0, mostSeats))
    },
    at: (stretch) => named.get(stretch) ?? [],
  }
}
