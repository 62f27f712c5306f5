// What each condition shows an agent. Hearing (the partner and what was heard) and comfort (the floor and the own body) are two
// switches; their four settings are deaf, hearing, comfort-only and hearing+comfort. docs/party.md prints the table.
import type { Condition } from '../record/index.ts'

export interface Shown {
  /** How many sit at the decks. */
  readonly agents: 1 | 2
  /** The partner's turns (words included), its deck, and what was heard of the two. */
  readonly hearing: boolean
  /** What the floor does and how the own body feels, in words. */
  readonly comfort: boolean
  /** Floor and body are those of another run. */
  readonly yoked?: true
  /** The number, and the order to raise it. */
  readonly score: boolean
  /** Control tokens: how past slots came out, how the present is wanted. */
  readonly metatokens?: true
}

/** `solo`: one agent with floor and body. `scripted-partner`: the second seat is a control's; both are shown all. `ghost`: one of the two is a recorded run's. */
export const conditions: Readonly<Record<Condition, Shown>> = {
  solo: { agents: 1, hearing: false, comfort: true, score: false },
  deaf: { agents: 2, hearing: false, comfort: false, score: false },
  hearing: { agents: 2, hearing: true, comfort: false, score: false },
  'comfort-only': { agents: 2, hearing: false, comfort: true, score: false },
  'hearing+comfort': { agents: 2, hearing: true, comfort: true, score: false },
  'explicit-score': { agents: 2, hearing: true, comfort: true, score: true },
  'scripted-partner': { agents: 2, hearing: true, comfort: true, score: false },
  'yoked-sham': { agents: 2, hearing: true, comfort: true, yoked: true, score: false },
  ghost: { agents: 2, hearing: true, comfort: true, score: false },
  metatokens: { agents: 2, hearing: true, comfort: true, score: false, metatokens: true },
}
