// A mask: a persona as data, one policy or model behind many.
import { z } from 'zod'
import { timbreSchema } from './note.ts'
import { styleVectorSchema } from './track.ts'

export const maskSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** How the agent is called by others and on the page. */
  title: z.string().min(1).max(60),
  taste: styleVectorSchema,
  /** Persona text for a language model's prompt. */
  persona: z.string(),
  /** What a scripted DJ says: short spoken lines; `{style}` and `{track}` are filled in. */
  phrases: z.array(z.string()).min(1),
  /** The rhythmic habit of the voice: `pattern` is one period on the sixteenth grid, x sounds and . rests. */
  refrain: z.strictObject({ pattern: z.string().regex(/^[x.]{2,64}$/), variation: z.number().min(0).max(1) }),
  voice: z.strictObject({ timbre: timbreSchema, registerMidi: z.number().min(24).max(96) }),
  /** Slots it keeps to a track before it wants the next. */
  patience: z.number().min(0).max(16),
  exploration: z.number().min(0).max(1),
})
export type Mask = z.infer<typeof maskSchema>
