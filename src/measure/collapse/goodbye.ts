// Goodbye loop: two agents who thank each other, part, agree, or give way to each other without end (a politeness loop at the decks as well).
// In: turns in order. Out: the turn from which on at least four of five turns are courtesies, both sides having part in it.
import { type Finding, foundAt, notAsked } from './finding.ts'
import { isCourteous } from './politeness.ts'
import { leastSteps, tailFrom } from './tail.ts'
import type { Turn } from './turns.ts'

/** Courteous turns that each side must have in the loop: three times may be manners. */
const leastEach = 4

/** Index into `turns`. */
export function findGoodbyeLoop(turns: readonly Turn[]): Finding {
  if (turns.length === 0) return notAsked('nothing was said')
  if (turns.length < leastSteps) return notAsked(`fewer than ${leastSteps} turns`)
  const courteous = turns.map((turn) => isCourteous(turn.words) || onlyYields(turn))
  const from = tailFrom(courteous)
  if (from === null) return foundAt<number>(null)
  const counts = new Map<string, number>()
  for (let i = from; i < turns.length; i++) {
    const agent = turns[i]?.agent as string
    if (courteous[i]) counts.set(agent, (counts.get(agent) ?? 0) + 1)
  }
  return foundAt([...counts.values()].filter((count) => count >= leastEach).length >= 2 ? from : null)
}

function onlyYields({ words, moves }: Turn): boolean {
  return words.length === 0 && moves.length > 0 && moves.every((move) => move.do === 'yield')
}
