// Logs of Inspect (UK AI Security Institute), as JSON: {version, eval, samples: [{id, epoch, messages, events, attachments}]}, or one sample.
// Where several agents have spans of their own, the calls of models in them are the turns, with their times; else the sample's messages are.
// Long texts stand once under `attachments` and elsewhere as `attachment://<hash>`. A `.eval` file is a zip of the same, opened at the edge.
import { z } from 'zod'
import { explain } from '../record/index.ts'
import type { Complaints } from './complaints.ts'
import { objectOf, readJson } from './json.ts'
import { readMessage } from './messages.ts'
import { makeTranscript, type Transcript, type TranscriptTurn } from './transcript.ts'

const eventSchema = z.looseObject({
  event: z.string(),
  timestamp: z.string().nullish(),
  completed: z.string().nullish(),
  span_id: z.string().nullish(),
  id: z.string().nullish(),
  parent_id: z.string().nullish(),
  type: z.string().nullish(),
  name: z.string().nullish(),
  model: z.string().nullish(),
  output: z.looseObject({ choices: z.array(z.looseObject({ message: z.unknown().optional() })).nullish() }).nullish(),
})
type InspectEvent = z.infer<typeof eventSchema>

const sampleSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).default('1'),
  epoch: z.number().default(1),
  messages: z.array(z.unknown()).default([]),
  events: z.array(z.unknown()).default([]),
  attachments: z.record(z.string(), z.string()).default({}),
})
type Sample = z.infer<typeof sampleSchema>

export function looksInspect(value: unknown): boolean {
  const log = objectOf(value)
  if (log === null) return false
  return (objectOf(log['eval']) !== null && ('samples' in log || 'version' in log)) || isSample(log)
}

const isSample = (log: Readonly<Record<string, unknown>>) => 'epoch' in log && Array.isArray(log['messages'])

/** Throws InputError naming the line of bad JSON or the sample that is none. */
export function readInspect(text: string, complaints: Complaints): Transcript {
  return readInspectValue(readJson(text, complaints), complaints)
}

export function readInspectValue(value: unknown, complaints: Complaints): Transcript {
  const log = objectOf(value) ?? {}
  const samples = isSample(log) ? [log] : Array.isArray(log['samples']) ? (log['samples'] as unknown[]) : []
  const turns = samples.flatMap((sample, i) => readSample(sample, `sample ${i + 1}`, complaints))
  return makeTranscript('inspect-log', turns, complaints)
}

/** Samples as the files of a `.eval` zip hold them: one JSON text each, heard one after the other. */
export function readInspectSamples(texts: readonly string[], complaints: Complaints): Transcript {
  const turns = texts.flatMap((text, i) => readSample(readJson(text, complaints), `sample ${i + 1}`, complaints))
  return makeTranscript('inspect-log', turns, complaints)
}

function readSample(value: unknown, where: string, complaints: Complaints): TranscriptTurn[] {
  const parsed = sampleSchema.safeParse(value)
  if (!parsed.success) {
    complaints.add('bad-sample', `${where}: ${explain(parsed.error)}. Expected a sample with messages.`, 'Left out.')
    return []
  }
  const sample = parsed.data
  const spoken = readAgents(sample, where, complaints)
  if (spoken.length > 0) return spoken
  return sample.messages.flatMap((message, i) => {
    const settings = { where: `${where}, message ${i + 1}`, complaints }
    return readMessage(attach(message, sample.attachments), settings) ?? []
  })
}

/** Turns from the events, when at least two agents have a span. */
function readAgents(sample: Sample, where: string, complaints: Complaints): TranscriptTurn[] {
  const events = sample.events.flatMap((event) => eventSchema.safeParse(event).data ?? [])
  const spans = new Map(events.filter(({ event }) => event === 'span_begin').map((span) => [span.id ?? '', span]))
  const calls = events.filter(({ event }) => event === 'model')
  const agents = calls.map((call) => agentOf(call, spans))
  if (new Set(agents.filter((agent) => agent !== null)).size < 2) return []
  return calls.flatMap((call, i) => {
    const seconds = secondsOf(call.completed ?? call.timestamp)
    const settings = {
      where: `${where}, event of ${call.timestamp ?? 'an unknown time'}`,
      complaints,
      speaker: agents[i] ?? call.model ?? 'assistant',
      ...(seconds === null ? {} : { startSeconds: seconds }),
    }
    const message = call.output?.choices?.[0]?.message
    return message === undefined ? [] : (readMessage(attach(message, sample.attachments), settings) ?? [])
  })
}

/** The name of the nearest agent's span around an event. */
function agentOf(call: InspectEvent, spans: ReadonlyMap<string, InspectEvent>): string | null {
  const seen = new Set<InspectEvent>()
  for (
    let span = spans.get(call.span_id ?? '');
    span !== undefined && !seen.has(span);
    span = spans.get(span.parent_id ?? '')
  ) {
    if (span.type === 'agent' && span.name) return span.name
    seen.add(span)
  }
  return null
}

function secondsOf(date: string | null | undefined): number | null {
  const milliseconds = Date.parse(date ?? '')
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000
}

/** Puts attached texts in their places: in a message's content and in its parts. */
function attach(message: unknown, attachments: Readonly<Record<string, string>>): unknown {
  const held = objectOf(message)
  if (held === null) return message
  const resolve = (text: unknown): unknown =>
    typeof text === 'string'
      ? text.replace(/^attachment:\/\/([0-9a-f]{8,64})$/, (all, hash: string) => attachments[hash] ?? all)
      : text
  const content = held['content']
  const parts = Array.isArray(content)
    ? content.map((part: unknown) => {
        const known = objectOf(part)
        return known === null ? resolve(part) : { ...known, text: resolve(known['text']) }
      })
    : resolve(content)
  return { ...held, content: parts }
}
