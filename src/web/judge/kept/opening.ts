// How a session opens: as the server describes it, or, where the server is away, as it was kept here. A link that the server refuses opens
// nothing. "Away" is never taken for "refused": the page asks again by itself.
import { type Mine, type Server, ServerError } from '../server.ts'
import type { Kept } from './database.ts'

export type Opening =
  /** `away`: from what was kept, since the server does not answer. */
  | { readonly kind: 'open'; readonly mine: Mine; readonly away: boolean }
  /** `owner`: whose link it was here. */
  | { readonly kind: 'refused'; readonly error: string; readonly owner: string | null }

export interface OpeningSettings {
  readonly server: Pick<Server, 'mine'>
  /** null: nothing is kept here. */
  readonly kept: Pick<Kept, 'session'> | null
  readonly link: string
  /** Nothing is kept and the server is away; told once. */
  onAway(words: string): void
  readonly pause: (milliseconds: number) => Promise<void>
}

const [shortestPause, longestPause] = [1000, 10_000]
/** How long a silent network is waited for while there is something kept. */
const patienceMilliseconds = 5000

export const ownerOf = ({ session, judge }: Mine) => `${session} ${judge}`

export async function openSession(settings: OpeningSettings): Promise<Opening> {
  const { server, kept, link, onAway, pause } = settings
  const known = (await kept?.session(link).catch(() => null)) ?? null
  const asked = ask(server)
  const first = await (known === null ? asked : Promise.race([asked, pause(patienceMilliseconds).then(() => silent)]))
  if (first.kind === 'mine') return { kind: 'open', mine: first.mine, away: false }
  if (first.kind === 'refused') return { ...first, owner: known === null ? null : known.owner }
  if (known !== null) return { kind: 'open', mine: known.mine, away: true }
  onAway(first.error)
  const later = await askUntilThere(settings)
  return later.kind === 'mine' ? { kind: 'open', mine: later.mine, away: false } : { ...later, owner: null }
}

export type There =
  | { readonly kind: 'mine'; readonly mine: Mine }
  | { readonly kind: 'refused'; readonly error: string }
type Asked = There | { readonly kind: 'away'; readonly error: string }

/** Asks again, longer and longer apart, until the server is there. */
export async function askUntilThere({ server, pause }: Pick<OpeningSettings, 'server' | 'pause'>): Promise<There> {
  for (let wait = shortestPause; ; wait = Math.min(2 * wait, longestPause)) {
    await pause(wait)
    const asked = await ask(server)
    if (asked.kind !== 'away') return asked
  }
}

const silent: Asked = { kind: 'away', error: 'The server does not answer.' }

async function ask(server: Pick<Server, 'mine'>): Promise<Asked> {
  try {
    return { kind: 'mine', mine: await server.mine() }
  } catch (error) {
    if (!(error instanceof ServerError)) return silent
    return { kind: error.refused === 'link' ? 'refused' : 'away', error: error.message }
  }
}

/**
 * What tells a link from others in this browser, without keeping it: 64 bits of the 128 that it has (two rounds of FNV-1a), so that who reads
 * the browser's database still has 64 to guess.
 */
export function nameLink(token: string): string {
  const mix = (start: number) =>
    [...token].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0, start)
  return [0x811c9dc5, 0x9e3779b9].map((start) => mix(start).toString(16).padStart(8, '0')).join('')
}
