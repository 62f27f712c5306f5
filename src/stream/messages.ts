// One message of a chat as people's tools write it -> a turn. Shapes of OpenAI's Chat Completions and Responses, of OpenTelemetry's
// gen_ai messages (`parts`) and of Inspect (`content` with reasoning, calls with `function` as a name).
// What is said is speech, tool calls are `action`, tool results `quoted`. Instructions and reasoning are not spoken.
import { z } from 'zod'
import { explain } from '../record/index.ts'
import type { Complaints } from './complaints.ts'
import { objectOf, unwrapJson } from './json.ts'
import { checkWords, cleanText, cutLong, cutTokens, type HeardToken, longestToken, roleOfWord } from './tokens.ts'
import type { TranscriptTurn } from './transcript.ts'

export const logprobsSchema = z.looseObject({
  content: z.array(z.looseObject({ token: z.string(), logprob: z.number() })).nullish(),
})

const partSchema = z.looseObject({
  type: z.string().default('text'),
  text: z.string().nullish(),
  content: z.unknown().optional(),
  refusal: z.string().nullish(),
  name: z.string().nullish(),
  arguments: z.unknown().optional(),
  response: z.unknown().optional(),
  result: z.unknown().optional(),
})
type Part = z.infer<typeof partSchema>

const callSchema = z.looseObject({
  function: z.union([z.looseObject({ name: z.string(), arguments: z.unknown() }), z.string()]).nullish(),
  name: z.string().nullish(),
  arguments: z.unknown().optional(),
})

const messageSchema = z.looseObject({
  role: z.string().nullish(),
  name: z.string().nullish(),
  /** AutoGen's and others' word for who speaks. */
  source: z.string().nullish(),
  model: z.string().nullish(),
  content: z.union([z.string(), z.array(z.union([z.string(), partSchema]))]).nullish(),
  parts: z.array(partSchema).nullish(),
  refusal: z.string().nullish(),
  tool_calls: z.array(callSchema).nullish(),
  logprobs: logprobsSchema.nullish(),
})
type Message = z.infer<typeof messageSchema>

export interface MessageSettings {
  /** "message 3": named in complaints. */
  readonly where: string
  readonly complaints: Complaints
  /** Called so unless the message names its speaker. */
  readonly speaker?: string
  readonly startSeconds?: number
}

const knownRoles = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function'])

/** Servers write -9999 for a token outside their list; -30 nats (43 bits) is as rare as anything is heard to be. */
const rarest = -30
export const boundLogprob = (logprob: number) => Math.max(rarest, Math.min(0, logprob))

/** Null for what is not spoken (instructions) and for what is no message, which is complained of. */
export function readMessage(value: unknown, settings: MessageSettings): TranscriptTurn | null {
  const { where, complaints } = settings
  const parsed = messageSchema.safeParse(value)
  if (!parsed.success) {
    const fault = `${where}: ${explain(parsed.error)}. Expected a message with role and content.`
    complaints.add('bad-message', fault, 'Left out.')
    return null
  }
  const message = parsed.data
  if (message.role === 'system' || message.role === 'developer') return null
  const speaker = cleanText(speakerOf(message, settings), where, complaints).trim() || 'unknown'
  const scored = readScored(message.logprobs, where, complaints)
  const tokens = [...(scored ?? saidBy(message, settings)), ...callsOf(message, settings)]
  const { startSeconds } = settings
  return startSeconds === undefined ? { speaker, tokens } : { speaker, tokens, startSeconds }
}

function speakerOf(message: Message, { where, complaints, speaker }: MessageSettings): string {
  const { role, name, model, source } = message
  if (name) return name
  if (role === 'assistant') return speaker ?? model ?? role
  if (role && knownRoles.has(role)) return role
  const called = source ?? role
  if (called) {
    if (!source)
      complaints.add(
        'unknown-role',
        `${where}: expected a role among ${[...knownRoles].join(', ')}, got ${JSON.stringify(called.slice(0, 60))}.`,
        'Heard as a speaker of that name.',
      )
    return called
  }
  complaints.add(
    'no-speaker',
    `${where}: expected a message with a role or a name, got neither.`,
    'Heard as "unknown".',
  )
  return 'unknown'
}

/** Tokens with their probabilities; null when the message carries none. */
export function readScored(
  logprobs: z.infer<typeof logprobsSchema> | null | undefined,
  where: string,
  complaints: Complaints,
): HeardToken[] | null {
  if (!logprobs?.content || logprobs.content.length === 0) return null
  return logprobs.content.flatMap(({ token, logprob }) => {
    const [first, ...rest] = packetTokens(cleanText(token, where, complaints), where, complaints)
    return first === undefined ? [] : [{ ...first, logprob: boundLogprob(logprob) }, ...rest]
  })
}

