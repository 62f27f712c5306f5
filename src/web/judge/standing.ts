// How far a judge is: what the server has, and what this browser has said. The server may know more, from another device, when it is back.
import type { Statement } from '../../record/index.ts'
import type { Mine } from './server.ts'

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
}

export function createStanding(said: Mine['said'], before: readonly Statement[]): Standing {
  const steps = new Set<string>()
  const revisions = new Map<number, number>()
  const judged = (place: number, revision: number) =>
    revisions.set(place, Math.max(revision, revisions.get(place) ?? 0))
  const add = (one: Statement) => {
    steps.add(one.kind)
    if (one.kind === 'vote') judged(one.trial, one.revision)
  }
  const merge = ({ votes, ...told }: Mine['said']) => {
    for (const [step, is] of Object.entries(told)) if (is) steps.add(step)
    for (const [place, revision] of Object.entries(votes)) judged(Number(place), revision)
  }
  merge(said)
  for (const one of before) add(one)
  return {
    isSaid: (step) => steps.has(step),
    isEnded: () => steps.has('end'),
    has: (place) => revisions.has(place),
    nextRevision: (place) => (revisions.get(place) ?? -1) + 1,
    add,
    merge,
  }
}
