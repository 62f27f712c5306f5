// The ranking composite: one number to put runs in order by, with what it is made of; and its settings, as data with a version.
import { z } from 'zod'

export const rankingComponents = [
  'consonance',
  'interlock',
  'patterned',
  'alive',
  'vitality',
  'words',
  'own',
  'takenUp',
  'balance',
  'goingOn',
] as const
export type RankingComponent = (typeof rankingComponents)[number]
/** What an older file does not name weighs nothing, and was not measured. */
const weight = z.number().min(0).default(0)

export const rankingSettingsSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(60),
  /** How the weights came about: told wherever the ranking is. */
  weighting: z.string().min(1).max(60),
  /** 0 leaves a component out. */
  weights: z
    .record(z.enum(rankingComponents), weight)
    .refine((weights) => Object.values(weights).some((value) => value > 0), 'expected one weight above 0 at least'),
  /** Share of an agent's surprise that is its own, from which on it counts as no copy. */
  ownFrom: z.number().positive().max(1),
  /** Order in the news of the voices from which on it is no blind draw. */
  takenUpFrom: z.number().positive().max(1).default(0.1),
  /** Difference of loudness that is no matter, and that at which one drowns the other. */
  balanceDecibels: z.strictObject({ free: z.number().min(0), drowned: z.number().positive() }),
})
export type RankingSettings = z.infer<typeof rankingSettingsSchema>

export const rankingSchema = z.strictObject({
  settings: z.string(),
  weighting: z.string(),
  /** For putting runs in order only, 0..1. */
  score: z.number().nullable(),
  components: z.record(z.enum(rankingComponents), z.number().nullable().default(null)),
})
export type Ranking = z.infer<typeof rankingSchema>
