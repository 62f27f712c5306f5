// The server itself: on loopback, on the port asked for or, when that is taken and none was asked for, on a free one.
import { createAdaptorServer } from '@hono/node-server'
import { type AppSettings, createApp } from './app.ts'
import { createChance, type HearOthers } from './chance.ts'
import { listenOn } from './listen-on.ts'

export const usualPort = 4747

export interface RunningServer {
  /** http://127.0.0.1:port/ */
  readonly url: string
  close(): Promise<void>
}

export interface ServerSettings extends Omit<AppSettings, 'chance'> {
  /** How chance is measured in the sound of a run that somebody looks at; left out: not at all. */
  readonly hearOthers?: HearOthers | undefined
}

/** Listens on 127.0.0.1. Throws InputError when the port that was asked for cannot be had. */
export async function startServer({ hearOthers, ...settings }: ServerSettings, port?: number): Promise<RunningServer> {
  const chance = createChance(hearOthers ?? null)
  const server = createAdaptorServer({ fetch: createApp({ ...settings, chance }).fetch })
  const got = await listenOn(server, { host: '127.0.0.1', port, usual: usualPort })
  return {
    url: `http://127.0.0.1:${got}/`,
    close: () =>
      new Promise((resolve) => {
        chance.close()
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
