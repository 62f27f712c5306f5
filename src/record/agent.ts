// Who plays: an agent's name, its mask, and what sits at its deck.
import { z } from 'zod'
import { maskSchema } from './mask.ts'

export const agentNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
const name = z.string().min(1).max(80)

export const policySchema = z.enum([
  'silent',
  'selfish',
  'random',
  'alternate',
  'copycat',
  'one-hit',
  'yes-spammer',
  'drone',
  'metronome',
  'listen',
  'listen-yield',
  'score-seeker',
  'tonal-emergence',
])
export type Policy = z.infer<typeof policySchema>

/** A model behind an OpenAI-compatible server, and how it is asked. Keys are no part of it. */
export const serverSpecSchema = z.strictObject({
  kind: z.literal('server'),
  /** Chat completions, or Responses. */
  api: z.enum(['chat', 'responses']),
  model: z.string().min(1).max(200),
  /** Without user, password, query or fragment. */
  url: z.string().max(500),
  /** null: the server's own. */
  temperature: z.number().min(0).max(2).nullable(),
  /** Most tokens asked for in one answer. */
  answerTokens: z.int().min(1),
  /** The longest that a turn waits for its answer. */
  timeoutSeconds: z.number().positive(),
  /** `wall`: tokens sound when they came; `world`: only their order counts. */
  clock: z.enum(['world', 'wall']),
})
export type ServerSpec = z.infer<typeof serverSpecSchema>

/** The embedded n-gram model speaks, a scripted policy moves the deck. */
export const embeddedSpecSchema = z.strictObject({
  kind: z.literal('embedded'),
  policy: policySchema,
  /** `hocket-ngram`, `hocket-ngram:PERSONA` or `hocket-ngram:PERSONA+OTHER@OVERLAP`. */
  model: z.string().min(1).max(200),
  temperature: z.number().min(0).max(2),
  /** Most tokens said in one slot. */
  answerTokens: z.int().min(1),
})
export type EmbeddedSpec = z.infer<typeof embeddedSpecSchema>

/** An agent of a run that is over: it does and says again what it did then, and hears nothing. */
export const ghostSpecSchema = z.strictObject({
  kind: z.literal('ghost'),
  /** SHA-256 of that run's record. */
  from: z.string(),
  /** The seed that dealt the crates then, and deals them now. */
  seed: z.int().min(0),
  was: z.enum(['scripted', 'server', 'embedded']),
})

/** Who sits at the deck. */
export const djSpecSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('scripted'), policy: policySchema }),
  serverSpecSchema,
  embeddedSpecSchema,
  z.strictObject({ kind: z.literal('imported'), from: z.string() }),
  ghostSpecSchema,
])
export type DjSpec = z.infer<typeof djSpecSchema>

export const agentSchema = z.strictObject({
  agent: agentNameSchema,
  title: name,
  dj: djSpecSchema,
  mask: maskSchema.nullable(),
})
export type Agent = z.infer<typeof agentSchema>
