// A lexicon as data: where words lie, so that what means alike lies close. Built by a committed script, read by the sonifier.
import { z } from 'zod'

/** Places lie on a ring of seven: the chain of diatonic thirds (0 tonic, 1 third, 2 fifth, 3 seventh ... 6 sixth below the tonic again). */
export const lexiconSchema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  words: z.record(z.string(), z.number().min(0).max(7)),
})
export type LexiconData = z.infer<typeof lexiconSchema>
