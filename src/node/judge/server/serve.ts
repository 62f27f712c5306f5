// A judging server: one session, one process, on this machine unless told otherwise. Bodies, headers, time and connections are bounded.
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { InputError } from '../../../record/index.ts'
import { judgingPageFolder } from '../../installation.ts'
import { listenOn } from '../../server/listen-on.ts'
import { checkClips, openSession } from '../session-files.ts'
import type { Votes } from '../votes/keep-votes.ts'
import { openStore } from '../votes/store.ts'
import { createJudgingApp } from './app.ts'
import type { Log } from './gate.ts'
import { publicAddress } from './public-names.ts'

export const usualJudgingPort = 4760

export interface ServeSettings {
  readonly folder: string
  /** Where votes are kept, postgres://USER@HOST/DATABASE; null: in votes.jsonl. */
  readonly database?: string | null
  readonly host: string
  /** Left out: the usual one, or a free one. */
  readonly port?: number | undefined
  /** Host names, or whole addresses, under which judges ask, besides this machine's own and `host`. */
  readonly names: readonly string[]
  readonly log: Log
  readonly say: (text: string) => void
}

export interface JudgingServer {
  /** What judges type: https://judge.example.org/, or http://127.0.0.1:port/ */
  readonly url: string
  readonly votes: Votes
  close(): Promise<void>
}

const mostConnections = 1000
const headersMilliseconds = 10_000
const requestMilliseconds = 30_000

/** Throws InputError: no session, clips that are not there, a broken chain, a server that runs already, a port that cannot be had. */
export async function serveJudging(settings: ServeSettings): Promise<JudgingServer> {
  const { folder, database = null, host, names, log, say } = settings
  const opened = openSession(folder, database)
  checkClips(opened)
  if (!existsSync(judgingPageFolder))
    throw new InputError(
      'no-page',
      `${judgingPageFolder}: expected the built judges' page, found nothing. Run \`npm run build\`.`,
    )
  const votes = await openStore(opened, say)
  try {
    const app = createJudgingApp({ opened, votes, names: [...names, host], log, now: () => Date.now() })
    const server = createAdaptorServer({ fetch: app.fetch }) as Server
    server.maxConnections = mostConnections
    server.headersTimeout = headersMilliseconds
    server.requestTimeout = requestMilliseconds
    server.maxHeadersCount = 60
    const port = await listenOn(server, { host: settings.host, port: settings.port, usual: usualJudgingPort })
    return {
      url: publicAddress({ host, port }, names),
      votes,
      async close() {
        await new Promise<void>((resolve) => {
          server.close(() => resolve())
          server.closeAllConnections()
        })
        await votes.close()
      },
    }
  } catch (error) {
    await votes.close()
    throw error
  }
}
