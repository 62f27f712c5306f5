// The folder of a judging session: session.json (facts), key.json (what is what; never sent before the reveal), links.txt (tokens), clips/, votes.jsonl.
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { z } from 'zod'
import {
  explain,
  InputError,
  type JudgingKey,
  type JudgingSession,
  judgingKeySchema,
  judgingSessionSchema,
} from '../../record/index.ts'
import { readBytes } from '../installation.ts'
import { rootOf } from './votes/chain.ts'

export const sessionName = 'session.json'
export const keyName = 'key.json'
export const linksName = 'links.txt'
export const clipsFolder = 'clips'

export interface OpenedSession {
  readonly folder: string
  readonly session: JudgingSession
  readonly key: JudgingKey
  /** What the first vote is chained to. */
  readonly root: string
  /** Where votes are kept, postgres://USER@HOST/DATABASE; null: in votes.jsonl. */
  readonly database: string | null
}

/** 128 bits of chance, as names of sounds and ids have them. */
export const drawOpaque = (): string => randomBytes(16).toString('hex')
/** 128 bits of chance, as links have them. */
export const drawToken = (): string => randomBytes(16).toString('base64url')
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Throws InputError when the folder holds no session, or a damaged one. */
export function openSession(folder: string, database: string | null = null): OpenedSession {
  if (!existsSync(path.join(folder, sessionName)))
    throw new InputError(
      'no-session',
      `${folder}: expected the folder of a judging session (with ${sessionName}), found none. Make one with \`hocket judge RUNS... --out ${folder}\`.`,
    )
  const [sessionBytes, keyBytes] = [sessionName, keyName].map((name) => readBytes(path.join(folder, name))) as [
    Buffer,
    Buffer,
  ]
  const session = parse(judgingSessionSchema, sessionBytes, path.join(folder, sessionName))
  const key = parse(judgingKeySchema, keyBytes, path.join(folder, keyName))
  if (key.session !== session.id)
    throw new InputError('bad-session', `${folder}: ${keyName} belongs to another session. Put the right one back.`)
  return { folder, session, key, root: rootOf(sessionBytes, keyBytes), database }
}

function parse<Schema extends z.ZodType>(schema: Schema, bytes: Buffer, where: string): z.infer<Schema> {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new InputError('bad-session', `${where}: expected JSON, got ${(error as Error).message}. Put it back.`)
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new InputError('bad-session', `${where}: ${explain(parsed.error)}. Put it back.`)
  return parsed.data
}

/** Key and links are for the organiser's eyes: other users of the machine may not read them. */
export function writeSession(
  folder: string,
  { session, key, links }: { readonly session: JudgingSession; readonly key: JudgingKey; readonly links: string },
): void {
  const secret = { mode: 0o600, flag: 'wx' }
  writeFileSync(path.join(folder, linksName), links, secret)
  writeFileSync(path.join(folder, keyName), `${JSON.stringify(key)}\n`, secret)
  // Last, since with it the folder is a session.
  writeFileSync(path.join(folder, sessionName), `${JSON.stringify(session, null, 2)}\n`, { flag: 'wx' })
}
