// A cable between a browser and a server, which can be cut: TCP alone, so that nothing of the browser, service workers least, gets round it.
import { createConnection, createServer, type Server, type Socket } from 'node:net'

export interface Cable {
  /** http://127.0.0.1:port/ */
  readonly url: string
  cut(): Promise<void>
  mend(): Promise<void>
}

export async function layCable(serverUrl: string): Promise<Cable> {
  const target = Number(new URL(serverUrl).port)
  const sockets = new Set<Socket>()
  let server = await listen(target, sockets, 0)
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}/`,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
    async mend() {
      server = await listen(target, sockets, port)
    },
  }
}

function listen(target: number, sockets: Set<Socket>, port: number): Promise<Server> {
  const server = createServer((near) => {
    const far = createConnection(target, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)))
}
