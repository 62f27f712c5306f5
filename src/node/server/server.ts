// The server itself: on loopback, on the port asked for or, when that is taken and none was asked for, on a free one.
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { InputError } from '../../record/index.ts'
import { type AppSettings, createApp } from './app.ts'

export const usualPort = 4747

export interface RunningServer {
  /** http://127.0.0.1:port/ */
  readonly url: string
  close(): Promise<void>
}

/** Listens on 127.0.0.1. Throws InputError when the port that was asked for cannot be had. */
export async function startServer(settings: AppSettings, port?: number): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: createApp(settings).fetch })
  const listen = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  try {
    await listen(port ?? usualPort)
  } catch (error) {
    if (port !== undefined)
      throw new InputError(
        'port',
        `--port ${port}: expected a free port, got ${(error as NodeJS.ErrnoException).code}. Choose another, or leave --port out.`,
      )
    await listen(0)
  }
  const { port: got } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${got}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
