// The lines of a record: one JSON object a line, numbered from 0 without gaps, told apart by `kind`.
// The record is the truth of a run; stems, scores, MIDI and report are derived from it.
import { z } from 'zod'
import { agentNameSchema as agent, agentSchema } from './agent.ts'
import { mappingSchema } from './mapping.ts'
import { maskSchema } from './mask.ts'
import { roleSchema } from './note.ts'
import { conditionSchema, metatokenSchema, scenarioSchema } from './scenario.ts'
import { sectionNameSchema } from './track.ts'

export const schemaVersion = 1

const lineNumber = z.int().min(0)
const slot = z.int().min(0)
const share = z.number().min(0).max(1)

/** What another run's agents were told of floor and body, slot by slot, told here instead of what is so. */
export const shamSchema = z.strictObject({
  /** SHA-256 of that run's record. */
  from: z.string(),
  traces: z.array(
    z.strictObject({
      agent,
      felt: z.array(z.strictObject({ floor: z.string().nullable(), body: z.string().nullable() })),
    }),
  ),
})
export type Sham = z.infer<typeof shamSchema>

export const sessionLineSchema = z.strictObject({
  n: z.literal(0),
  kind: z.literal('session'),
  schema: z.literal(schemaVersion),
  seed: z.int().min(0),
  /** null: not a party but a transcript from elsewhere. */
  scenario: scenarioSchema.nullable(),
  condition: conditionSchema.nullable(),
  agents: z.array(agentSchema).min(1).max(64),
  mapping: mappingSchema,
  /** The beat clock: party tempo, or the one that a transcript is laid on. */
  bpm: z.number().min(20).max(400),
  /** SHA-256 of kernel.wasm and of the library of tracks, and the package's version: what the sound depends on. */
  kernel: z.string(),
  library: z.string().nullable(),
  hocket: z.string(),
  plan: z.string().nullable(),
  /** Under yoked-sham. */
  sham: shamSchema.optional(),
  /** Under metatokens: what the agents are asked for. */
  metatokens: z.array(metatokenSchema).optional(),
})
export type SessionLine = z.infer<typeof sessionLineSchema>

export const tokenLineSchema = z.strictObject({
  n: lineNumber,
  kind: z.literal('token'),
  agent,
  slot,
  /** Which of the agent's turns (messages) it belongs to, from 0. */
  turn: z.int().min(0),
  /** When the turn or, under clock `arrival`, the token came, in seconds of the run. Never smaller than on an earlier token line. */
  t: z.number().min(0),
  text: z.string(),
  role: roleSchema,
  /** Natural logarithm of its probability. */
  logprob: z.number().max(0).optional(),
  /** The likeliest tokens in its place, best first, as far as the server tells them. */
  top: z
    .array(z.strictObject({ text: z.string(), logprob: z.number().max(0) }))
    .max(20)
    .optional(),
  source: z.enum(['scripted', 'server', 'embedded', 'reference-model', 'import']),
  clock: z.enum(['world', 'arrival', 'synthetic']),
})
export type TokenLine = z.infer<typeof tokenLineSchema>

/** The closed action grammar of party.md. */
export const moveSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('load'), track: z.string(), cue: sectionNameSchema }),
  z.strictObject({ do: z.literal('play') }),
  z.strictObject({ do: z.literal('blend'), beats: z.union([z.literal(16), z.literal(32), z.literal(64)]) }),
  z.strictObject({ do: z.literal('cut') }),
  z.strictObject({ do: z.literal('eq'), band: z.enum(['low', 'mid', 'high']), to: z.enum(['up', 'down', 'kill']) }),
  z.strictObject({ do: z.literal('nudge'), percent: z.number().min(-8).max(8) }),
  z.strictObject({ do: z.literal('loop'), beats: z.union([z.literal(4), z.literal(8)]).nullable() }),
  z.strictObject({ do: z.literal('yield') }),
  z.strictObject({ do: z.literal('hold') }),
  z.strictObject({ do: z.literal('say'), words: z.string() }),
])
export type Move = z.infer<typeof moveSchema>

export const moveLineSchema = z.strictObject({
  n: lineNumber,
  kind: z.literal('move'),
  agent,
  slot,
  /** The turn's whole text as it came. */
  text: z.string(),
  moves: z.array(moveSchema),
})
export type MoveLine = z.infer<typeof moveLineSchema>

