// JSON lines in, JSON lines out, in the same order: one answer for each line, an error in the place of a bad one.
// The answer to a line is written before the next line is read, and nothing is kept from line to line.
import { InputError } from '../../record/index.ts'
import { describeIssues } from './complaint.ts'
import { type InputLine, readInputLines } from './input-lines.ts'
import type { Answer, MeasureKind, MeasureTools } from './kind.ts'

export interface MeasureRun {
  readonly tools: MeasureTools
  /** Takes one line with its line break; the next line waits until it is done. */
  write(line: string): Promise<void> | void
  /** A fault of hocket itself, which the line's answer only names. */
  onFault?(error: unknown): void
}

export interface LineCount {
  readonly lines: number
  readonly refused: number
}

/** Answers every line of `bytes`. */
export async function measureLines(
  kind: MeasureKind,
  bytes: AsyncIterable<Uint8Array>,
  run: MeasureRun,
): Promise<LineCount> {
  let lines = 0
  let refused = 0
  for await (const line of readInputLines(bytes)) {
    lines++
    const { text, well } = await answerLine(kind, line, run)
    if (!well) refused++
    await run.write(`${text}\n`)
  }
  return { lines, refused }
}

interface AnsweredLine {
  readonly text: string
  readonly well: boolean
}

async function answerLine(kind: MeasureKind, line: InputLine, run: MeasureRun): Promise<AnsweredLine> {
  let id: string | null = null
  try {
    const value = parseObject(line)
    if (typeof value['id'] === 'string') id = value['id']
    const answer = await kind.measure(readRequest(kind, value), run.tools)
    return { text: formatAnswer(id, answer), well: true }
  } catch (error) {
    if (!(error instanceof InputError)) run.onFault?.(error)
    return { text: JSON.stringify({ id, error: describeError(error, line.number) }), well: false }
  }
}

function parseObject(line: InputLine): Record<string, unknown> {
  if ('fault' in line) throw line.fault
  let value: unknown
  try {
    value = JSON.parse(line.text)
  } catch (error) {
    const got = `${shorten(line.text)} (${(error as Error).message})`
    throw new InputError('not-json', `expected one JSON object, got ${got}. Correct the line.`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError('not-an-object', `expected one JSON object, got ${shorten(line.text)}. Correct the line.`)
  return value as Record<string, unknown>
}

function readRequest(kind: MeasureKind, value: Record<string, unknown>): Record<string, unknown> {
  const parsed = kind.schema.safeParse(value)
  if (parsed.success) return parsed.data
  const advice = `See \`hocket measure ${kind.name} --help\`.`
  throw new InputError('bad-field', `${describeIssues(parsed.error, value)}. ${advice}`)
}

/** One line of JSON. A number that is none would turn into null without a word: that is refused as a fault of ours. */
function formatAnswer(id: string | null, { undefined: reasons = {}, ...fields }: Answer): string {
  const answer = Object.keys(reasons).length === 0 ? { id, ...fields } : { id, ...fields, undefined: reasons }
  return JSON.stringify(answer, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`"${key}" came out as ${value}`)
    return value
  })
}

function describeError(error: unknown, number: number): { code: string; message: string } {
  if (error instanceof InputError) return { code: error.code, message: `line ${number}: ${error.message}` }
  const message = `line ${number}: this is a fault of hocket, not of your input: ${error}. HOCKET_TRACE=1 shows where.`
  return { code: 'fault', message }
}

function shorten(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text.trimEnd())
}
