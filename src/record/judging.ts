// A judging session as it is stored: session.json (what judges may know), key.json (what they may not), votes.jsonl (what they said).
// A judge states things: consent, the headphone check, a profile, votes. A statement has an id of its own, so that sending it twice stores it once;
// what is stored is chained: each line holds the hash of the one before.
import { z } from 'zod'

/**
 * Since 2 there are ABX trials, and votes.head beside votes.jsonl; since 3 a judge ends the own session before anything is told.
 * Older sessions are read and served as they are.
 */
export const judgingVersion = 3
const versionSchema = z.literal([1, 2, judgingVersion])

export const criterionSchema = z.enum(['overall', 'order', 'interplay', 'evolution'])
export type Criterion = z.infer<typeof criterionSchema>
export const criteria = criterionSchema.options

/** `neither`: neither is good; ranked as a tie. */
export const answerSchema = z.enum(['a', 'tie', 'b', 'neither'])
export type Answer = z.infer<typeof answerSchema>

/** 128 bits of chance, hex. */
export const opaqueSchema = z.string().regex(/^[0-9a-f]{32}$/, 'expected 32 hex digits')
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits')
/** `judge-01`, or `machine:NAME`. */
export const judgeNameSchema = z.string().regex(/^[\w:.-]{1,60}$/, 'expected at most 60 letters, digits, _ : . -')

/** A judge's words, pinned to a moment of a clip. */
const noteSchema = z.strictObject({
  side: z.enum(['a', 'b', 'x']),
  seconds: z.number().min(0).max(36_000),
  text: z.string().min(1).max(500),
})

const heardSchema = z.number().min(0).max(36_000)
const stated = { id: opaqueSchema }

export const voteSchema = z.strictObject({
  ...stated,
  kind: z.literal('vote'),
  trial: z.int().min(0).max(9999),
  /** 0, and one more each time the judge thought again; the highest counts. */
  revision: z.int().min(0).max(99),
  /** Of an ABX trial none. */
  answers: z.partialRecord(criterionSchema, answerSchema),
  /** Of an ABX trial alone: which of the two X is said to be. */
  x: z.enum(['a', 'b']).optional(),
  /** Which was heard first. */
  first: z.enum(['a', 'b', 'x']),
  /** Seconds of each sound that were heard at least once. */
  heardSeconds: z.strictObject({ a: heardSchema, b: heardSchema, x: heardSchema.optional() }),
  elapsedSeconds: z.number().min(0).max(1e7),
  switches: z.int().min(0).max(1e6),
  notes: z.array(noteSchema).max(20).default([]),
})
export type Vote = z.infer<typeof voteSchema>

/** What a judge sends. */
export const statementSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...stated, kind: z.literal('consent') }),
  z.strictObject({ ...stated, kind: z.literal('headphones'), right: z.int().min(0).max(6) }),
  z.strictObject({
    ...stated,
    kind: z.literal('profile'),
    age: z.enum(['under-25', '25-34', '35-49', '50-64', '65-or-more']).nullable(),
    training: z.enum(['none', 'plays', 'professional']).nullable(),
    hearing: z.enum(['usual', 'impaired']).nullable(),
    dances: z.enum(['hardly', 'sometimes', 'often']).nullable(),
  }),
  voteSchema,
  /** The judge's last: what was what may be told, and nothing is taken from this judge any more. */
  z.strictObject({ ...stated, kind: z.literal('end') }),
])
export type Statement = z.infer<typeof statementSchema>

/** A line of votes.jsonl. */
export const chainedStatementSchema = z.strictObject({
  n: z.int().min(0),
  /** When it was stored: Unix time in milliseconds. */
  at: z.int().min(0),
  judge: judgeNameSchema,
  statement: statementSchema,
  /** Hash of the line before; of session.json and key.json for the first. */
  previous: sha256Schema,
  /** SHA-256 of this line's text without this field. */
  hash: sha256Schema,
})
export type ChainedStatement = z.infer<typeof chainedStatementSchema>

