// What comes of looking at results while judges still vote. Sessions in; how often a winner is named in the end, and how often at some look, out.
// Each look is a chance more for equals to be told apart by luck: the intervals promise one look, when all are through.
import { fewestJudges } from '../verdict.ts'
import { holdSession, rankVotes, type SessionsPlan } from './sessions.ts'

export interface Looks {
  readonly judges: number
  readonly sessions: number
  /** Sessions that name a winner when all are through. */
  readonly inTheEnd: number
  /** Sessions that name one after some judge, from the first that a verdict is made of to the last. */
  readonly atSomeLook: number
}

export function simulateLooks(plan: SessionsPlan): Looks {
  const { population, judges, sessions, seed } = plan
  let [inTheEnd, atSomeLook] = [0, 0]
  for (let session = 0; session < sessions; session++) {
    const said = holdSession(plan, `${seed}/${session}`)
    const named = said.flatMap((_, k) => {
      const through = k + 1
      if (through < fewestJudges(population.items.length)) return []
      return [rankVotes(population.items, said.slice(0, through).flat()).verdict.kind === 'winner']
    })
    if (named.at(-1) === true) inTheEnd++
    if (named.includes(true)) atSomeLook++
  }
  return { judges, sessions, inTheEnd, atSomeLook }
}
