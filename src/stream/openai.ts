// OpenAI chat completions: an array of messages, or an object with `messages` (a request) and perhaps `choices` (its response).
// Speakers are told apart by `name`, else by role. System and developer messages are instructions and not spoken; tool results are `quoted`,
// tool calls `action`. Token probabilities are taken where the response carries them.
import { z } from 'zod'
import { explain, InputError } from '../record/index.ts'
import { cutTokens, type HeardToken, makeTranscript, type Transcript, type TranscriptTurn } from './transcript.ts'

const logprobsSchema = z.looseObject({
  content: z.array(z.looseObject({ token: z.string(), logprob: z.number() })).nullish(),
})
const partSchema = z.looseObject({ type: z.string(), text: z.string().optional() })
const callSchema = z.looseObject({
  function: z.looseObject({ name: z.string(), arguments: z.string().optional() }).optional(),
})
const messageSchema = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  name: z.string().min(1).nullish(),
  content: z.union([z.string(), z.array(partSchema)]).nullish(),
  tool_calls: z.array(callSchema).nullish(),
  logprobs: logprobsSchema.nullish(),
})
type Message = z.infer<typeof messageSchema>

const choiceSchema = z.looseObject({ message: z.unknown(), logprobs: logprobsSchema.nullish() })

/** Servers write -9999 for a token outside their list; -30 nats (43 bits) is as rare as anything is heard to be. */
const rarest = -30

/** Throws InputError naming the line of bad JSON or the message that is not one. */
export function readOpenAi(text: string): Transcript {
  const messages = listMessages(parseJson(text)).map((value, i) => {
    const parsed = messageSchema.safeParse(value)
    if (parsed.success) return parsed.data
    throw new InputError(
      'bad-message',
      `message ${i + 1}: ${explain(parsed.error)}. Expected chat-completions messages with role and content.`,
    )
  })
  return makeTranscript('openai-chat', messages.flatMap(readMessage))
}

function listMessages(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  const { messages, choices } = (value ?? {}) as { messages?: unknown; choices?: unknown }
  const asked: unknown[] = Array.isArray(messages) ? messages : []
  const parsed = z.array(choiceSchema).safeParse(choices)
  const answered = (parsed.data ?? []).map(({ message, logprobs }) => ({ logprobs, ...(message as object | null) }))
  if (asked.length + answered.length > 0) return [...asked, ...answered]
  throw new InputError(
    'no-messages',
    'transcript: expected an array of messages or an object with "messages", got neither. Export the chat as OpenAI messages.',
  )
}

function readMessage(message: Message): TranscriptTurn[] {
  if (message.role === 'system' || message.role === 'developer') return []
  const said = readContent(message)
  const calls = (message.tool_calls ?? []).flatMap(({ function: call }) =>
    cutTokens(call === undefined ? '' : `\n${call.name} ${call.arguments ?? ''}`).map((token) => ({
      ...token,
      role: 'action' as const,
    })),
  )
  const heard =
    message.role === 'tool' || message.role === 'function'
      ? said.map((token) => ({ ...token, role: 'quoted' as const }))
      : said
  return [{ speaker: message.name ?? message.role, tokens: [...heard, ...calls] }]
}

function readContent({ content, logprobs }: Message): HeardToken[] {
  const scored = logprobs?.content
  if (scored && scored.length > 0)
    return scored.map(({ token, logprob }) => ({
      text: token,
      role: /^[^\p{L}]*\p{N}/u.test(token) ? 'number' : 'speech',
      logprob: Math.max(rarest, Math.min(0, logprob)),
    }))
  if (typeof content === 'string') return cutTokens(content)
  return cutTokens((content ?? []).map((part) => part.text ?? '').join('\n'))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    const line = text.slice(0, faultPosition(text, message)).split('\n').length
    throw new InputError('not-json', `line ${line}: expected JSON, got something else (${message}). Is the file whole?`)
  }
}

/** Engines say where JSON broke as "position 12" or by quoting ten characters before and after it; else the end is meant. */
function faultPosition(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  const quoted = /(\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not valid JSON/.exec(message)
  const found = text.indexOf(quoted?.[2] ?? '')
  if (quoted === null || found < 0) return text.length
  return found + (quoted[1] === undefined ? 0 : 10)
}
