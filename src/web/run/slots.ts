// What the page knows of one slot: all that it plays and draws.
import type { Turn } from '../../measure/index.ts'
import type { DeckSlot, Note, SessionLine, TokenLine, WorldLine } from '../../record/index.ts'
import type { Samples, Seconds } from '../../units.ts'

export interface AgentSlot {
  readonly agent: string
  readonly tokens: readonly TokenLine[]
  readonly voiceNotes: readonly Note[]
  readonly deckNotes: readonly Note[]
  readonly deck: DeckSlot | null
}

export interface SlotScore {
  readonly slot: number
  readonly startSeconds: Seconds
  readonly seconds: Seconds
  readonly startSample: Samples
  readonly lengthSamples: Samples
  /** Everything that sounds, in the order of the pipeline. */
  readonly notes: readonly Note[]
  /** The same by agent, in session order. */
  readonly agents: readonly AgentSlot[]
  /** What the agents wrote. */
  readonly turns: readonly Turn[]
  readonly world: WorldLine | null
}

/** The slots of one run, in order, growing while the run plays. */
export interface PartyScore {
  readonly session: SessionLine
  readonly slots: readonly SlotScore[]
  /** How many slots there will be, as far as is known. */
  readonly plannedSlots: number
  readonly slotSeconds: Seconds
  /** No slot will follow. */
  readonly ended: boolean
}

/** The slot that sounds at a moment of the run; undefined before the first and after the last known. */
export function slotAt(score: PartyScore, seconds: Seconds): SlotScore | undefined {
  const guess = Math.floor(seconds / score.slotSeconds + 1e-9)
  return score.slots[guess]
}
