// Domination: one of two comes to make nearly all notes of the voices, from some slot to the end.
// In: notes per slot of each. Out: that slot, and who.
// Someone who talks much to someone who asks briefly has not fallen into anything. So the other's share must have been lost: above a tenth
// in the first quarter of the run, and in the tail at most half of what it was there; or the other says next to nothing.
import { type Finding, foundAt, notAsked } from './finding.ts'
import { leastSteps, tailFrom } from './tail.ts'

const dominantShare = 0.9
/** Of its share in the first quarter, what the other keeps at most. */
const kept = 0.5
/** One note in two hundred is near silence. */
const silentShare = 0.005

export interface Domination {
  readonly slot: number
  /** 0 for the first, 1 for the second. */
  readonly by: 0 | 1
}

export function findDomination(first: readonly number[], second: readonly number[]): Finding<Domination> {
  if (sum(first) + sum(second) === 0) return notAsked('no voice sounds')
  if (first.length < leastSteps) return notAsked(`fewer than ${leastSteps} slots`)
  const slots = first.map((count, i) => [count, second[i] ?? 0] as const)
  const found = ([0, 1] as const).flatMap((by): Domination[] => {
    const slot = tailFrom(
      slots.map((counts) => counts[by] > 0 && counts[by] >= dominantShare * (counts[0] + counts[1])),
    )
    return slot !== null && hasLost(slots, slot, by) ? [{ slot, by }] : []
  })
  return foundAt(found[0] ?? null)
}

function hasLost(slots: readonly (readonly [number, number])[], from: number, by: 0 | 1): boolean {
  const shareOfOther = (part: typeof slots) => {
    const [own, other] = [sum(part.map((counts) => counts[by])), sum(part.map((counts) => counts[1 - by] as number))]
    return own + other === 0 ? 0 : other / (own + other)
  }
  const [early, late] = [shareOfOther(slots.slice(0, Math.ceil(slots.length / 4))), shareOfOther(slots.slice(from))]
  return late <= silentShare || (early > 1 - dominantShare && late <= kept * early)
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
