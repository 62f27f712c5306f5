// JSON lines in and out. What is malformed is refused with where, expected, got and what to do; nothing is guessed.
import type { z } from 'zod'
import { type RecordLine, recordLineSchema, type SessionLine, schemaVersion } from './lines.ts'
import { isPlainToken } from './plain-token.ts'

/** Longest line read, in UTF-16 units. A token of 1 MB still fits. */
export const longestLine = 8 * 1024 * 1024

/** A complaint about input that a person can act on. `code` is for machines. */
export class InputError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'InputError'
    this.code = code
  }
}

/** One record line as it stands in the file, without the line break. */
export function formatLine(line: RecordLine): string {
  return JSON.stringify(line)
}

/** One line of a record. `number` counts from 1 and is used in messages only. Throws InputError. */
export function parseLine(text: string, number: number): RecordLine {
  const where = `line ${number}`
  if (text.length > longestLine)
    throw new InputError(
      'line-too-long',
      `${where}: expected at most ${longestLine} characters, got ${text.length}. Split the token.`,
    )
  if (text.includes('\u0000'))
    throw new InputError('binary', `${where}: expected JSON text, got binary bytes. Is this a record.jsonl?`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new InputError(
      'not-json',
      `${where}: expected one JSON object, got ${quote(text)} (${(error as Error).message}).`,
    )
  }
  if (isPlainToken(value)) return value as RecordLine
  if (number === 1) checkVersion(value, where)
  const parsed = recordLineSchema.safeParse(value)
  if (!parsed.success) throw new InputError('bad-line', `${where}: ${explain(parsed.error)}. Compare docs/record.md.`)
  return parsed.data
}

function checkVersion(value: unknown, where: string): void {
  const found = (value as { schema?: unknown; kind?: unknown } | null) ?? {}
  if (found.kind === 'session' && found.schema !== schemaVersion)
    throw new InputError(
      'schema-version',
      `${where}: expected record schema ${schemaVersion}, got ${JSON.stringify(found.schema)}. Use the hocket version that wrote it, or a newer one.`,
    )
}

/** The first fault that zod found, in one sentence: path, expected, got. */
export function explain(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'not valid'
  const path = issue.path.length > 0 ? `field "${issue.path.join('.')}": ` : ''
  return `${path}${issue.message.replace(/\.$/, '')}`
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text)
}

/**
 * Checks what a line's shape cannot show: the session first and true to itself, numbers without gaps, known agents, time that
 * does not run back, nothing after the end.
 * Feed every line in order. Throws InputError.
 */
export function createRecordCheck(): (line: RecordLine) => void {
  let expected = 0
  let session: SessionLine | undefined
  const known = new Set<string>()
  let latest = 0
  let ended = false
  return (line) => {
    const where = `line ${expected + 1}`
    if (ended)
      throw new InputError(
        'after-end',
        `${where}: expected nothing after the end line, got kind "${line.kind}". Cut the file there.`,
      )
    if (session === undefined && line.kind !== 'session')
      throw new InputError('no-session', `${where}: expected the session line first, got kind "${line.kind}".`)
    if (line.n !== expected)
      throw new InputError(
        'line-order',
        `${where}: expected n ${expected}, got ${line.n}. A line is missing or doubled.`,
      )
    if (line.kind === 'session') {
      checkSession(line, where)
      session = line
      for (const { agent } of line.agents) known.add(agent)
    }
    const stranger = agentsOf(line).find((agent) => !known.has(agent))
    if (stranger !== undefined)
      throw new InputError(
        'unknown-agent',
        `${where}: expected one of the session's agents (${[...known].join(', ')}), got "${stranger}".`,
      )
    if (line.kind === 'token') {
      if (line.t < latest)
        throw new InputError(
          'time-order',
          `${where}: expected a token at ${latest} s or later, got ${line.t} s. Sort the tokens by time.`,
        )
      latest = line.t
    }
    if (line.kind === 'end') ended = true
    expected++
  }
}

function checkSession({ agents, scenario, bpm }: SessionLine, where: string): void {
  const names = agents.map(({ agent }) => agent)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined)
    throw new InputError('agent-twice', `${where}: expected each agent once, got "${twice}" twice. Rename one.`)
  if (scenario !== null && scenario.bpm !== bpm)
    throw new InputError('bpm', `${where}: expected the scenario's ${scenario.bpm} bpm, got ${bpm}. Make them equal.`)
}

function agentsOf(line: RecordLine): readonly string[] {
  if (line.kind === 'world') return [...line.decks, ...line.bodies].map(({ agent }) => agent)
  return 'agent' in line && line.agent !== null ? [line.agent] : []
}

/** A whole record. Throws InputError at the first fault; an empty list is a fault. */
export function parseRecord(lines: Iterable<string>): RecordLine[] {
  const check = createRecordCheck()
  const record: RecordLine[] = []
  for (const text of lines) {
    const line = parseLine(text, record.length + 1)
    check(line)
    record.push(line)
  }
  if (record.length === 0)
    throw new InputError(
      'empty-record',
      'record: expected at least a session line, got nothing. Run `hocket party` to make one.',
    )
  return record
}

/** The session line that every valid record begins with. */
export function sessionOf(record: readonly RecordLine[]): SessionLine {
  const first = record[0]
  if (first?.kind !== 'session') throw new InputError('no-session', 'line 1: expected the session line first.')
  return first
}
