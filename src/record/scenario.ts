// A scenario: everything about a party that is not chance. Every constant of the world lies here, so that a record explains itself.
import { z } from 'zod'
import { sectionNameSchema, styleVectorSchema } from './track.ts'

/** A decision slot: eight bars. */
export const beatsPerSlot = 32

const share = z.number().min(0).max(1)
const positive = z.number().positive()

export const crowdGroupSchema = z.strictObject({ name: z.string(), weight: share, taste: styleVectorSchema })

/** Constants of party.md's dynamics; names follow its formulas. */
export const dynamicsSchema = z.strictObject({
  clashDamping: positive,
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
  /** How much of a pleasure full adaptation takes away. */
  adaptationDepth: share.default(0.8),
  /** How much of the wish to dance hangs on the energy of what sounds. */
  energyLift: share.default(0.4),
  /** Where dancing, tiredness and appetite begin, and the few who never leave the floor. */
  startDancing: share.default(0.3),
  startAppetite: share.default(0.7),
  danceFloor: share.default(0.01),
  /** Fit of two keys by Camelot distance 0, 1, 2 ...; the last value holds beyond. */
  keyFit: z.array(share).min(1).max(12).default([1, 0.85, 0.45, 0.25, 0.1]),
  /** Fit of two tempi up to a relative difference, ascending; beyond the last it is 0. */
  tempoFit: z
    .array(z.strictObject({ within: positive, fit: share }))
    .min(1)
    .default([
      { within: 0.05, fit: 1 },
      { within: 0.1, fit: 0.6 },
      { within: 0.2, fit: 0.2 },
    ]),
  /** How much of a track's energy each section lets out. */
  sectionEnergy: z
    .record(sectionNameSchema, share)
    .default({ intro: 0.7, build: 0.9, drop: 1, break: 0.6, outro: 0.7 }),
  /** Chance that a word about the floor is wrong. */
  floorNoise: share.default(0.15),
})
export type Dynamics = z.infer<typeof dynamicsSchema>

/** The value store: episodes that an agent keeps beyond the window, shown again when the present is like them. */
export const valueStoreSchema = z.strictObject({
  /** Episodes kept; the least worth goes first. */
  size: z.int().min(1).max(1000),
  /** Shown in one turn at most. */
  recalled: z.int().min(0).max(16),
  /** Shown only when at least so unlike what was stored before it, 0..1 ... */
  noveltyFrom: share,
  /** ... and when the body felt at least so well after it, 0..1 along its words; without words for the body this does not count. */
  comfortFrom: share,
  /** Slots of a set; null: the night is one set. */
  setSlots: z.int().min(1).max(10_000).nullable(),
  /** Shown again before the next set at most. */
  replayed: z.int().min(0).max(16),
})
export type ValueStore = z.infer<typeof valueStoreSchema>

export const scenarioSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().regex(/^[a-z0-9-]{1,40}$/),
  bpm: z.number().min(60).max(200),
  slots: z.int().min(1).max(10_000),
  beatsPerSlot: z.literal(beatsPerSlot),
  order: z.enum(['sequential', 'simultaneous']),
  /** How many past slots an agent's prompt keeps. */
  memorySlots: z.int().min(0).max(64),
  /** Left out: memory is the window alone. */
  valueStore: valueStoreSchema.optional(),
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
  'yoked-sham',
  'ghost',
  'metatokens',
])
export type Condition = z.infer<typeof conditionSchema>

/** What a metatoken can be about. */
export const metaPropertySchema = z.enum(['consonance', 'smoothness', 'interlock', 'vitality'])
/** A control token, written `<consonance:7>`: level 7 stands for .7 up to .8 of a measure from 0 to 1; 9 holds 1 too. */
export const metatokenSchema = z.strictObject({ property: metaPropertySchema, level: z.int().min(0).max(9) })
export type Metatoken = z.infer<typeof metatokenSchema>
