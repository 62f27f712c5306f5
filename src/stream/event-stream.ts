// Captured streams of OpenAI-compatible servers (server-sent events, WHATWG HTML 9.2): `chat.completion.chunk` and the events of the
// Responses API. One file may hold several, one after the other or mixed; an answer is a turn, a packet a token, or the tokens that its
// log-probabilities name. Answers are told apart by model; `created` is when a turn began, the packets' own times are not in the capture.
import { z } from 'zod'
import type { Complaints } from './complaints.ts'
import { linesOf, objectOf } from './json.ts'
import { listMessages, logprobsSchema, packetTokens, readMessage, readScored } from './messages.ts'
import { cleanText, type HeardToken } from './tokens.ts'
import { appendAll, makeTranscript, type Transcript } from './transcript.ts'

const functionSchema = z.looseObject({ name: z.string().nullish(), arguments: z.string().nullish() })
const chunkSchema = z.looseObject({
  id: z.string().nullish(),
  model: z.string().nullish(),
  created: z.number().nullish(),
  choices: z.array(
    z.looseObject({
      index: z.number().default(0),
      delta: z
        .looseObject({
          content: z.string().nullish(),
          refusal: z.string().nullish(),
          tool_calls: z.array(z.looseObject({ function: functionSchema.nullish() })).nullish(),
        })
        .nullish(),
      logprobs: logprobsSchema.nullish(),
    }),
  ),
})

const responseSchema = z.looseObject({
  id: z.string().nullish(),
  model: z.string().nullish(),
  created_at: z.number().nullish(),
  output: z.unknown().optional(),
})

const eventSchema = z.looseObject({
  type: z.string(),
  response: responseSchema.nullish(),
  delta: z.string().nullish(),
  item: z.looseObject({ type: z.string().nullish(), name: z.string().nullish() }).nullish(),
  logprobs: z.array(z.looseObject({ token: z.string(), logprob: z.number() })).nullish(),
})
type ResponseEvent = z.infer<typeof eventSchema>

interface OpenTurn {
  speaker: string
  startSeconds?: number
  readonly tokens: HeardToken[]
}

interface Capture {
  readonly turns: OpenTurn[]
  readonly byId: Map<string, OpenTurn>
  /** The answer of the Responses API that is going on. */
  current: OpenTurn | null
  readonly complaints: Complaints
}