/** What decides which votes count; fixed before the first. */
export const judgingRulesSchema = z.strictObject({
  /** Least right of the six trials of the headphone check. */
  headphonesLeast: z.int().min(0).max(6),
  /** Least share of each clip that must have been heard. */
  heardShare: z.number().min(0).max(1),
  /** A judge who prefers more than this share of the hidden anchors to what they were made of is left out. */
  anchorsMost: z.number().min(0).max(1),
  /** Of the Gaussian prior (squared log-odds), should votes be separable. */
  priorVariance: z.number().positive(),
  /** Whether a judge sees what was what after the own last vote, or when all have finished. */
  reveal: z.enum(['own', 'all']),
})
export type JudgingRules = z.infer<typeof judgingRulesSchema>

export const judgingSessionSchema = z.strictObject({
  version: versionSchema,
  id: opaqueSchema,
  hocket: z.string(),
  seed: z.int().min(0),
  criteria: z.array(criterionSchema).min(1),
  clip: z.strictObject({
    seconds: z.number().positive(),
    /** Where loops may begin and end: a bar if all clips have one tempo, else a second. */
    gridSeconds: z.number().positive(),
    bytes: z.int().positive(),
    loudnessLufs: z.number(),
  }),
  rules: judgingRulesSchema,
})
export type JudgingSession = z.infer<typeof judgingSessionSchema>

export const anchorKinds = ['shuffled', 'detuned', 'unison', 'spam'] as const
export type AnchorKind = (typeof anchorKinds)[number]

const clipSchema = z.strictObject({
  /** File name without ending, and nothing else. */
  name: opaqueSchema,
  /** What it was cut from; of an anchor, what it was made of. */
  entry: z.string(),
  /** Which clip of the entry, from 0: an anchor shares it with the clip that it was made of. */
  part: z.int().min(0),
  anchor: z.enum(anchorKinds).nullable(),
  /** Its folder, absolute; as it was given in sessions of old. */
  run: z.string(),
  /** Of the run's record.jsonl as it was when the clip was cut; sessions of old have none. */
  recordSha256: sha256Schema.optional(),
  startSeconds: z.number().min(0),
  gainDecibels: z.number(),
  loudnessLufs: z.number(),
  truePeakDbtp: z.number(),
  sha256: sha256Schema,
})
export type Clip = z.infer<typeof clipSchema>

export const trialKinds = ['training', 'main', 'repeat', 'same', 'anchor', 'abx'] as const
export type TrialKind = (typeof trialKinds)[number]

/** One pair shown to one judge. */
const trialSchema = z.strictObject({
  kind: z.enum(trialKinds),
  round: z.int().min(0),
  /** Places in the key's list of clips. */
  a: z.int().min(0),
  b: z.int().min(0),
  /** Of a repeat: which trial it repeats, sides swapped. */
  of: z.int().min(0).nullable(),
  /** What the two sounds are called in this trial and nowhere else. */
  names: z.strictObject({ a: opaqueSchema, b: opaqueSchema }),
  /** Of an ABX trial: which of the two X is, and what it is called. */
  x: z.strictObject({ is: z.enum(['a', 'b']), name: opaqueSchema }).optional(),
})
export type Trial = z.infer<typeof trialSchema>

const judgeSchema = z.strictObject({
  judge: judgeNameSchema,
  /** Persons make the ranking; machines and measures stand beside it. */
  kind: z.enum(['person', 'machine', 'measure']),
  /** SHA-256 of the judge's token; null: no link. */
  tokenHash: sha256Schema.nullable(),
  trials: z.array(trialSchema),
})
export type Judge = z.infer<typeof judgeSchema>

export const judgingKeySchema = z.strictObject({
  version: versionSchema,
  session: opaqueSchema,
  organiserTokenHash: sha256Schema,
  /** What is ranked: a run, or runs of one plan. */
  entries: z.array(z.strictObject({ entry: z.string(), label: z.string(), runs: z.array(z.string()) })).min(2),
  clips: z.array(clipSchema).min(2),
  judges: z.array(judgeSchema).min(1),
  /** Anchors that could not be made, with the reason. */
  missingAnchors: z.partialRecord(z.enum(anchorKinds), z.string()),
})
export type JudgingKey = z.infer<typeof judgingKeySchema>
