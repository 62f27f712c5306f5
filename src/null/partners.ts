// Pseudo-dyads: the first agent of one run beside the second of another, as if the two had met. Numbers of runs in, pairs of them out.
// All runs count alike, the one in question (number 0) among them: when the two agents of a run have nothing to do with each other, its
// pair is a draw like any other, so its rank among the pseudo-dyads is even. Pairs of its own agents with strangers alone would not do:
// their mean lies between the two agents' own means, and p would crowd in the middle.
import { seededRandom, shuffled } from '../random.ts'

export interface PartnerPlan {
  /** Runs at hand, the one in question among them. */
  readonly runs: number
  /** Most pairs wanted. */
  readonly draws: number
  readonly seed: number | string
}

/** Fewest other runs of which anything is said: five make 30 pairs, and p can fall to .03. */
export const fewestOthers = 5

/** Pairs [run of the first, run of the second], never the same twice and never one run with itself. Throws RangeError. */
export function drawPartners({ runs, draws, seed }: PartnerPlan): (readonly [number, number])[] {
  for (const [name, value] of Object.entries({ runs, draws }))
    if (!(Number.isInteger(value) && value >= 0))
      throw new RangeError(`drawPartners: ${name}: expected a whole number from 0 up, got ${value}`)
  const all = Array.from({ length: runs * runs }, (_, k) => [Math.floor(k / runs), k % runs] as const)
  const apart = all.filter(([first, second]) => first !== second)
  return shuffled(seededRandom(`${seed}/partners`), apart).slice(0, draws)
}

/** How many other runs it takes for so many pairs. */
export function othersFor(draws: number): number {
  let others = fewestOthers
  while (others * (others + 1) < draws) others++
  return others
}
