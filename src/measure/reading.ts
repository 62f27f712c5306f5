// What was measured of one slot: the bridge from measures to feedback. null = not defined here.

import type { InterlockScore } from '../record/index.ts'
import type { Hertz } from '../units.ts'

export interface RubbingPair {
  readonly aHz: Hertz
  readonly bHz: Hertz
  /** Share of the roughness between the agents that this pair makes, 0..1. */
  readonly share: number
}

export interface AgentReading {
  readonly agent: string
  /** Consonance of its own sound, 0..1. */
  readonly consonanceWithin: number | null
  readonly vitality: number | null
  readonly order: number | null
  /** Its voice only repeats itself by now. */
  readonly repeating: boolean
  /** Loudness of the slot, LUFS; null in silence. */
  readonly loudnessLufs: number | null
  /** Spoken (voice) and played (deck) events in the slot. */
  readonly voiceEvents: number
  readonly deckEvents: number
  /** Mean height of its voice, MIDI; null when it said nothing. */
  readonly voiceMidi: number | null
}

/** Two agents in one slot. Readings of one agent alone are in `agents`. */
export interface SlotReading {
  readonly slot: number
  readonly agents: readonly AgentReading[]
  readonly consonanceTogether: number | null
  /** How little the partials of the one rub against those of the other, cross terms only: the rating expected from that alone, 0..1. null when either is silent. */
  readonly smoothnessBetween: number | null
  readonly interlock: InterlockScore
  /** Voice onsets within 30 ms of one of the other's, as a share of the sparser voice's; null when either is silent. */
  readonly collisions: number | null
  readonly rubbing: readonly RubbingPair[]
}
