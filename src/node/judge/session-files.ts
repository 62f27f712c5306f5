// The folder of a judging session: session.json (facts), key.json (what is what; never sent before the reveal), links.txt (tokens), clips/, votes.jsonl.
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
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
/** session.json on its way. */
export const sessionPart = 'session.json.part'
export const keyName = 'key.json'
export const linksName = 'links.txt'
export const clipsFolder = 'clips'

const wavHeaderBytes = 44

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
  const keyFile = path.join(folder, keyName)
  if (!existsSync(keyFile))
    throw new InputError(
      'bad-session',
      `${keyFile}: expected what is what in this session, found nothing. Put it back from where the session was made.`,
    )
  const [sessionBytes, keyBytes] = [readBytes(path.join(folder, sessionName)), readBytes(keyFile)]
  const session = parse(judgingSessionSchema, sessionBytes, path.join(folder, sessionName))
  const key = parse(judgingKeySchema, keyBytes, keyFile)
  if (key.session !== session.id)
    throw new InputError('bad-session', `${folder}: ${keyName} belongs to another session. Put the right one back.`)
  return { folder, session, key, root: rootOf(sessionBytes, keyBytes), database }
}

function parse<Schema extends z.ZodType>(schema: Schema, bytes: Buffer, where: string): z.infer<Schema> {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new InputError(
      'bad-session',
      `${where}: expected JSON, got ${(error as Error).message}. Put it back as it was made.`,
    )
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new InputError('bad-session', `${where}: ${explain(parsed.error)}. Put it back as it was made.`)
  return parsed.data
}

/** Key and links are for the organiser's eyes: other users of the machine may not read them. */
export function writeSession(
  folder: string,
  { session, key, links }: { readonly session: JudgingSession; readonly key: JudgingKey; readonly links: string },
): void {
  writeSynced(path.join(folder, linksName), links, 0o600)
  writeSynced(path.join(folder, keyName), `${JSON.stringify(key)}\n`, 0o600)
  // Last and whole, since with it the folder is a session.
  const part = path.join(folder, sessionPart)
  writeSynced(part, `${JSON.stringify(session, null, 2)}\n`, 0o644)
  renameSync(part, path.join(folder, sessionName))
}

/** Who and token, of links that open something here. */
export function openLinks(text: string, { judges, organiserTokenHash }: JudgingKey): { who: string; token: string }[] {
  const hashes = new Map(judges.map(({ judge, tokenHash }) => [judge, tokenHash]))
  hashes.set('organiser', organiserTokenHash)
  return text.split('\n').flatMap((line) => {
    const [who = '', token = ''] = line.split(' ')
    return token !== '' && hashes.get(who) === hashToken(token) ? [{ who, token }] : []
  })
}

/** On the disk when it returns. */
function writeSynced(file: string, text: string, mode: number): void {
  const opened = openSync(file, 'wx', mode)
  try {
    writeFileSync(opened, text)
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

/** Throws InputError where a clip is missing or not the one that was made: no judge should come upon it in mid-session. */
export function checkClips({ folder, session, key }: Pick<OpenedSession, 'folder' | 'session' | 'key'>): void {
  const where = path.join(folder, clipsFolder)
  const sizeOf = (name: string) => statSync(path.join(where, `${name}.wav`), { throwIfNoEntry: false })?.size
  const refuse = (wrong: readonly { readonly name: string }[], expected: string, got: string) => {
    const [first] = wrong
    if (first !== undefined)
      throw new InputError(
        'bad-clips',
        `${where}: expected ${expected}, got ${wrong.length} ${got}, ${first.name}.wav first. Put them back as they were made.`,
      )
  }
  const { bytes } = session.clip
  refuse(
    key.clips.filter(({ name }) => sizeOf(name) !== bytes),
    `${key.clips.length} clips of ${bytes} bytes each`,
    'missing or of another size',
  )
  const headers = new Set<string>()
  const isChanged = ({ name, sha256 }: JudgingKey['clips'][number]) => {
    const { header, samples } = hashClip(path.join(where, `${name}.wav`))
    headers.add(header)
    return samples !== sha256 || headers.size > 1
  }
  refuse(key.clips.filter(isChanged), 'clips as they were made', 'changed')
}

/** Of a WAV as it was written for judges: one header of 44 bytes, then the samples, of which key.json has the SHA-256. */
function hashClip(file: string): { header: string; samples: string } {
  const bytes = readFileSync(file)
  const header = bytes.subarray(0, wavHeaderBytes)
  const samples = bytes.subarray(wavHeaderBytes, wavHeaderBytes + header.readUInt32LE(wavHeaderBytes - 4))
  return { header: header.toString('hex'), samples: createHash('sha256').update(samples).digest('hex') }
}
