// The chain of votes.jsonl: a line's hash is SHA-256 of its text without the field `hash`; each line names the hash of the one before,
// the first that of session.json and key.json. Whoever changes a byte breaks the line it stands in, whoever cuts lines out the next one.
import { createHash } from 'node:crypto'
import { type ChainedStatement, chainedStatementSchema, explain, type Statement } from '../../../record/index.ts'

export const votesName = 'votes.jsonl'

const sha256 = (...parts: readonly (string | Uint8Array)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex')

/** What the first line names: the session's two files, as they lie on disk. */
export const rootOf = (session: Uint8Array, key: Uint8Array): string => sha256(session, key)

export interface Unchained {
  readonly n: number
  readonly at: number
  readonly judge: string
  readonly statement: Statement
}

/** The line and its text, without its break. */
export function chainLine(said: Unchained, previous: string): { line: ChainedStatement; text: string } {
  const { n, at, judge, statement } = said
  const body = { n, at, judge, statement, previous }
  const line = { ...body, hash: sha256(JSON.stringify(body)) }
  return { line, text: chainText(line) }
}

/** As it stands in votes.jsonl, without its break. */
export const chainText = ({ n, at, judge, statement, previous, hash }: ChainedStatement): string =>
  JSON.stringify({ n, at, judge, statement, previous, hash })

const ending = /,"hash":"([0-9a-f]{64})"\}$/

/** The line, or in words why it does not hold. */
export function readChained(text: string, n: number, previous: string): ChainedStatement | string {
  const hash = ending.exec(text)?.[1]
  if (hash === undefined) return 'it does not end in its hash'
  if (sha256(`${text.slice(0, -`,"hash":"${hash}"}`.length)}}`) !== hash)
    return 'its text does not have the hash it names'
  const parsed = chainedStatementSchema.safeParse(JSON.parse(text))
  if (!parsed.success) return explain(parsed.error)
  if (parsed.data.n !== n) return `expected number ${n}, got ${parsed.data.n}`
  if (parsed.data.previous === previous) return parsed.data
  return n === 0
    ? 'it was written for another session.json or key.json'
    : 'it does not follow the line before: lines were taken out, put in or changed'
}
