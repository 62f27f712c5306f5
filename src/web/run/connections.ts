// Connections that pages of one browser keep open to their server. Over HTTP/1.1 a browser has six for all of them together, so only a few
// pages keep one; the others ask now and then, and what is fetched beside always finds one free.

/** Pages that keep a connection open. */
const most = 3

export interface ConnectionClaim {
  /** Whether this page is among them. */
  readonly mayStay: Promise<boolean>
  /** Leaves the place to another page. */
  release(): void
}

export type Locks = Pick<LockManager, 'request'>

/** A browser that has no locks (no secure context) lets every page. */
export function claimConnection(locks: Locks | undefined = globalThis.navigator?.locks): ConnectionClaim {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  /** The lock is held until `released`; the answer comes before. */
  const take = (name: string) =>
    new Promise<boolean>((resolve) => {
      const held = locks?.request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        return lock === null ? undefined : released
      })
      held?.catch(() => resolve(true))
      if (held === undefined) resolve(true)
    })
  const claim = async () => {
    for (let place = 0; place < most; place++) if (await take(`hocket-connection-${place}`)) return true
    return false
  }
  return { mayStay: claim(), release }
}
