// Who may come in: names and origins are checked, tokens compared in constant time, those who guess are slowed down, every refusal is logged
// in a line that holds no secret (neither token nor body nor a sound's name).
import { timingSafeEqual } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { Judge, JudgingKey } from '../../../record/index.ts'
import { secure } from '../../server/guard.ts'
import { hashToken } from '../session-files.ts'
import { readPublicName } from './public-names.ts'

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/

export type Log = (text: string) => void

const nameHint = 'If judges use it, give it with --name.'
const originHint = 'If a proxy stands before this server, let it pass Host on, or give its whole address with --name.'

/**
 * Refuses requests under names that are not ours (DNS rebinding) and from pages of other origins. `names`: hosts, besides this machine's own, or
 * whole addresses (https://judge.example.org), whose pages are ours whatever a proxy says instead of their host.
 */
export function createGuard(names: readonly string[], log: Log): MiddlewareHandler {
  const known = names.flatMap((name) => readPublicName(name) ?? [])
  const hosts = new Set(known.map(({ host }) => host))
  const origins = new Set(known.map(({ origin }) => origin))
  return async (context, next) => {
    const host = (context.req.header('host') ?? '').toLowerCase()
    const origin = context.req.header('origin')
    const bare = host.replace(/:\d{1,5}$/, '')
    const forbid = (error: string, hint: string) =>
      refuse(context, (text) => log(`${text} ${hint}`), { status: 403, error })
    if (!loopback.test(bare) && !hosts.has(bare)) return forbid('This server is not asked under that name.', nameHint)
    if (origin !== undefined && !origins.has(origin) && origin !== `http://${host}` && origin !== `https://${host}`)
      return forbid('Pages from elsewhere may not ask.', originHint)
    if (!['GET', 'HEAD', 'POST'].includes(context.req.method))
      return refuse(context, log, { status: 405, error: 'Only reading and posting is understood.' })
    await next()
    secure(context.res.headers, pagePolicy, 'no-store')
    return
  }
}

export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 429 | 503
  /** What the asker reads, and the log. */
  readonly error: string
  /** What the asker alone reads, since it may repeat what was sent. */
  readonly detail?: string
  /**
   * What this server itself refuses for good, so that nobody on the way is taken for it: `link`, `sound`, `stem`, `end`, or a statement by its id,
   * `too-large` where it was not read. Without it nothing is said about any of them.
   */
  readonly refused?: string
  /** Told before, to the same address: not logged again. */
  readonly logged?: true
}

const longestDetail = 300

export function refuse(context: Context, log: Log, { status, error, detail, refused, logged }: Refusal): Response {
  // Only the fixed beginning of the path: what follows may be a name that only one judge knows.
  const where = context.req.path
    .split('/')
    .slice(0, 4)
    .join('/')
    .slice(0, 60)
    .replaceAll(/[^\w/.-]/g, '?')
  if (logged !== true) log(`${status} ${context.req.method} ${where} from ${addressOf(context)}: ${error}`)
  const words = detail === undefined ? error : `${error} ${detail.slice(0, longestDetail)}`
  return context.json({ error: words, ...(refused === undefined ? {} : { refused }) }, status)
}

export function addressOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

/** Buckets that fill again with time: `take` says whether there was a drop left. */
export interface Limiter {
  take(who: string, now: number): boolean
}

const mostBuckets = 10_000

export function createLimiter({ burst, perSecond }: { burst: number; perSecond: number }): Limiter {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(who, now) {
      const bucket = buckets.get(who) ?? { left: burst, at: now }
      const left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond)
      buckets.delete(who)
      buckets.set(who, { left: Math.max(0, left - 1), at: now })
      const [oldest] = buckets.keys()
      if (buckets.size > mostBuckets && oldest !== undefined) buckets.delete(oldest)
      return left >= 1
    },
  }
}

export interface Doorkeeper {
  judgeOf(context: Context): Judge | Refusal
  isOrganiser(token: string): boolean
  /** Counts a wrong token against its address. */
  wrong(context: Context): Refusal
}

/** 128-bit tokens need no help against guessing; the limit keeps guessers from filling log and time. A right token always passes. */
export function createDoorkeeper(key: JudgingKey, now: () => number): Doorkeeper {
  const guesses = createLimiter({ burst: 20, perSecond: 0.5 })
  const judges = key.judges.flatMap((judge) => (judge.tokenHash === null ? [] : [{ judge, hash: judge.tokenHash }]))
  const shut = new Set<string>()
  const wrong = (context: Context): Refusal => {
    const address = addressOf(context)
    if (guesses.take(address, now())) {
      shut.delete(address)
      return { status: 401, error: 'This link does not open anything here. Ask for a new one.', refused: 'link' }
    }
    const before = shut.has(address)
    if (shut.size >= mostBuckets) shut.clear()
    shut.add(address)
    return { status: 429, error: 'Too many wrong links. Wait a minute.', ...(before && { logged: true }) }
  }
  return {
    judgeOf(context) {
      const token = bearerOf(context)
      if (token === null) return wrong(context)
      // All are compared, whichever is right: the time tells nothing.
      const hash = hashToken(token)
      const found = judges.filter((one) => isEqual(hash, one.hash))
      return found[0]?.judge ?? wrong(context)
    },
    isOrganiser: (token) => isEqual(hashToken(token), key.organiserTokenHash),
    wrong,
  }
}

export function bearerOf(context: Context): string | null {
  return /^Bearer ([\w-]{1,100})$/.exec(context.req.header('authorization') ?? '')?.[1] ?? null
}

const isEqual = (given: string, wanted: string) => timingSafeEqual(Buffer.from(given), Buffer.from(wanted))
