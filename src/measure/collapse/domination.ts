// Domination: one of two makes nearly all notes of the voices, from some slot to the end.
// In: notes per slot of each. Out: that slot, and who.
import { tailFrom } from './tail.ts'

const dominantShare = 0.9

export interface Domination {
  readonly slot: number
  /** 0 for the first, 1 for the second. */
  readonly by: 0 | 1
}

/** null when neither dominates, or nothing sounds. */
export function findDomination(first: readonly number[], second: readonly number[]): Domination | null {
  const found = ([0, 1] as const).flatMap((by): Domination[] => {
    const slot = tailFrom(
      first.map((own, i) => {
        const counts = [own, second[i] ?? 0] as const
        return counts[by] > 0 && counts[by] >= dominantShare * (counts[0] + counts[1])
      }),
    )
    return slot === null ? [] : [{ slot, by }]
  })
  return found[0] ?? null
}
