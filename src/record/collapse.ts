// Where a run fell into something that goes on without end: per detector the slot and second of its onset, or null with its reason.
import { z } from 'zod'

export const onsetSchema = z.strictObject({ slot: z.int().min(0), seconds: z.number().min(0) })
export type Onset = z.infer<typeof onsetSchema>

export const agentCollapsesSchema = z.strictObject({
  /** From here on the agent's notes or words only repeat their last period. */
  repetition: onsetSchema.nullable(),
  /** From here on its moves or marks have lost half of their entropy. */
  modeCollapse: onsetSchema.nullable(),
  /** A number of the score stands in its prompt or its words, in a condition that must not show it. */
  scoreLeak: onsetSchema.nullable(),
})
export type AgentCollapses = z.infer<typeof agentCollapsesSchema>

export const pairCollapsesSchema = z.strictObject({
  /** From here on both draw on one small set of words. */
  attractor: onsetSchema.nullable(),
  /** From here on the two only thank each other, part, agree, or give way. */
  goodbye: onsetSchema.nullable(),
  /** From here on one makes nine of ten of the voices' notes, and more of them than at the beginning. */
  domination: onsetSchema.extend({ by: z.string() }).nullable(),
})
export type PairCollapses = z.infer<typeof pairCollapsesSchema>
