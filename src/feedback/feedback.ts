// What is handed to one agent about one slot, before the condition decides what of it is shown.

import type { Metatoken } from '../record/index.ts'

export interface AgentFeedback {
  readonly agent: string
  /** What it heard of its partner and of the two together; never of its own sound alone (leave-one-out). */
  readonly heard: string
  /** Numbers as text, for the explicit-score condition only. */
  readonly score: string
  readonly readings: Readonly<Record<string, number | null>>
  /** What metatokens stand for, each 0..1, of the two together or of the partner; not recorded. */
  readonly measured?: Readonly<Record<Metatoken['property'], number | null>>
}