/** A packet of a stream as a token of its own, cut only where it is longer than any token. */
export function packetTokens(
  text: string,
  where: string,
  complaints: Complaints,
  role: HeardToken['role'] | null = null,
): HeardToken[] {
  if (text === '') return []
  checkWords(text, where, complaints)
  const pieces = text.length <= longestToken ? [text] : cutLong(text)
  return pieces.map((piece) => ({ text: piece, role: role ?? roleOfWord(piece) }))
}

function saidBy(message: Message, { where, complaints }: MessageSettings): HeardToken[] {
  const quoted = message.role === 'tool' || message.role === 'function'
  const said = [...wordsOf(message), message.refusal ?? ''].filter((text) => text !== '').join('\n')
  const clean = cleanText(said, where, complaints)
  checkWords(clean, where, complaints)
  const spoken = cutTokens(clean)
  return quoted ? spoken.map((token) => ({ ...token, role: 'quoted' as const })) : spoken
}

function wordsOf({ content, parts }: Message): string[] {
  if (typeof content === 'string') return [content]
  return [...(content ?? []), ...(parts ?? [])].map((part) => {
    if (typeof part === 'string') return part
    const isText = /^(?:input_|output_)?text$/.test(part.type) || part.type === 'refusal'
    return isText ? (part.text ?? part.refusal ?? (typeof part.content === 'string' ? part.content : '')) : ''
  })
}

/** Tool calls as actions, tool results among the parts as quotes. */
function callsOf(message: Message, { where, complaints }: MessageSettings): HeardToken[] {
  const made = (message.tool_calls ?? []).map((call) => {
    const { name, arguments: input } = typeof call.function === 'object' && call.function ? call.function : call
    return spellCall(typeof call.function === 'string' ? call.function : (name ?? ''), input)
  })
  const parts = [...(typeof message.content === 'string' ? [] : (message.content ?? [])), ...(message.parts ?? [])]
  const known = parts.filter((part): part is Part => typeof part !== 'string')
  const calls = known.filter(({ type }) => /^(?:server_)?tool_call$|^tool_use$|^function_call$/.test(type))
  const results = known.filter(({ type }) => /^tool_(?:call_response|result)$|^function_call_output$/.test(type))
  const actions = [...made, ...calls.map((part) => spellCall(part.name ?? '', part.arguments))]
  return [
    ...cutAs('action', actions.join(''), where, complaints),
    ...cutAs(
      'quoted',
      results.map((part) => `\n${spell(part.response ?? part.result ?? part.content)}`).join(''),
      where,
      complaints,
    ),
  ]
}

function cutAs(role: 'action' | 'quoted', text: string, where: string, complaints: Complaints): HeardToken[] {
  return cutTokens(cleanText(text, where, complaints)).map((token) => ({ ...token, role }))
}

const spellCall = (name: string, input: unknown) => `\n${name} ${spell(input)}`

/** Text as it is, anything else as JSON, a rest where it is nested too deeply for that. */
export function spell(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  try {
    return JSON.stringify(value)
  } catch {
    // Deeper than the stack; nothing that anybody wrote.
    return '…'
  }
}

/** Items of the Responses API as messages: calls and their outputs are items of their own there. */
export function messageOfItem(value: unknown): unknown {
  const item = objectOf(value)
  switch (item?.['type']) {
    case 'function_call':
      return { role: 'assistant', tool_calls: [{ name: item['name'], arguments: item['arguments'] }] }
    case 'function_call_output':
      return { role: 'tool', content: spell(item['output']) }
    case 'reasoning':
      return { role: 'assistant', content: null }
    default:
      return value
  }
}

/** The messages in a value: a list, a request or an answer (`messages`, `choices`, `input`, `output`); null when it is none of these. */
export function listMessages(value: unknown): unknown[] | null {
  const unwrapped = unwrapJson(value)
  if (Array.isArray(unwrapped)) return unwrapped.map(messageOfItem)
  const holder = objectOf(unwrapped)
  if (holder === null) return null
  const { messages, choices, input, output } = holder
  const asked = Array.isArray(messages) ? messages : Array.isArray(input) ? input.map(messageOfItem) : []
  const prompt = typeof input === 'string' ? [{ role: 'user', content: input }] : []
  const answered = (Array.isArray(choices) ? choices : []).flatMap((choice) => {
    const { message, logprobs } = objectOf(choice) ?? {}
    const said = objectOf(message)
    return said === null ? [] : [{ logprobs, ...(holder['model'] ? { model: holder['model'] } : {}), ...said }]
  })
  const items = Array.isArray(output) ? output.map((item) => withModel(messageOfItem(item), holder['model'])) : []
  const all = [...asked, ...prompt, ...answered, ...items]
  const known = [messages, choices, input, output].some((part) => part !== undefined)
  return known ? all : null
}

function withModel(message: unknown, model: unknown): unknown {
  const said = objectOf(message)
  return said === null || typeof model !== 'string' ? message : { model, ...said }
}
