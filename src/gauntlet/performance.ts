// What a case of the gauntlet is: a name, whether it lives, why it is there, and a performance for every seed.
// A performance enters the whole path where it belongs: as notes, as words (a conversation of masks), or as a party to be played.
import type { Policy, Timbre } from '../record/index.ts'
import type { Midi, Seconds } from '../units.ts'

/** `control`: shown beside the others and judged by nobody, since music and measures may well disagree on it. */
export type CaseKind = 'living' | 'degenerate' | 'control'

/** One note of a part; cells are the shared time step (a sixteenth), counted from the start. */
export interface Stroke {
  readonly cell: number
  readonly cells: number
  readonly midi: Midi
  /** 0..1 */
  readonly velocity: number
}

export interface Part {
  readonly timbre: Timbre
  readonly strokes: readonly Stroke[]
  /** This part's own time step in cells: 1.01 plays 1 % slower. */
  readonly stretch?: number
}

export type Performance =
  | {
      readonly kind: 'notes'
      readonly seconds: Seconds
      readonly cellSeconds: Seconds
      /** Standard deviation of a hand's timing. */
      readonly jitterSeconds: Seconds
      readonly parts: readonly [Part, Part]
    }
  | {
      readonly kind: 'talk'
      readonly masks: readonly [string, string]
      /** Turns of the two in each slot; '' is silence. */
      readonly slots: readonly (readonly [string, string])[]
    }
  | {
      readonly kind: 'party'
      readonly masks: readonly [string, string]
      readonly policies: readonly [Policy, Policy]
      readonly slots: number
    }

export interface Case {
  readonly name: string
  readonly title: string
  readonly kind: CaseKind
  /** What it tries, or what lives in it. */
  readonly why: string
  perform(seed: number): Performance
}
