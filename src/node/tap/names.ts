// Who speaks in an answer: the name in the path, else the one in the header, else the model and, from the second key on, which key it was.
// Keys are told apart by a hash with a secret of this process, which is never written down.
import { createHmac, randomBytes } from 'node:crypto'
import { cleanText, createComplaints } from '../../stream/index.ts'
import { redactText } from './redact.ts'

export interface AskedBy {
  /** From the path, then from the header; null: neither names anyone. */
  readonly names: readonly (string | null)[]
  /** The values that carry keys. */
  readonly secrets: readonly string[]
}

/** Longest name of a speaker, UTF-16 units. */
const longestName = 80

export type Namer = (asked: AskedBy, model: string) => string

export function createNamer(): Namer {
  const salt = randomBytes(32)
  const keys = new Map<string, number>()
  const numberOf = (secrets: readonly string[]): number => {
    const hash = createHmac('sha256', salt).update(secrets.join('\n')).digest('hex')
    const known = keys.get(hash) ?? keys.size + 1
    keys.set(hash, known)
    return known
  }
  return ({ names, secrets }, model) => {
    const tidy = (name: string) =>
      cleanText(redactText(name, secrets), 'name', createComplaints('lenient'))
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, longestName)
    const key = numberOf(secrets)
    const named = names.map((name) => tidy(name ?? '')).find((name) => name !== '')
    if (named !== undefined) return named
    return tidy(key === 1 ? model : `${model.slice(0, longestName - 12)} (key ${key})`) || 'assistant'
  }
}
