// The judging server, asked with the judge's token. The token stays in the part of the address that is never sent.
import type { Criterion, Statement } from '../../record/index.ts'
import { type Coming, createDownloads } from './downloads.ts'

/** The judge's own session (src/node/judge/server/app.ts). */
export interface Mine {
  readonly session: string
  readonly judge: string
  readonly criteria: readonly Criterion[]
  readonly seconds: number
  readonly gridSeconds: number
  /** Of each sound; all have as many. Sessions kept by older pages tell none. */
  readonly soundBytes?: number
  readonly rules: { readonly headphonesLeast: number; readonly heardShare: number }
  readonly trials: readonly {
    readonly training: boolean
    readonly round: number
    readonly a: string
    readonly b: string
    /** Of an ABX trial: the sound that is one of the two. */
    readonly x?: string
  }[]
  readonly said: {
    readonly consent: boolean
    readonly headphones: boolean
    readonly profile: boolean
    readonly end: boolean
    /** Highest revision by pair. */
    readonly votes: Readonly<Record<string, number>>
  }
}

export interface End {
  readonly own: Readonly<
    Record<'repeats' | 'same' | 'anchors' | 'firstSide', { readonly count: number; readonly of: number }>
  > & {
    /** `guessed`: chance that guessing does as well; null without such trials. */
    readonly abx: { readonly count: number; readonly of: number; readonly guessed: number | null }
  }
  readonly reveal: readonly RevealedTrial[] | null
}

export interface RevealedTrial {
  readonly kind: string
  readonly a: RevealedClip
  readonly b: RevealedClip
  readonly x: 'a' | 'b' | null
}

export interface RevealedClip {
  readonly what: string
  /** Who plays in it, as far as the stems are still there. */
  readonly stems: readonly Stem[]
}

export interface Stem {
  readonly name: string
  readonly agent: string
  readonly layer: 'voice' | 'deck'
}

/** `stored`: the server says so, with the hash of the line. `later`: it may work another time. */
export type Sent = { readonly kind: 'stored' } | { readonly kind: 'refused' | 'later'; readonly error: string }

export interface Server {
  mine(): Promise<Mine>
  /** The bytes of a WAV, and of nothing else. `onComing`: told now and then when it takes long. */
  sound(name: string, onComing?: (coming: Coming) => void): Promise<ArrayBuffer>
  /** Of a clip, once what was what is told. */
  stem(name: string): Promise<ArrayBuffer>
  send(statement: Statement): Promise<Sent>
  end(): Promise<End>
}

/** The server, or something on the way, answers, and does not give what was asked for. */
export class ServerError extends Error {
  /** What the judging server itself says it will not give. null: it may another time, being in trouble or asked too often; or somebody else answers. */
  readonly refused: Refused | null

  constructor(words: string, refused: Refused | null) {
    super(words)
    this.refused = refused
  }
}

/** As the server names them (src/node/judge/server/gate.ts). */
const refusable = ['link', 'sound', 'stem', 'end'] as const
export type Refused = (typeof refusable)[number]

const timeoutMilliseconds = 60_000

export function openServer(token: string): Server {
  const ask = (where: string, more: RequestInit = {}) =>
    fetch(where, {
      signal: AbortSignal.timeout(timeoutMilliseconds),
      ...more,
      headers: { ...more.headers, authorization: `Bearer ${token}` },
    })
  const read = async (where: string, more: RequestInit = {}): Promise<Response> => {
    const answer = await ask(where, more)
    if (!answer.ok) throw await readComplaint(answer)
    return answer
  }
  const download = createDownloads({ ask, complain: readComplaint, now: () => performance.now() })
  /** `is`: whether it can be what was asked for. */
  const readAs = async <Told>(where: string, is: (told: Partial<Told>) => boolean): Promise<Told> => {
    const answer = await read(where)
    const told = (await answer.json().catch(() => null)) as Told | null
    if (told !== null && is(told)) return told
    throw new ServerError(somebodyElse(answer.status), null)
  }
  return {
    mine: () => readAs<Mine>('/api/judging/mine', ({ trials }) => Array.isArray(trials)),
    sound: (name, onComing) => download(`/api/judging/sounds/${name}`, onComing),
    stem: (name) => download(`/api/judging/stems/${name}`),
    end: () => readAs<End>('/api/judging/end', ({ own }) => typeof own === 'object'),
    async send(statement) {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(statement)
      const answer = await ask('/api/judging/statements', { method: 'POST', headers, body }).catch(() => null)
      if (answer === null) return { kind: 'later', error: 'The server does not answer.' }
      return readSent(answer.status, await answer.text().catch(() => ''), statement.id)
    },
  }
}

const receipts = [200, 201]
const refusals = [400, 409, 413]
const somebodyElse = (status: number) => `Something on the way answers ${status} in the server's place.`

/**
 * Stored is what the judging server gives a receipt for, refused for good what it says of this very statement; a link, a name, a proxy, a page of
 * somebody else (who may sign in there, and answer 200) may be another one tomorrow.
 */
export function readSent(status: number, body: string, id: string): Sent {
  const told = readJson(body)
  if (receipts.includes(status) && isHash(told?.hash)) return { kind: 'stored' }
  const error = typeof told?.error === 'string' ? told.error : null
  const own = told?.refused === id || (status === 413 && told?.refused === 'too-large')
  if (error !== null && own && refusals.includes(status)) return { kind: 'refused', error }
  return { kind: 'later', error: error ?? somebodyElse(status) }
}

const isHash = (hash: unknown) => typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash)

function readJson(text: string): Readonly<Record<'error' | 'refused' | 'hash', unknown>> | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function readComplaint(answer: Response): Promise<ServerError> {
  const told = answer.ok ? null : readJson(await answer.text().catch(() => ''))
  const words = typeof told?.error === 'string' ? told.error : somebodyElse(answer.status)
  return new ServerError(words, refusable.find((one) => one === told?.refused) ?? null)
}

export const drawId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
