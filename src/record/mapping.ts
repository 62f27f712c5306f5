// A mapping says how tokens become notes. It is data, stored in the record, so that old records sound as they did.
import { z } from 'zod'

export const mappingSchema = z.strictObject({
  /** Raised whenever equal tokens would sound otherwise. */
  version: z.literal(1),
  name: z.enum(['meaning', 'surprise', 'letters']),
  /** `speech`: onsets from syllables and punctuation inside the agent's slot; `arrival`: the tokens' own times. */
  timing: z.enum(['speech', 'arrival']),
  /** 0 leaves onsets where speech puts them, 1 pulls them onto the sixteenth-note grid. */
  grid: z.number().min(0).max(1),
  /** Delay of every second sixteenth, as a part of a sixteenth. */
  swing: z.number().min(0).max(0.5),
  /** Most notes one word may have. */
  notesPerWord: z.int().min(1).max(4),
  /** Velocity of a token without surprise, 0..1. */
  baseVelocity: z.number().min(0).max(1),
})
export type Mapping = z.infer<typeof mappingSchema>

export const defaultMapping: Mapping = {
  version: 1,
  name: 'meaning',
  timing: 'speech',
  grid: 1,
  swing: 0,
  notesPerWord: 4,
  baseVelocity: 0.6,
}
