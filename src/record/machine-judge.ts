// What a machine judge said of a session's pairs, as kept beside the votes (machines/*.json). Clips by name.
import { z } from 'zod'
import { criterionSchema } from './judging.ts'

const countSchema = z.strictObject({ count: z.int().min(0), of: z.int().min(0) })
const shareSchema = z.strictObject({ share: z.number().min(0).max(1), count: z.int().min(1) }).nullable()
const reasonSchema = z.string().nullable()

export const machineKinds = ['listens', 'reads', 'measures'] as const
export type MachineKind = (typeof machineKinds)[number]

const conductSchema = z.strictObject({
  pairs: z.array(
    z.strictObject({
      a: z.string(),
      b: z.string(),
      verdict: z.enum(['a', 'b', 'tie']).nullable(),
      flipped: z.boolean(),
      reason: reasonSchema,
    }),
  ),
  answers: z.strictObject({
    asked: z.int().min(0),
    said: z.int().min(0),
    unreadable: z.int().min(0),
    refused: z.int().min(0),
    unavailable: z.int().min(0),
  }),
  flips: countSchema,
  position: countSchema,
  same: countSchema,
  gain: countSchema,
  canaries: z.array(
    z.strictObject({
      kind: z.enum(['silence', 'noise', 'shuffled', 'detuned', 'unison', 'spam']),
      last: z.boolean().nullable(),
      reason: reasonSchema,
    }),
  ),
  against: z.array(z.string()),
})

export const machineResultSchema = z.strictObject({
  version: z.literal(1),
  session: z.string(),
  kind: z.enum(machineKinds),
  /** Model, or the name of the ranking's settings. */
  name: z.string().min(1).max(200),
  criterion: criterionSchema,
  seed: z.int().min(0),
  conduct: conductSchema,
  /** Of clips named in the conduct: what they were cut from. */
  entries: z.record(z.string(), z.string()),
  /** With people, as far as they had voted. */
  agreement: z
    .strictObject({
      share: z.number().min(0).max(1),
      votes: z.int().min(1),
      judges: z.int().min(1),
      low: z.number().nullable(),
      high: z.number().nullable(),
    })
    .nullable(),
  ceiling: z.strictObject({ sameJudge: shareSchema, otherJudges: shareSchema }),
})
export type MachineResult = z.infer<typeof machineResultSchema>
