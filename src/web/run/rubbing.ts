// What rubs most between the first two agents, stretch by stretch: frames in, one pair of partials a stretch out.
import type { HeardFrame } from '../../hear/index.ts'
import { createRubbing, type Rubbing, type RubbingPair, type StemGroup } from '../../measure/index.ts'

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
