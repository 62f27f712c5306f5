// A file's text -> a transcript, whatever its format: the format is told by how the text begins, and named in the result.
import { InputError } from '../record/index.ts'
import { readBatch } from './batch.ts'
import { readChat, readChatLines } from './chat.ts'
import { type Complaints, createComplaints, type Strictness } from './complaints.ts'
import { looksEventStream, readEventStream } from './event-stream.ts'
import { readInspect, readInspectSamples } from './inspect.ts'
import { linesOf } from './json.ts'
import { formatOfLine, type LineFormat } from './line-format.ts'
import { countMarks, readMarkdown } from './markdown.ts'
import { countNames, readPlain } from './plain.ts'
import { readTokenEvents } from './token-events.ts'
import { readTraces } from './traces.ts'
import type { Transcript, TranscriptFormat } from './transcript.ts'

export interface ReadSettings {
  /** `lenient` hears what can be heard and complains of the rest; `strict` throws at the first fault. */
  readonly strictness?: Strictness
  /** What the edge found before the text was text. */
  readonly complaints?: readonly string[]
}

interface Known {
  readonly format: TranscriptFormat
  read(text: string, complaints: Complaints): Transcript
}

/** Throws InputError with a line number, or a message number in JSON, when nothing can be heard; when strict, at the first fault. */
export function readTranscript(
  text: string,
  { strictness = 'lenient', complaints = [] }: ReadSettings = {},
): Transcript {
  const plain = plainText(text)
  const transcript = recognise(plain).read(plain, createComplaints(strictness))
  return complaints.length === 0 ? transcript : { ...transcript, complaints: [...complaints, ...transcript.complaints] }
}

/** The samples of an Inspect log whose zip was opened, a JSON text each. Throws InputError. */
export function readInspectArchive(
  texts: readonly string[],
  { strictness = 'lenient' }: ReadSettings = {},
): Transcript {
  return readInspectSamples(texts, createComplaints(strictness))
}

/** Throws InputError when it is none of the formats that hocket reads. */
export function detectFormat(text: string): TranscriptFormat {
  return recognise(plainText(text)).format
}

/** Without the mark of its encoding; lines that end with a return alone (old Macs, progress bars) end as others do. */
function plainText(text: string): string {
  const plain = text.replace(/^\ufeff/, '')
  return plain.includes('\n') ? plain : plain.replaceAll('\r', '\n')
}

function recognise(text: string): Known {
  refuseOthers(text)
  if (looksEventStream(text)) return { format: 'openai-stream', read: readEventStream }
  if (/^\s*(?:\{|\[\s*[\]{[])/.test(text)) {
    return recogniseLines(text) ?? recogniseJson(text)
  }
  const [names, marks] = [countNames(text), countMarks(text)]
  if (marks > 0 && marks > names) return { format: 'markdown-chat', read: readMarkdown }
  if (names > 0) return { format: 'plain', read: readPlain }
  throw new InputError(
    'unknown-format',
    `line 1: expected token events, OpenAI messages, batch lines or a captured stream, OpenTelemetry or OpenInference spans, an Inspect log, a Markdown chat ("## Name") or "Name: text", got ${JSON.stringify(firstLine(text).slice(0, 60))}.`,
  )
}

function refuseOthers(text: string): void {
  if (text.trim() === '') throw new InputError('empty-file', 'line 1: expected a transcript, got an empty file.')
  if (looksBinary(text)) throw new InputError('binary', 'line 1: expected text, got binary bytes.')
  if (/^\s*\{\s*"n"\s*:\s*0\s*,\s*"kind"\s*:\s*"session"/.test(text))
    throw new InputError(
      'is-record',
      'line 1: expected a transcript, got a hocket record. Use `hocket render` or `hocket replay` for records.',
    )
}

/** One in ten of the first characters is none that text has. */
function looksBinary(text: string): boolean {
  const head = text.slice(0, 4096)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
  const odd = head.match(/[\u0000-\u0008\u000e-\u001a\ufffd]/g)?.length ?? 0
  return odd > head.length / 10
}

const firstLine = (text: string): string => {
  for (const { text: line } of linesOf(text)) if (line.trim() !== '') return line
  return ''
}

/** Formats that come a line at a time only. */
const onlyLines = new Set<TranscriptFormat>(['token-events', 'openai-batch', 'openai-stream'])

/** JSON lines: told by the first, or, if that is broken, by the first few. */
function recogniseLines(text: string): Known | null {
  let isFirst = true
  for (const { line, text: one } of linesOf(text)) {
    if (one.trim() === '') continue
    if (line > 8 || !/^\s*\{./.test(one)) return null
    const known = recogniseLine(one)
    if (known !== null && (isFirst || onlyLines.has(known.format))) return known
    isFirst = false
  }
  return null
}

const lineReaders: Record<LineFormat, Known['read']> = {
  'token-events': readTokenEvents,
  'openai-batch': readBatch,
  'openai-stream': readEventStream,
  opentelemetry: (text, complaints) => readTraces(text, 'lines', complaints),
  'inspect-log': readInspect,
  'openai-chat': readChatLines,
}

function recogniseLine(line: string): Known | null {
  const format = formatOfLine(line)
  return format === null ? null : { format, read: lineReaders[format] }
}

/** One JSON value over many lines: told by the names in its beginning, so that a broken one is told too. */
function recogniseJson(text: string): Known {
  const head = text.slice(0, 1 << 16)
  const has = (...names: string[]) => names.some((name) => head.includes(`"${name}"`))
  const spans: Known = { format: 'opentelemetry', read: (whole, complaints) => readTraces(whole, 'whole', complaints) }
  if (has('resourceSpans', 'resource_spans')) return spans
  if (has('eval') && has('version', 'samples', 'status')) return { format: 'inspect-log', read: readInspect }
  if (has('epoch') && has('sample_id', 'messages', 'target')) return { format: 'inspect-log', read: readInspect }
  if (has('span_id', 'spanId', 'parent_span_id', 'spanContext')) return spans
  return { format: 'openai-chat', read: readChat }
}
