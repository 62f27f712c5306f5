// The server itself: on loopback, on the port asked for or, when that is taken and none was asked for, on a free one.
import { createAdaptorServer } from '@hono/node-server'
import { type AppSettings, createApp } from './app.ts'
import { listenOn } from './listen-on.ts'

export const usualPort = 4747

export interface RunningServer {
  /** http://127.0.0.1:port/ */
  readonly url: string
  close(): Promise<void>
}

/** Listens on 127.0.0.1. Throws InputError when the port that was asked for cannot be had. */
export async function startServer(settings: AppSettings, port?: number): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: createApp(settings).fetch })
  const got = await listenOn(server, { host: '127.0.0.1', port, usual: usualPort })
  return {
    url: `http://127.0.0.1:${got}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
