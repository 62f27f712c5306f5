// Whatever a server or the line to it does wrong -> one kind of broken turn, in words of our own.
// Measured: a body that breaks in mid-stream is a bare `TypeError: terminated`; an end without finish_reason is no error at all;
// an error object inside a stream is an APIError without status; a piece that is no JSON is a SyntaxError.
import { APIConnectionError, APIError, APIUserAbortError } from 'openai'
import { BrokenTurn, brokenTurn } from '../../djs/index.ts'
import { hideKeys } from './key.ts'

/** A break that happened before the first token and may pass when asked again. */
export class PassingBreak extends BrokenTurn {
  /** What the server asked us to wait; null when it said nothing. */
  readonly afterSeconds: number | null
  constructor({ code, message }: BrokenTurn, afterSeconds: number | null) {
    super(code, message)
    this.afterSeconds = afterSeconds
  }
}

export interface BreakContext {
  /** A token has come already: the turn cannot be asked again. */
  readonly begun: boolean
  readonly key: string | null
}

export function breakOf(error: unknown, { begun, key }: BreakContext): BrokenTurn {
  if (error instanceof BrokenTurn) return error
  if (error instanceof APIUserAbortError) return brokenTurn('timed-out', 'no more of it in time')
  if (error instanceof APIError && error.status !== undefined) return breakOfStatus(error, key)
  if (error instanceof SyntaxError)
    return passing(brokenTurn('unreadable', 'a piece of the stream that is no JSON'), begun)
  if (error instanceof APIConnectionError) {
    const why = codeOf(error)
    return passing(brokenTurn('unreachable', `no connection to the server${why === null ? '' : ` (${why})`}`), begun)
  }
  if (error instanceof APIError)
    return passing(brokenTurn('server-error', `an error inside the stream (${hideKeys(error.message, key)})`), begun)
  if (error instanceof TypeError || codeOf(error) !== null)
    return passing(brokenTurn('cut-off', 'a body that broke off'), begun)
  return brokenTurn('broken-turn', hideKeys(error instanceof Error ? error.message : String(error), key))
}

function breakOfStatus(error: APIError, key: string | null): BrokenTurn {
  const status = error.status as number
  const after = retryAfter(error.headers)
  if (status === 429)
    return new PassingBreak(brokenTurn('rate-limited', '429 from the server: too many requests'), after)
  if (status >= 500 || status === 408 || status === 409)
    return new PassingBreak(brokenTurn('server-error', `${status} from the server`), after)
  // Servers quote parts of a key that they refuse.
  if (status === 401 || status === 403) return brokenTurn('denied', `${status} from the server: it refuses the key`)
  return brokenTurn('bad-request', `${status} from the server: ${hideKeys(error.message, key)}`)
}

function passing(broken: BrokenTurn, begun: boolean): BrokenTurn {
  return begun ? broken : new PassingBreak(broken, null)
}

/** Seconds that a `retry-after-ms` or `retry-after` header (seconds or a date) asks for. */
export function retryAfter(headers: Headers | undefined, now: number = Date.now()): number | null {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (milliseconds >= 0) return milliseconds / 1000
  const text = headers?.get('retry-after') ?? ''
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Number(text)
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, (date - now) / 1000)
}

/** ECONNREFUSED and the like, from the error or what caused it. */
function codeOf(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException
    if (typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code)) return code
  }
  return null
}
