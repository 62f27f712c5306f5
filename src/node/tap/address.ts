// Where a request goes. The tap's `/v1` stands for the upstream's address, whatever path that has; before it may stand who asks
// (`/agent/NAME`) and, where others may reach the tap, its token (`/token/TOKEN`). Any other path goes to the upstream's host unchanged.
import { timingSafeEqual } from 'node:crypto'
import { InputError } from '../../record/index.ts'

export interface Upstream {
  readonly secure: boolean
  /** Without brackets. */
  readonly hostname: string
  readonly port: number
  /** As the Host header names it. */
  readonly host: string
  /** '' when the address has no path. */
  readonly path: string
}

/** Throws InputError, which does not show what may be secret. */
export function readUpstream(text: string): Upstream {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new InputError('usage', '--upstream: expected a URL such as https://api.openai.com/v1. Mend it.')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new InputError(
      'usage',
      `--upstream: expected a URL without user, password, query or fragment for ${url.host}. Let the agents send their keys.`,
    )
  const secure = url.protocol === 'https:'
  return {
    secure,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    host: url.host,
    path: url.pathname.replace(/\/+$/, ''),
  }
}

export interface Route {
  /** The path and query to ask the upstream for. */
  readonly path: string
  /** Who asks, as the path says; null: it does not. */
  readonly agent: string | null
  /** Answers of this path are heard. */
  readonly speaks: 'chat' | 'responses' | null
}

/** null: the token is missing or wrong. */
export function findRoute(asked: string, upstream: Upstream, token: string | null): Route | null {
  let rest = asked
  if (token !== null) {
    const given = /^\/token\/([^/?]+)/.exec(rest)
    if (given === null || !isEqual(given[1] as string, token)) return null
    rest = rest.slice(given[0].length)
  }
  const named = /^\/agent\/([^/?]+)/.exec(rest)
  if (named !== null) rest = rest.slice(named[0].length)
  if (!rest.startsWith('/')) rest = `/${rest}`
  const path = upstream.path !== '' && /^\/v1(?=[/?]|$)/.test(rest) ? upstream.path + rest.slice(3) : rest
  const end = /\/(chat\/completions|responses)\/?(?:\?|$)/.exec(path)?.[1]
  const speaks = end === undefined ? null : end === 'responses' ? 'responses' : 'chat'
  return { path, agent: named === null ? null : decodeName(named[1] as string), speaks }
}

function decodeName(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** In a time that does not tell how much of it is right. */
function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const localNames = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|host\.docker\.internal)(:\d{1,5})?$/i

export const isLoopback = (host: string) => /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(host)

/** Other names are those of pages that were made to point here (DNS rebinding); other origins are foreign pages. */
export function isLocalRequest(host: string | undefined, origin: string | undefined): boolean {
  if (host !== undefined && !localNames.test(host)) return false
  return origin === undefined || localNames.test(origin.replace(/^https?:\/\//, ''))
}
