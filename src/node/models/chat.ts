// Chat completions as a stream of answer events.
import type OpenAI from 'openai'
import { z } from 'zod'
import type { AnswerEvent } from './answer.ts'
import type { Wishes } from './parameters.ts'
import type { ServerToken } from './server-tokens.ts'

export interface Said {
  readonly role: 'user' | 'assistant'
  readonly content: string
  /** Heard after the text, each after its label: only here, not under Responses. */
  readonly sounds?: readonly { readonly label: string; readonly wavBase64: string }[]
}

export interface Question {
  readonly model: string
  readonly system: string
  readonly said: readonly Said[]
  readonly seed: number
  readonly temperature: number | null
  readonly answerTokens: number
  readonly alternatives: number
}

type ChatRequest = OpenAI.Chat.Completions.ChatCompletionCreateParamsStreaming
type ChatChunk = OpenAI.Chat.Completions.ChatCompletionChunk

export function chatRequest(question: Question, wishes: Wishes): ChatRequest {
  const { model, system, said, seed, temperature, answerTokens, alternatives } = question
  return {
    model,
    messages: [{ role: 'system', content: system }, ...said.map(messageOf)],
    stream: true,
    ...(wishes.has('stream_options') ? { stream_options: { include_usage: true } } : {}),
    ...(wishes.has('logprobs') ? { logprobs: true, top_logprobs: alternatives } : {}),
    ...(wishes.has('seed') ? { seed } : {}),
    ...(wishes.has('temperature') && temperature !== null ? { temperature } : {}),
    ...(wishes.has('limit') ? { [wishes.limitName()]: answerTokens } : {}),
  }
}

function messageOf({ role, content, sounds = [] }: Said): OpenAI.Chat.Completions.ChatCompletionMessageParam {
  if (role === 'assistant' || sounds.length === 0) return { role, content }
  const heard = sounds.flatMap(({ label, wavBase64 }) => [
    { type: 'text' as const, text: label },
    { type: 'input_audio' as const, input_audio: { data: wavBase64, format: 'wav' as const } },
  ])
  return { role, content: [{ type: 'text', text: content }, ...heard] }
}

/** Servers leave out what the interface promises, so nothing is taken for granted. */
export async function* chatEvents(stream: AsyncIterable<Partial<ChatChunk> | null>): AsyncGenerator<AnswerEvent> {
  let model: string | undefined
  for await (const chunk of stream) {
    const { model: named, choices, usage } = chunk ?? {}
    if (typeof named === 'string' && named !== model) {
      model = named
      yield { kind: 'model', model: named }
    }
    const choice = choices?.[0]
    if (typeof choice?.delta?.refusal === 'string' && choice.delta.refusal !== '')
      yield { kind: 'refusal', text: choice.delta.refusal }
    const text = typeof choice?.delta?.content === 'string' ? choice.delta.content : ''
    const tokens = readTokens(choice?.logprobs?.content)
    if (text !== '' || tokens !== null) yield { kind: 'text', text, tokens }
    if (typeof choice?.finish_reason === 'string') yield { kind: 'finish', reason: choice.finish_reason }
    if (usage)
      yield { kind: 'usage', promptTokens: count(usage.prompt_tokens), answerTokens: count(usage.completion_tokens) }
  }
}

const likelihoodSchema = z.object({ token: z.string(), logprob: z.number().nullable().catch(null) })
const tokensSchema = z.array(
  likelihoodSchema.extend({
    bytes: z.array(z.int().min(0).max(255)).nullish().catch(null),
    top_logprobs: z.array(likelihoodSchema).nullish().catch(null),
  }),
)

/** null: none, or none that can be read; then the text counts alone. */
export function readTokens(value: unknown): ServerToken[] | null {
  const tokens = tokensSchema.safeParse(value).data ?? []
  if (tokens.length === 0) return null
  return tokens.map(({ token, logprob, bytes, top_logprobs: top }) => ({ token, logprob, bytes, top: top ?? [] }))
}

export function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}
