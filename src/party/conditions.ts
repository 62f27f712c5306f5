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
  /** The number, and the order to raise it. */
  readonly score: boolean
}

/** `solo`: one agent with floor and body. `scripted-partner`: the second seat is a control's; both are shown all. */
export const conditions: Readonly<Record<Condition, Shown>> = {
  solo: { agents: 1, hearing: false, comfort: true, score: false },
  deaf: { agents: 2, hearing: false, comfort: false, score: false },
  hearing: { agents: 2, hearing: true, comfort: false, score: false },
  'comfort-only': { agents: 2, hearing: false, comfort: true, score: false },
  'hearing+comfort': { agents: 2, hearing: true, comfort: true, score: false },
  'explicit-score': { agents: 2, hearing: true, comfort: true, score: true },
  'scripted-partner': { agents: 2, hearing: true, comfort: true, score: false },
}
