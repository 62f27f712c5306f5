// A scenario: everything about a party that is not chance. Every constant of the world lies here, so that a record explains itself.
import { z } from 'zod'
import { styleVectorSchema } from './track.ts'

const share = z.number().min(0).max(1)
const positive = z.number().positive()

export const crowdGroupSchema = z.strictObject({ name: z.string(), weight: share, taste: styleVectorSchema })

/** Constants of party.md's dynamics; names follow its formulas. */
export const dynamicsSchema = z.strictObject({
  clashDamping: share,
  appetiteGrowth: positive,
  appetiteSeed: positive,
  appetiteEaten: positive,
  tiredRate: share,
  danceGain: positive,
  danceThreshold: positive,
  danceTiredness: positive,
  danceSaturation: share,
  comfortRate: share,
  comfortTaste: share,
  comfortCrowd: share,
  comfortClash: share,
  comfortEffort: share,
  painThreshold: share,
  adaptationRate: share,
})
export type Dynamics = z.infer<typeof dynamicsSchema>

export const scenarioSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().regex(/^[a-z0-9-]{1,40}$/),
  bpm: z.number().min(60).max(200),
  slots: z.int().min(1).max(10_000),
  beatsPerSlot: z.literal(32),
  order: z.enum(['sequential', 'simultaneous']),
  /** How many past slots an agent's prompt keeps. */
  memorySlots: z.int().min(0).max(64),
  crates: z.strictObject({
    size: z.int().min(1).max(200),
    /** Cosine of the two DJs' taste vectors; null keeps the masks' own tastes. */
    tasteOverlap: z.number().min(0).max(1).nullable(),
    sharedFraction: share,
  }),
  /** Beyond this share of tempo change a deck can no longer keep the pitch, and speed moves it. */
  keyLock: share,
  crowd: z.strictObject({ groups: z.array(crowdGroupSchema).min(1).max(12) }),
  dynamics: dynamicsSchema,
})
export type Scenario = z.infer<typeof scenarioSchema>

export const conditionSchema = z.enum([
  'solo',
  'deaf',
  'hearing',
  'comfort-only',
  'hearing+comfort',
  'explicit-score',
  'scripted-partner',
])
export type Condition = z.infer<typeof conditionSchema>
