// What chance reaches, beside the scores of a run: for each score the band of its twins (src/null), and from which runs they were made.
import { z } from 'zod'

const value = z.number().nullable()

/** Where one score lies among its twins. */
export const twinBandSchema = z.strictObject({
  /** What the twins are: A of one run with B of another, or the same voice with its tokens in another order. */
  twins: z.enum(['partners', 'tokens']),
  /** Twins in which the measure was defined. */
  count: z.int().min(1),
  /** The twins without their outermost twentieths; of fewer than 19 all of them. */
  low: z.number(),
  high: z.number(),
  mean: z.number(),
  /** (value - mean) / SD; null when all twins are alike. */
  z: value,
  /** Share of twins below the value, ties half; null when the value is not defined. */
  percentile: value,
  /** One-sided: (1 + twins at or above) / (count + 1). */
  p: value,
})
export type TwinBand = z.infer<typeof twinBandSchema>

export const twinSeriesSchema = z.strictObject({
  seconds: z.array(z.number()),
  low: z.array(value),
  high: z.array(value),
})
export type TwinSeries = z.infer<typeof twinSeriesSchema>

/** A run that partners were taken from: one found in a folder, or one played for the purpose with another seed, never heard. */
export const otherRunSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('run'), run: z.string(), seed: z.int().min(0) }),
  z.strictObject({ from: z.literal('played'), seed: z.int().min(0) }),
])
export type OtherRun = z.infer<typeof otherRunSchema>

export const twinsSchema = z.strictObject({
  /** Most pseudo-dyads, and most twins of a vitality, that were asked for. */
  draws: z.int().min(1),
  lifeDraws: z.int().min(1),
  others: z.array(otherRunSchema),
  /** How many of them, from the first on, were heard; left out where none were. */
  heard: z.int().min(0).optional(),
  /** Dotted path of a score -> its band. */
  bands: z.record(z.string(), twinBandSchema),
  /** Name of a series -> its band over time. */
  series: z.record(z.string(), twinSeriesSchema),
  /** Why a score has no band: dotted path, or the beginning of several -> reason. */
  undefined: z.record(z.string(), z.string()),
})
export type Twins = z.infer<typeof twinsSchema>
