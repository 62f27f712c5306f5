// What a schema found wrong in a line, said as: where, expected, got.
import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** The first thing wrong, as in `field "midi.1": expected a number, got "x"`, and how many more there are. */
export function describeIssues(error: z.ZodError, line: unknown): string {
  const [first, ...others] = error.issues
  if (first === undefined) return 'not valid'
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  return `${describeIssue(first, line)}${more}`
}

function describeIssue(issue: Issue, line: unknown): string {
  if (issue.code === 'unrecognized_keys')
    return `${where(issue.path)}expected known fields only, got ${issue.keys.map(shown).join(', ')}`
  if (issue.code === 'custom') return `${where(issue.path)}${issue.message}`
  return `${where(issue.path)}${expectation(issue)}, got ${shown(valueAt(line, issue.path))}`
}

function where(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `field "${path.join('.')}": `
}

const names: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
  tuple: 'a list',
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return `expected ${names[issue.expected] ?? issue.expected}`
  if (issue.code === 'too_small')
    return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`
  if (issue.code === 'too_big')
    return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unit(issue.origin)}`
  if (issue.code === 'invalid_value') return `expected one of ${issue.values.map(shown).join(', ')}`
  return issue.message
}

/** What a size counts. */
function unit(origin: string): string {
  return origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : ''
}

function valueAt(line: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], line)
}

/** JSON, short; a list by its length. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'number') return String(value)
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
