// Traces of agents -> turns. OpenTelemetry's GenAI conventions: `gen_ai.output.messages` (a list, or JSON in a string) on the span or on
// its event `gen_ai.client.inference.operation.details`; before 1.37 events `gen_ai.choice`, `gen_ai.assistant.message`,
// `gen_ai.content.completion`; OpenLLMetry's `gen_ai.completion.0.content`. OpenInference: `llm.output_messages.0.message.*`.
// An answer is heard when its span ends, what was asked when it begins; what somebody in the trace has said already is not said twice.
import type { Complaints } from './complaints.ts'
import { readJson, readJsonLines, unwrapJson } from './json.ts'
import { readMessage } from './messages.ts'
import { collectSpans, type Span, type SpanEvent } from './spans.ts'
import { makeTranscript, type Transcript, type TranscriptTurn } from './transcript.ts'

/** Throws InputError when no span holds what was said. */
export function readTraces(text: string, shape: 'whole' | 'lines', complaints: Complaints): Transcript {
  const spans =
    shape === 'whole'
      ? collectSpans(readJson(text, complaints), 'span 1')
      : [...readJsonLines(text, complaints)].flatMap(({ line, value }) => readLine(value, line, complaints))
  const inference = spans.some(({ attributes }) =>
    [...attributes.keys()].some((key) => /^llm\.|^openinference\./.test(key)),
  )
  return makeTranscript(inference ? 'openinference' : 'opentelemetry', turnsOf(spans, complaints), complaints)
}

function readLine(value: unknown, line: number, complaints: Complaints): Span[] {
  const found = collectSpans(value, `line ${line}`)
  if (found.length === 0)
    complaints.add('bad-line', `line ${line}: expected a span or an export of spans.`, 'Left out.')
  return found.map((span) => ({ ...span, where: `line ${line}` }))
}

interface SpanMessages {
  readonly asked: readonly unknown[]
  readonly answered: readonly unknown[]
}

function turnsOf(spans: readonly Span[], complaints: Complaints): TranscriptTurn[] {
  const byId = new Map(spans.map((span) => [span.id, span]))
  const said = new Map(spans.map((span) => [span, messagesOf(span)]))
  const summaries = findSummaries(spans, byId, said)
  const known = new Set<string>()
  const turns: { at: number; turn: TranscriptTurn }[] = []
  for (const span of inOrder(spans)) {
    if (summaries.has(span)) continue
    const { asked, answered } = said.get(span) as SpanMessages
    const speaker = speakerOf(span, byId)
    const add = (message: unknown, seconds: number | null, again: 'once' | 'always') => {
      const startSeconds = seconds === null ? {} : { startSeconds: seconds }
      const turn = readMessage(message, { where: span.where, complaints, speaker, ...startSeconds })
      const name = `${span.trace} ${turn?.tokens
        .map(({ text }) => text)
        .join('')
        .trim()}`
      if (turn === null || turn.tokens.length === 0 || (again === 'once' && known.has(name))) return
      known.add(name)
      turns.push({ at: seconds ?? 0, turn })
    }
    for (const message of asked) add(message, span.startSeconds, 'once')
    for (const message of answered) add(message, span.endSeconds ?? span.startSeconds, 'always')
  }
  return turns.sort((a, b) => a.at - b.at).map(({ turn }) => turn)
}

/** By start, so that what is asked later than it was said is known to be said. */
function inOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => (a.startSeconds ?? 0) - (b.startSeconds ?? 0))
}

/** Spans around others (an agent's, a chain's) repeat what those hold. */
function findSummaries(
  spans: readonly Span[],
  byId: ReadonlyMap<string, Span>,
  said: ReadonlyMap<Span, SpanMessages>,
): Set<Span> {
  const summaries = new Set<Span>()
  for (const span of spans) {
    if ((said.get(span)?.answered.length ?? 0) === 0) continue
    for (const above of ancestorsOf(span, byId)) summaries.add(above)
  }
  return summaries
}

function* ancestorsOf(span: Span, byId: ReadonlyMap<string, Span>): Generator<Span> {
  const seen = new Set([span])
  for (let above = byId.get(span.parent); above !== undefined && !seen.has(above); above = byId.get(above.parent)) {
    seen.add(above)
    yield above
  }
}