/** What one deck does during one slot: with the deck of the slot before, all that the sound depends on. */
export const deckSlotSchema = z.strictObject({
  agent,
  track: z.string().nullable(),
  /** Index into the track's sections; the section sounds for the whole slot. */
  section: z.int().min(0),
  playing: z.boolean(),
  /** Repeat the slot's first beats, or play through. */
  loopBeats: z.union([z.literal(4), z.literal(8)]).nullable(),
  nudgePercent: z.number().min(-8).max(8),
  /** Fader share, 0..1: from its value at the start of the slot to `to`, reached after `overBeats` (0 = at once). Equal-power law. */
  fader: z.strictObject({ from: share, to: share, overBeats: z.number().min(0).max(32) }),
  /** Linear gain per band that the slot moves to. */
  eq: z.strictObject({ low: z.number().min(0).max(2), mid: z.number().min(0).max(2), high: z.number().min(0).max(2) }),
})
export type DeckSlot = z.infer<typeof deckSlotSchema>

/** The world during one slot, written once all moves of the slot are known. */
export const worldLineSchema = z.strictObject({
  n: lineNumber,
  kind: z.literal('world'),
  slot,
  t: z.number().min(0),
  decks: z.array(deckSlotSchema),
  clash: share,
  crowd: z.strictObject({
    energy: share,
    groups: z.array(z.strictObject({ name: z.string(), dancing: share, tired: share, appetite: z.array(share) })),
  }),
  bodies: z.array(z.strictObject({ agent, comfort: z.number(), pain: z.number(), adaptation: z.number() })),
})
export type WorldLine = z.infer<typeof worldLineSchema>

/** Exactly what an agent read before its turn. */
export const perceptLineSchema = z.strictObject({
  n: lineNumber,
  kind: z.literal('percept'),
  agent,
  slot,
  system: z.string(),
  text: z.string(),
})
export type PerceptLine = z.infer<typeof perceptLineSchema>

/** What was heard in a slot and told (or kept from) the agent: a reading per measure, null where undefined. */
export const feedbackLineSchema = z.strictObject({
  n: lineNumber,
  kind: z.literal('feedback'),
  agent,
  slot,
  words: z.string(),
  readings: z.record(z.string(), z.number().nullable()),
})
export type FeedbackLine = z.infer<typeof feedbackLineSchema>

export const maskLineSchema = z.strictObject({ n: lineNumber, kind: z.literal('mask'), agent, slot, mask: maskSchema })

export const faultLineSchema = z.strictObject({
  n: lineNumber,
  kind: z.literal('fault'),
  agent: agent.nullable(),
  slot,
  code: z.string(),
  message: z.string(),
})
export type FaultLine = z.infer<typeof faultLineSchema>

/** What one turn cost. Counts are null where nobody told them. */
const usageFields = {
  /** Requests made, failed ones included; 0 when the answer came from the cache. */
  requests: z.int().min(0),
  promptTokens: z.int().min(0).nullable(),
  answerTokens: z.int().min(0).nullable(),
  /** Who counted: the server, or hocket with the o200k tokenizer. */
  counted: z.enum(['server', 'tokenizer']),
  /** From the request to its first token and to its end; null where time is the world's alone. */
  firstTokenSeconds: z.number().min(0).nullable(),
  seconds: z.number().min(0).nullable(),
  /** Why the answer ended, in the server's word; null when it never said. */
  finish: z.string().max(40).nullable(),
  /** The model that the server says it was. */
  model: z.string().max(200).nullable(),
  /** Whether log-probabilities came with the tokens. */
  logprobs: z.enum(['given', 'missing']),
  /** Fault codes of the tries that were made before this one. */
  tried: z.array(z.string().max(40)),
}
const usageSchema = z.strictObject(usageFields)
export type Usage = z.infer<typeof usageSchema>

export const usageLineSchema = z.strictObject({ n: lineNumber, kind: z.literal('usage'), agent, slot, ...usageFields })
export type UsageLine = z.infer<typeof usageLineSchema>

/** What a model was asked once the night was over, and what it said. It belongs to no slot. */
export const probeLineSchema = z.strictObject({
  n: lineNumber,
  kind: z.literal('probe'),
  agent,
  question: z.string(),
  answer: z.string(),
  /** Why the answer did not come whole; null when it did. */
  fault: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  usage: usageSchema.nullable(),
})
export type ProbeLine = z.infer<typeof probeLineSchema>

export const endLineSchema = z.strictObject({
  n: lineNumber,
  kind: z.literal('end'),
  slots: z.int().min(0),
  seconds: z.number().min(0),
  reason: z.enum(['finished', 'stopped']),
})

export const recordLineSchema = z.discriminatedUnion('kind', [
  sessionLineSchema,
  tokenLineSchema,
  moveLineSchema,
  worldLineSchema,
  perceptLineSchema,
  feedbackLineSchema,
  maskLineSchema,
  faultLineSchema,
  usageLineSchema,
  probeLineSchema,
  endLineSchema,
])
export type RecordLine = z.infer<typeof recordLineSchema>
/** A line before it has its number. */
export type Unnumbered<Line extends RecordLine = RecordLine> = Line extends RecordLine ? Omit<Line, 'n'> : never
