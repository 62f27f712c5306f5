// The judging server, asked with the judge's token. The token stays in the part of the address that is never sent.
import type { Criterion, Statement } from '../../record/index.ts'

/** The judge's own session (src/node/judge/app.ts). */
export interface Mine {
  readonly session: string
  readonly judge: string
  readonly criteria: readonly Criterion[]
  readonly seconds: number
  readonly gridSeconds: number
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

/** `later`: it may work another time. */
export type Sent = { readonly kind: 'stored' } | { readonly kind: 'refused' | 'later'; readonly error: string }

export interface Server {
  mine(): Promise<Mine>
  /** The bytes of a WAV. */
  sound(name: string): Promise<ArrayBuffer>
  /** Of a clip, once what was what is told. */
  stem(name: string): Promise<ArrayBuffer>
  send(statement: Statement): Promise<Sent>
  end(): Promise<End>
}

export class ServerError extends Error {}

const timeoutMilliseconds = 60_000

export function openServer(token: string): Server {
  const ask = (where: string, more: RequestInit = {}) =>
    fetch(where, {
      ...more,
      headers: { ...more.headers, authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
  const read = async (where: string): Promise<Response> => {
    const answer = await ask(where)
    if (!answer.ok) throw new ServerError(await complaintOf(answer))
    return answer
  }
  return {
    mine: async () => (await read('/api/judging/mine')).json(),
    sound: async (name) => (await read(`/api/judging/sounds/${name}`)).arrayBuffer(),
    stem: async (name) => (await read(`/api/judging/stems/${name}`)).arrayBuffer(),
    end: async () => (await read('/api/judging/end')).json(),
    async send(statement) {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify(statement)
      const answer = await ask('/api/judging/statements', { method: 'POST', headers, body }).catch(() => null)
      if (answer === null) return { kind: 'later', error: 'The server does not answer.' }
      return answer.ok
        ? { kind: 'stored' }
        : readRefusal(answer.status, await answer.text().catch(() => ''), statement.id)
    },
  }
}

const refusals = [400, 409, 413]

/** For good only what the judging server says of this statement; a link, a name, a proxy, a page of somebody else may be another one tomorrow. */
export function readRefusal(status: number, body: string, id: string): Sent {
  const told = readJson(body)
  const error = typeof told?.error === 'string' ? told.error : null
  const own = told?.refused === id || (status === 413 && told?.refused === 'too-large')
  if (error !== null && own && refusals.includes(status)) return { kind: 'refused', error }
  return { kind: 'later', error: error ?? `Something on the way answers ${status} in the server's place.` }
}

function readJson(text: string): { readonly error?: unknown; readonly refused?: unknown } | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function complaintOf(answer: Response): Promise<string> {
  const known = (await answer.json().catch(() => null)) as { error?: unknown } | null
  return typeof known?.error === 'string' ? known.error : `The server answers ${answer.status}.`
}

export const drawId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
