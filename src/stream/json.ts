// JSON that may be broken: a whole value, what stands before the break, or one value a line. Faults are named by line.
import { InputError } from '../record/index.ts'
import type { Complaints } from './complaints.ts'

/** Brackets within brackets; nothing that people write is deeper, and nothing here walks deeper. */
const deepest = 128

/** The value, or what is whole of it before it breaks. Throws InputError naming the line when strict, or when nothing is whole. */
export function readJson(text: string, complaints: Complaints): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    const at = faultPosition(text, message)
    const fault = `line ${lineAt(text, at)}: expected JSON, got something else (${message}). Is the file whole?`
    const rest = closeJson(text.slice(0, at))
    if (rest === null) throw new InputError('not-json', fault)
    complaints.add('not-json', fault, 'What stands before it is heard.')
    return rest.value
  }
}

export interface JsonLine {
  readonly line: number
  readonly value: unknown
}

/** The values of JSON lines, one by one; a line that is none is complained of and left out. */
export function* readJsonLines(text: string, complaints: Complaints): Generator<JsonLine> {
  for (const { line, text: one } of linesOf(text)) {
    if (one.trim() === '') continue
    let value: unknown
    try {
      value = JSON.parse(one)
    } catch (error) {
      complaints.add(
        'not-json',
        `line ${line}: expected one JSON object a line (${(error as Error).message}).`,
        'Left out.',
      )
      continue
    }
    yield { line, value }
  }
}

/** Lines without their breaks, numbered from 1, without holding them all. */
export function* linesOf(text: string): Generator<{ readonly line: number; readonly text: string }> {
  let line = 1
  for (let from = 0; from <= text.length; line++) {
    const found = text.indexOf('\n', from)
    const end = found < 0 ? text.length : found
    const cut = end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end
    yield { line, text: text.slice(from, cut) }
    from = end + 1
  }
}

/** The line, from 1, in which a character stands. */
export function lineAt(text: string, at: number): number {
  let line = 1
  for (let found = text.indexOf('\n'); found >= 0 && found < at; found = text.indexOf('\n', found + 1)) line++
  return line
}

/** Closes JSON that breaks off, behind the last value that is whole; null when there is none. */
function closeJson(text: string): { value: unknown } | null {
  const open: string[] = []
  // Behind the last whole value only openings can follow, so what was open there is the beginning of what is open at the end.
  let safe: { end: number; depth: number } | null = null
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] as string
    if (quoted) {
      if (sign === '\\') i++
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? '}' : ']')
      if (open.length > deepest) return null
    } else if (sign === '}' || sign === ']') {
      if (open.at(-1) !== sign) break
      open.pop()
      safe = { end: i + 1, depth: open.length }
    } else if (sign === ',') safe = { end: i, depth: open.length }
  }
  if (safe === null) return null
  try {
    const closing = open.slice(0, safe.depth).reverse().join('')
    return { value: JSON.parse(text.slice(0, safe.end) + closing) as unknown }
  } catch {
    return null
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

/** An object, or null. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

/** The value itself, or the JSON in it when it is a string that holds an array or an object. */
export function unwrapJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