export function looksEventStream(text: string): boolean {
  const first = /^(?:[ \t]*\r?\n|:[^\n]*\n)*([^\n]*)/.exec(text)?.[1] ?? ''
  return /^(?:data:\s*(?:\{|\[DONE\])|event:\s*\S)/.test(first)
}

/** One event without `data:`, as some tools store them a line. */
export function looksStreamEvent(value: unknown): boolean {
  const event = objectOf(value)
  return event?.['object'] === 'chat.completion.chunk' || /^response\./.test(String(event?.['type'] ?? ''))
}

/** Throws InputError with a line number when strict, or when nobody says anything. */
export function readEventStream(text: string, complaints: Complaints): Transcript {
  const capture: Capture = { turns: [], byId: new Map(), current: null, complaints }
  for (const { line, data } of dataOf(text)) {
    if (data === '[DONE]') continue
    try {
      readEvent(JSON.parse(data), line, capture)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      complaints.add('not-json', `line ${line}: expected JSON behind "data:" (${error.message}).`, 'Left out.')
    }
  }
  return makeTranscript('openai-stream', capture.turns, complaints)
}

/** What one event, or one whole answer, adds. */
export interface AddedTokens {
  /** Which of the answer's turns (choices), from 0. */
  readonly turn: number
  readonly speaker: string
  readonly tokens: readonly HeardToken[]
}

export interface AnswerReader {
  /** One event of a stream, parsed. */
  readEvent(value: unknown): AddedTokens[]
  /** An answer that came in one piece. */
  readWhole(value: unknown): AddedTokens[]
}

/** One answer of a server as it comes, with the same reading as a capture's. */
export function createAnswerReader(complaints: Complaints): AnswerReader {
  const capture: Capture = { turns: [], byId: new Map(), current: null, complaints }
  const told: number[] = []
  const added = () =>
    capture.turns.flatMap(({ speaker, tokens }, turn) => {
      const fresh = tokens.slice(told[turn] ?? 0)
      told[turn] = tokens.length
      return fresh.length === 0 ? [] : [{ turn, speaker, tokens: fresh }]
    })
  return {
    readEvent(value) {
      readEvent(value, 1, capture)
      return added()
    },
    readWhole(value) {
      readWhole(value, capture)
      return added()
    },
  }
}

/** An answer that was not streamed: a turn for each of its choices or items. */
function readWhole(value: unknown, { turns, complaints }: Capture): void {
  const { choices, output, model } = objectOf(value) ?? {}
  for (const message of listMessages({ choices, output, model }) ?? []) {
    const read = readMessage(message, { where: 'answer', complaints })
    if (read !== null) turns.push({ speaker: read.speaker, tokens: [...read.tokens] })
  }
}

/** The data of each event: lines `data:` up to an empty one belong together; lines of bare JSON are events too. */
function* dataOf(text: string): Generator<{ line: number; data: string }> {
  let gathered: string[] = []
  let start = 0
  for (const { line, text: one } of linesOf(text)) {
    const data = /^data:\s?(.*)$/.exec(one)?.[1]
    if (data !== undefined) {
      if (gathered.length === 0) start = line
      gathered.push(data)
    } else if (gathered.length > 0) {
      yield { line: start, data: gathered.join('\n').trim() }
      gathered = []
    }
    if (/^\s*\{/.test(one)) yield { line, data: one }
  }
  if (gathered.length > 0) yield { line: start, data: gathered.join('\n').trim() }
}

function readEvent(value: unknown, line: number, capture: Capture): void {
  const chunk = chunkSchema.safeParse(value)
  if (chunk.success) {
    readChunk(chunk.data, line, capture)
    return
  }
  const event = eventSchema.safeParse(value)
  if (event.success) {
    readResponseEvent(event.data, line, capture)
    return
  }
  const error = objectOf(objectOf(value)?.['error'])
  const got = error === null ? 'something else' : `an error (${String(error['message'] ?? error['code'])})`
  capture.complaints.add(
    'bad-event',
    `line ${line}: expected a chunk or an event of an answer, got ${got}.`,
    'Left out.',
  )
}

function readChunk({ id, model, created, choices }: z.infer<typeof chunkSchema>, line: number, capture: Capture): void {
  const where = `line ${line}`
  for (const { index, delta, logprobs } of choices) {
    const turn = turnOf(capture, `${id ?? ''} ${index}`, model ?? null, created ?? null)
    const said = cleanText(`${delta?.content ?? ''}${delta?.refusal ?? ''}`, where, capture.complaints)
    appendAll(
      turn.tokens,
      readScored(logprobs, where, capture.complaints) ?? packetTokens(said, where, capture.complaints),
    )
    for (const { function: call } of delta?.tool_calls ?? []) {
      const text = `${call?.name ? `\n${call.name} ` : ''}${call?.arguments ?? ''}`
      appendAll(
        turn.tokens,
        packetTokens(cleanText(text, where, capture.complaints), where, capture.complaints, 'action'),
      )
    }
  }
}

function turnOf(capture: Capture, id: string, model: string | null, created: number | null): OpenTurn {
  const known = capture.byId.get(id)
  if (known !== undefined) return known
  const turn: OpenTurn = { speaker: cleanText(model ?? '', 'model', capture.complaints) || 'assistant', tokens: [] }
  if (created !== null && created > 0) turn.startSeconds = created
  capture.byId.set(id, turn)
  capture.turns.push(turn)
  return turn
}

function readResponseEvent(event: ResponseEvent, line: number, capture: Capture): void {
  const { type, response, item, logprobs } = event
  const where = `line ${line}`
  if (response) {
    const { id, model, created_at: created } = response
    capture.current = turnOf(capture, id ?? `response ${capture.turns.length}`, model ?? null, created ?? null)
    if (/^response\.(?:completed|incomplete|done)$/.test(type)) readFinal(response, where, capture)
    return
  }
  const turn = capture.current ?? turnOf(capture, 'response', null, null)
  capture.current = turn
  const delta = cleanText(event.delta ?? '', where, capture.complaints)
  if (type === 'response.output_text.delta' || type === 'response.refusal.delta')
    appendAll(
      turn.tokens,
      readScored({ content: logprobs }, where, capture.complaints) ?? packetTokens(delta, where, capture.complaints),
    )
  else if (type === 'response.function_call_arguments.delta')
    appendAll(turn.tokens, packetTokens(delta, where, capture.complaints, 'action'))
  else if (type === 'response.output_item.added' && item?.type === 'function_call')
    appendAll(
      turn.tokens,
      packetTokens(cleanText(`\n${item.name ?? ''} `, where, capture.complaints), where, capture.complaints, 'action'),
    )
}

/** A capture that begins late has only the whole answer. */
function readFinal(response: z.infer<typeof responseSchema>, where: string, { current, complaints }: Capture): void {
  if (current === null || current.tokens.length > 0) return
  for (const message of listMessages({ output: response.output }) ?? [])
    appendAll(current.tokens, readMessage(message, { where, complaints })?.tokens ?? [])
}