/** The agent's name on the span or on the nearest around it, else the model's. */
function speakerOf(span: Span, byId: ReadonlyMap<string, Span>): string {
  for (const one of [span, ...ancestorsOf(span, byId)]) {
    const isAgent = one.attributes.get('openinference.span.kind') === 'AGENT'
    const named = ['gen_ai.agent.name', 'agent.name', 'graph.node.name'].map((key) => one.attributes.get(key))
    const name = [...named, isAgent ? one.name : undefined].find((found) => typeof found === 'string' && found !== '')
    if (typeof name === 'string') return name
  }
  const models = ['gen_ai.response.model', 'gen_ai.request.model', 'llm.model_name'].map((key) =>
    span.attributes.get(key),
  )
  return (models.find((model) => typeof model === 'string' && model !== '') as string | undefined) ?? 'assistant'
}

function messagesOf(span: Span): SpanMessages {
  const holders = [span.attributes, ...span.events.map(({ attributes }) => attributes)]
  const listed = (key: string) => holders.flatMap((held) => asList(unwrapJson(held.get(key))))
  const asked = [
    ...listed('gen_ai.input.messages'),
    ...span.events.flatMap((event) =>
      messageOfEvent(event, ['gen_ai.user.message', 'gen_ai.tool.message', 'gen_ai.content.prompt']),
    ),
    ...indexedMessages(span.attributes, 'gen_ai.prompt'),
    ...indexedMessages(span.attributes, 'llm.input_messages'),
  ]
  const answered = [
    ...listed('gen_ai.output.messages'),
    ...span.events.flatMap((event) => messageOfEvent(event, ['gen_ai.choice', 'gen_ai.content.completion'])),
    ...indexedMessages(span.attributes, 'gen_ai.completion'),
    ...indexedMessages(span.attributes, 'llm.output_messages'),
  ]
  // What an assistant said earlier is asked with again; it is known where it was said.
  return { asked: asked.filter((message) => !isAssistant(message)), answered }
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])
const isAssistant = (message: unknown) => (message as { role?: unknown } | null)?.role === 'assistant'

/** An event of the older conventions; its body is attributes, or JSON in one of them. */
function messageOfEvent({ name, attributes }: SpanEvent, names: readonly string[]): unknown[] {
  if (!names.includes(name)) return []
  const role = /user|prompt/.test(name) ? 'user' : /tool/.test(name) ? 'tool' : 'assistant'
  for (const key of ['gen_ai.completion', 'gen_ai.prompt', 'message', 'gen_ai.event.content', 'body']) {
    const held = unwrapJson(attributes.get(key))
    if (held === undefined) continue
    const found = asList(held).map((one) => (one as { message?: unknown } | null)?.message ?? one)
    return found.map((one) => (typeof one === 'string' ? { role, content: one } : { role, ...(one as object | null) }))
  }
  const content = attributes.get('content') ?? attributes.get('message.content')
  const calls = unwrapJson(attributes.get('tool_calls') ?? attributes.get('message.tool_calls'))
  return content === undefined && calls === undefined
    ? []
    : [{ role, content: content ?? null, tool_calls: calls ?? null }]
}

/** `PREFIX.0.message.content`, `PREFIX.0.role` ... -> messages in order of their index. */
function indexedMessages(attributes: ReadonlyMap<string, unknown>, prefix: string): unknown[] {
  const byIndex = new Map<number, Map<string, unknown>>()
  for (const [key, value] of attributes) {
    const match = key.startsWith(`${prefix}.`)
      ? /^(\d{1,6})\.(?:message\.)?(.+)$/.exec(key.slice(prefix.length + 1))
      : null
    if (match === null || (typeof value === 'object' && value !== null)) continue
    const fields = byIndex.get(Number(match[1])) ?? new Map<string, unknown>()
    byIndex.set(Number(match[1]), fields.set(match[2] ?? '', value))
  }
  const sorted = [...byIndex].sort(([a], [b]) => a - b).map(([, fields]) => fields)
  return sorted.map((fields) => {
    const texts = [...fields]
      .filter(([key]) => /^contents\.\d+\.message_content\.text$/.test(key))
      .map(([, text]) => text)
    const names = [...fields].filter(([key]) => /^tool_calls\.\d+\.(?:tool_call\.function\.)?name$/.test(key))
    const calls = names.map(([key, name]) => ({ name, arguments: fields.get(key.replace(/name$/, 'arguments')) }))
    const content = fields.get('content') ?? (texts.length > 0 ? texts.join('\n') : null)
    const isAnswer = prefix.includes('completion') || prefix.includes('output')
    return { role: fields.get('role') ?? (isAnswer ? 'assistant' : 'user'), content, tool_calls: calls }
  })
}
