// A port for a server: the one asked for, or else the usual one, or else, when that is taken, a free one.
import type { Server } from 'node:net'
import { InputError } from '../../record/index.ts'

export interface Place {
  readonly host: string
  /** Asked for by hand: this one or none. */
  readonly port?: number | undefined
  readonly usual: number
}

/** Listens; resolves to the port. Throws InputError when the port or host that was asked for cannot be had. */
export async function listenOn(server: Server, { host, port, usual }: Place): Promise<number> {
  const listen = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(wanted, host, () => {
        server.off('error', reject)
        resolve()
      })
    })
  try {
    await listen(port ?? usual)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (port !== undefined || code !== 'EADDRINUSE')
      throw new InputError('port', `${host}, port ${port ?? usual}: expected a free port, got ${code}. Choose another.`)
    await listen(0)
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('server: expected an address with a port')
  return address.port
}
