// A small session behind the app that a judging server answers with, without a port: asked as a judge's page asks, with every line of its log.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createJudgingApp } from '../../../src/node/judge/server/app.ts'
import { drawOpaque, openSession } from '../../../src/node/judge/session-files.ts'
import { openVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { type SmallWish, writeSmallSession } from './small-session.ts'

export const consent = () => ({ id: drawOpaque(), kind: 'consent' as const })
export const end = () => ({ id: drawOpaque(), kind: 'end' as const })

export interface Mine {
  readonly judge: string
  readonly soundBytes: number
  readonly trials: { a: string; b: string; x?: string; training: boolean; round: number }[]
  readonly said: { votes: Record<string, number> }
}

interface Asked {
  readonly token?: string
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

const bodyOf = (body: unknown): RequestInit =>
  body === undefined
    ? {}
    : body instanceof ReadableStream
      ? ({ body, duplex: 'half' } as RequestInit)
      : { body: typeof body === 'string' ? body : JSON.stringify(body) }

export async function openSmallServer(wish: SmallWish) {
  const small = writeSmallSession(wish)
  const opened = openSession(small.folder)
  const votes = await openVotes(small.folder, opened.root, () => {})
  const page = path.join(small.folder, 'page')
  mkdirSync(page)
  writeFileSync(path.join(page, 'index.html'), '<p>page')
  const logged: string[] = []
  const clock = { now: 1e12 }
  const app = createJudgingApp({
    opened,
    votes,
    names: ['judge.example.org'],
    log: (text) => logged.push(text),
    page,
    now: () => ++clock.now,
  })
  const ask = async (where: string, { token, method = 'GET', body, headers = {} }: Asked = {}) =>
    app.request(`http://localhost${where}`, {
      method,
      headers: { host: 'localhost', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...bodyOf(body),
    })
  const tokenOf = (k: number) => small.tokens[k] as string
  return {
    small,
    votes,
    logged,
    clock,
    ask,
    tokenOf,
    say: (k: number, body: unknown, headers = {}) =>
      ask('/api/judging/statements', { token: tokenOf(k), method: 'POST', body, headers }),
    mine: async (k: number) => (await (await ask('/api/judging/mine', { token: tokenOf(k) })).json()) as Mine,
  }
}
