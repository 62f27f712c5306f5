// record.jsonl on disk: read as a stream, written one line at a time, resumed after a crash.
//
// Writing: each line is one write(2) of its whole text with its line break, so a killed process (kill -9) loses at most the
// line being written: what the kernel has taken survives the process. fsync, which guards against a power cut, follows the
// session line, every slot's world line and the end; between two of them at most one slot's lines may be lost to a power cut.
import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { createRecordCheck, formatLine, InputError, parseLine, type RecordLine } from '../../record/index.ts'
import { unreadable } from '../installation.ts'
import { readFileLines, type StoredLine } from './lines.ts'

export interface ReadOptions {
  /** Called instead of yielding when the last line is torn; nothing before it is lost. */
  onTorn?(message: string): void
}

/** A line and the very text that stands in the file, without its break. */
export interface ReadLine {
  readonly line: RecordLine
  readonly text: string
}

/**
 * The lines of a record, parsed and checked, one at a time.
 * A last line without its break counts if it parses, else it is torn and only reported. Throws InputError naming file and line.
 */
export async function* readRecord(file: string, { onTorn }: ReadOptions = {}): AsyncGenerator<ReadLine> {
  const check = createRecordCheck()
  let count = 0
  for await (const stored of readFileLines(file)) {
    const line = parseStored(stored, file)
    if (line === 'torn') {
      onTorn?.(describeTear(stored, file))
      break
    }
    named(file, () => check(line))
    count++
    yield { line, text: stored.text }
  }
  if (count === 0)
    throw new InputError(
      'empty-record',
      `${file}: expected at least a session line, got nothing. Run \`hocket party\` to make a record.`,
    )
}

function parseStored(stored: StoredLine, where: string): RecordLine | 'torn' {
  if (stored.whole) return named(where, () => parseLine(stored.text, stored.number))
  try {
    return parseLine(stored.text, stored.number)
  } catch {
    // The first line has nothing before it: then this is no record at all, and the complaint is worth more than the tear.
    if (stored.number > 1) return 'torn'
    return named(where, () => parseLine(stored.text, stored.number))
  }
}

function describeTear(stored: StoredLine, where: string): string {
  return `${where}: line ${stored.number} is torn (the file ends inside it); the ${stored.number - 1} lines before it are whole. \`hocket party --resume\` goes on from there.`
}

/** Names the file in what `run` complains of. */
export function named<Result>(where: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    throw error instanceof InputError ? new InputError(error.code, `${where}: ${error.message}`) : error
  }
}

export interface RecordWriter {
  /** Throws InputError when resuming and the line is not the stored one. */
  write(line: RecordLine): Promise<void>
  /** Lines found in the file so far and not written again. */
  readonly verified: number
  close(): Promise<void>
}

/** A new record; the file must not exist. */
export function createRecordWriter(file: string): RecordWriter {
  const append = createAppender(openSync(file, 'wx'))
  return {
    verified: 0,
    write: async (line) => append.write(line),
    close: async () => append.close(),
  }
}

/**
 * Goes on with a record: every line given is compared with the stored one; behind the last whole line a torn tail is cut off
 * and the rest is appended. Nothing is changed on disk before all stored lines are confirmed.
 */
export function resumeRecordWriter(file: string): RecordWriter {
  const stored = readFileLines(file)
  let append: ReturnType<typeof createAppender> | undefined
  let verified = 0
  let end = 0
  return {
    get verified() {
      return verified
    },
    async write(line) {
      if (append !== undefined) return append.write(line)
      const { value, done } = await stored.next()
      if (!done && value.whole) {
        confirm(value, formatLine(line), file)
        verified++
        end = value.end
        if (line.kind === 'end') await expectNoMore(stored, verified, file)
        return
      }
      const opened = openSync(file, 'r+')
      ftruncateSync(opened, end)
      append = createAppender(opened, end)
      append.write(line)
    },
    async close() {
      await stored.return(undefined)
      append?.close()
    },
  }
}

async function expectNoMore(stored: AsyncGenerator<StoredLine>, verified: number, file: string): Promise<void> {
  const { done } = await stored.next()
  if (done !== true)
    throw new InputError(
      'record-differs',
      `${file}: line ${verified + 1}: expected the record to end, got another line. Cut the file there; nothing was changed.`,
    )
}

export interface RecordComparison {
  /** The first difference in words, null while there is none. */
  readonly difference: string | null
  readonly compared: number
  /** The stored record has no more whole lines. */
  readonly exhausted: boolean
  /** Compares the next line; nothing is compared after a difference or the stored record's end. */
  compare(line: RecordLine): Promise<void>
  close(): Promise<void>
}

/** Compares a stored record with lines made anew, without writing. */
export function compareRecord(file: string): RecordComparison {
  const stored = readFileLines(file)
  const state = { difference: null as string | null, compared: 0, exhausted: false }
  return {
    get difference() {
      return state.difference
    },
    get compared() {
      return state.compared
    },
    get exhausted() {
      return state.exhausted
    },
    async compare(line) {
      if (state.difference !== null || state.exhausted) return
      const { value, done } = await stored.next()
      if (done || !value.whole) {
        state.exhausted = true
        return
      }
      const text = formatLine(line)
      if (value.text === text) state.compared++
      else state.difference = `line ${value.number}: ${describeDifference(value.text, text)}`
    },
    async close() {
      await stored.return(undefined)
    },
  }
}

function confirm(stored: StoredLine, text: string, file: string): void {
  if (stored.text === text) return
  const difference = describeDifference(stored.text, text)
  throw new InputError(
    'record-differs',
    `${file}: line ${stored.number}: ${difference}. The record comes from another version, seed or library; nothing was changed.`,
  )
}

/** Says in words where two stored lines first differ: the field if both are JSON, else the character. */
export function describeDifference(stored: string, played: string): string {
  const [before, after] = [parseLoosely(stored), parseLoosely(played)]
  const field = isContainer(before) && isContainer(after) ? firstDifference(before, after, '') : null
  if (field !== null)
    return `field "${field.path}": stored ${shorten(field.stored)}, played again ${shorten(field.played)}`
  let at = 0
  while (at < stored.length && stored[at] === played[at]) at++
  return `character ${at + 1}: stored ${shorten(stored.slice(at))}, played again ${shorten(played.slice(at))}`
}

export interface Difference {
  readonly path: string
  readonly stored: unknown
  readonly played: unknown
}

/** The first place, in the stored value's own order, where two JSON values differ; null when they are equal. */
export function firstDifference(stored: unknown, played: unknown, path: string): Difference | null {
  if (Object.is(stored, played) || stored === played) return null
  if (!isContainer(stored) || !isContainer(played) || Array.isArray(stored) !== Array.isArray(played))
    return { path, stored, played }
  const keys = new Set([...Object.keys(stored), ...Object.keys(played)])
  for (const key of keys) {
    const found = firstDifference(stored[key], played[key], path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 80)}...` : text
}

function createAppender(handle: number, from = 0) {
  let position = from
  let closed = false
  return {
    write(line: RecordLine) {
      const bytes = Buffer.from(`${formatLine(line)}\n`, 'utf8')
      const written = writeSync(handle, bytes, 0, bytes.length, position)
      if (written !== bytes.length) throw unreadable('record.jsonl', new Error('disk full'))
      position += written
      if (line.kind === 'session' || line.kind === 'world' || line.kind === 'end') fsyncSync(handle)
    },
    close() {
      if (!closed) closeSync(handle)
      closed = true
    },
  }
}
