// How far a judge is: what the server has, and what this browser has said. The server may know more, from another device, when it is back.
import type { Statement } from '../../record/index.ts'
import type { Mine } from './server.ts'

/** Whether the server has it; of a vote, or another on the same pair with a revision as high. */
export const isKnown = (said: Mine['said'], one: Statement): boolean =>
  one.kind === 'vote' ? (said.votes[one.trial] ?? -1) >= one.revision : said[one.kind]

type Step = 'consent' | 'headphones' | 'profile'

export interface Standing {
  isSaid(step: Step): boolean
  /** Nothing is taken any more. */
  isEnded(): boolean
  /** Whether it is judged. */
  has(place: number): boolean
  /** Of the next vote on this pair. */
  nextRevision(place: number): number
  /** What this page says from now on, and what the server has. */
  add(said: Statement): void
  merge(said: Mine['said']): void
  /** The server has this and what it took from here, and no more: all else is open again. */
  reopen(said: Mine['said'], taken: readonly Statement[]): void
}

export function createStanding(said: Mine['said'], before: readonly Statement[]): Standing {
  const steps = new Set<string>()
  const judged = new Set<number>()
  /** Of what is open again too: a revision that was said is not said twice. */
  const revisions = new Map<number, number>()
  const judge = (place: number, revision: number) => {
    judged.add(place)
    revisions.set(place, Math.max(revision, revisions.get(place) ?? 0))
  }
  const add = (one: Statement) => {
    steps.add(one.kind)
    if (one.kind === 'vote') judge(one.trial, one.revision)
  }
  const merge = ({ votes, ...told }: Mine['said']) => {
    for (const [step, is] of Object.entries(told)) if (is) steps.add(step)
    for (const [place, revision] of Object.entries(votes)) judge(Number(place), revision)
  }
  merge(said)
  for (const one of before) add(one)
  return {
    isSaid: (step) => steps.has(step),
    isEnded: () => steps.has('end'),
    has: (place) => judged.has(place),
    nextRevision: (place) => (revisions.get(place) ?? -1) + 1,
    add,
    merge,
    reopen(known, taken) {
      steps.clear()
      judged.clear()
      merge(known)
      for (const one of taken) add(one)
    },
  }
}
