// scores.json: what was measured of a run. Times are seconds of the run; null is "not defined here", with its reason beside it.
import { z } from 'zod'
import { agentCollapsesSchema, pairCollapsesSchema } from './collapse.ts'
import { rankingSchema } from './ranking.ts'
import { twinsSchema } from './twins.ts'

const value = z.number().nullable()
export const seriesSchema = z.strictObject({ seconds: z.array(z.number()), values: z.array(value) })
export type Series = z.infer<typeof seriesSchema>

export const interlockSchema = z.strictObject({
  score: value,
  presence: value,
  pulse: value,
  space: value,
  evenness: value,
  refrain: value,
  variety: value,
})
export type InterlockScore = z.infer<typeof interlockSchema>

/** Does one answer the other beyond its own past? Sizes in bits, each with its p. */
export const couplingSchema = z.strictObject({
  aToB: value,
  bToA: value,
  pAToB: value,
  pBToA: value,
  /** The agent whom the other answers. */
  leader: z.string().nullable(),
  channel: z.enum(['pattern', 'timing', 'tones']).nullable(),
})
export type CouplingScore = z.infer<typeof couplingSchema>

export const vitalitySchema = z.strictObject({
  vitality: value,
  order: value,
  surpriseBits: value,
  evolution: value,
  collapse: z.strictObject({ repeating: z.boolean(), fromIndex: z.int().nullable() }).nullable(),
})
export type VitalityScore = z.infer<typeof vitalitySchema>

export const agentScoreSchema = z.strictObject({
  agent: z.string(),
  /** Consonance of the agent's own sound, 0..1 (mean over frames in which it sounds). */
  consonanceWithin: value,
  vitality: vitalitySchema,
  /** Where it fell into something that goes on without end. */
  collapses: agentCollapsesSchema,
  /** How much of the agent's refrain is still there, and can be recovered from the mix, 0..1. */
  patternSurvival: value,
  meanComfort: value,
  /** Share of time in which the agent sounds at all. */
  presence: value,
  loudnessLufs: value,
})

export const pairScoreSchema = z.strictObject({
  a: z.string(),
  b: z.string(),
  /** Hutchinson & Knopoff's roughness of the partials of one agent with those of the other, 0 upwards. */
  roughnessBetween: value,
  /** The rating expected from that roughness alone, 0..1. */
  smoothnessBetween: value,
  /** Cosine of the two spectra of pitch classes, 0..1. */
  spectralPitchClassSimilarity: value,
  /** Correlation of the pitches that the two suggest (Parncutt & Strasburger 1994), -1..1. */
  pitchCommonality: value,
  /** consonance(together) - mean(consonance(alone)). */
  gain: value,
  /** What rubs most: partials of a against partials of b, each pair's share of all roughness between the two, greatest first. */
  rubbing: z.array(z.strictObject({ aHz: z.number(), bHz: z.number(), share: z.number() })),
  /** Mean consonance of every two notes, one of each, that sound at once: what was played, heard by nobody. 0..1. */
  noteConsonance: value.optional(),
  interlock: z.strictObject({ voice: interlockSchema, deck: interlockSchema }),
  coupling: z.strictObject({ voice: couplingSchema, deck: couplingSchema }),
  collapses: pairCollapsesSchema,
})

export const scoresSchema = z.strictObject({
  version: z.literal(1),
  /** SHA-256: of the record's lines, of kernel.wasm, of each stem's samples (24-bit PCM bytes). */
  hashes: z.strictObject({
    record: z.string(),
    kernel: z.string(),
    stems: z.record(z.string(), z.string()),
    features: z.string(),
  }),
  seconds: z.number(),
  agents: z.array(agentScoreSchema),
  pairs: z.array(pairScoreSchema),
  together: z.strictObject({
    consonance: value,
    vitality: vitalitySchema,
    crowdEnergy: value,
    /** The lower of the agents' mean comforts. */
    fairness: value,
    /** Spearman correlation of the world's symbolic clash with heard roughness between the decks. */
    clashHeardAs: value,
  }),
  /** For putting runs in order, never to be shown as a score. */
  ranking: rankingSchema,
  series: z.strictObject({
    consonance: z.strictObject({
      together: seriesSchema,
      within: z.record(z.string(), seriesSchema),
    }),
    smoothness: z.strictObject({ between: seriesSchema }),
    interlock: z.strictObject({ voice: seriesSchema, deck: seriesSchema }),
    vitality: z.record(z.string(), seriesSchema),
    crowdEnergy: seriesSchema,
    comfort: z.record(z.string(), seriesSchema),
  }),
  /** Why a null is null: dotted path -> reason. */
  undefined: z.record(z.string(), z.string()),
  /** What chance reaches; not there when no twins were drawn. */
  twins: twinsSchema.optional(),
})
export type Scores = z.infer<typeof scoresSchema>
