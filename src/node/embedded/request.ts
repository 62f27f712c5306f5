// What a client may ask of the embedded model: the parts of OpenAI's two request bodies that mean something to an n-gram model. Options
// that would change the answer and are not known here are refused; all others are passed over.
import { z } from 'zod'
import type { EmbeddedModel } from './embedded-model.ts'

const textPart = z.looseObject({ text: z.string().optional() })
const content = z.union([z.string(), z.array(textPart), z.null()]).optional()
const message = z.looseObject({ role: z.string(), content })
const neutral = (value: number) => z.literal(value).nullish()
const shared = {
  model: z.string(),
  temperature: z.number().min(0).max(2).nullish(),
  seed: z.int().nullish(),
  stream: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  top_p: neutral(1),
}

export const chatSchema = z.looseObject({
  ...shared,
  messages: z.array(message).min(1),
  logprobs: z.boolean().nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: neutral(1),
  frequency_penalty: neutral(0),
  presence_penalty: neutral(0),
})

export const responsesSchema = z.looseObject({
  ...shared,
  input: z.union([z.string(), z.array(z.looseObject({ role: z.string().optional(), content })).min(1)]),
  instructions: z.string().nullish(),
  max_output_tokens: z.int().min(1).nullish(),
  include: z.array(z.string()).nullish(),
})

/** One utterance of the conversation so far. */
export interface Said {
  readonly role: string
  readonly text: string
}

/** A request of either kind, as the model takes it. */
export interface Asked {
  readonly model: string
  readonly said: readonly Said[]
  readonly temperature: number
  readonly seed: number
  readonly mostTokens: number
  readonly stops: readonly string[]
  readonly withLogprobs: boolean
  readonly alternatives: number
}

/** Without a limit of the client's an answer ends here at the latest: it has said enough for two slots. */
export const usualMostTokens = 256
const usualTemperature = 1

export function askedByChat(body: z.infer<typeof chatSchema>): Asked {
  const stop = body.stop ?? []
  return {
    ...sharedOf(body),
    said: body.messages.map(({ role, content: parts }) => ({ role, text: textOf(parts) })),
    mostTokens: body.max_completion_tokens ?? body.max_tokens ?? usualMostTokens,
    stops: (typeof stop === 'string' ? [stop] : stop).filter((sign) => sign !== ''),
    withLogprobs: body.logprobs === true,
    alternatives: body.logprobs === true ? (body.top_logprobs ?? 0) : 0,
  }
}

export function askedByResponses(body: z.infer<typeof responsesSchema>): Asked {
  const items = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input
  const said = items.map(({ role, content: parts }) => ({ role: role ?? 'user', text: textOf(parts) }))
  const withLogprobs = body.include?.includes('message.output_text.logprobs') === true
  return {
    ...sharedOf(body),
    said: body.instructions == null ? said : [{ role: 'system', text: body.instructions }, ...said],
    mostTokens: body.max_output_tokens ?? usualMostTokens,
    stops: [],
    withLogprobs,
    alternatives: withLogprobs ? (body.top_logprobs ?? 0) : 0,
  }
}

function sharedOf(body: { model: string; temperature?: number | null | undefined; seed?: number | null | undefined }) {
  return { model: body.model, temperature: body.temperature ?? usualTemperature, seed: body.seed ?? 0 }
}

function textOf(parts: z.infer<typeof content>): string {
  if (typeof parts === 'string') return parts
  return (parts ?? []).map(({ text }) => text ?? '').join('')
}

/** `hocket-ngram`, `hocket-ngram:PERSONA` or `hocket-ngram:PERSONA+OTHER@OVERLAP`. */
export interface ModelName {
  readonly persona: string | null
  readonly other: string | null
  readonly overlap: number
}

export const baseName = 'hocket-ngram'

/** null when it is not a model of ours. */
export function readModelName(name: string, { personas }: EmbeddedModel): ModelName | null {
  if (name === baseName) return { persona: null, other: null, overlap: 0 }
  const found = /^hocket-ngram:([\w-]+)(?:\+([\w-]+)@(0|1|0?\.\d+))?$/.exec(name)
  if (found === null) return null
  const [, persona = '', other] = found
  if (!personas.includes(persona) || (other !== undefined && !personas.includes(other))) return null
  return { persona, other: other ?? null, overlap: Number(found[3] ?? 0) }
}
