// The sounds of a session, on their way into this browser: one request at a time, what the pair in hand lacks first, then the pairs in their
// order from there on, round. Nothing here knows what a sound is made of: order and number follow from places alone.
import { ServerError } from '../server.ts'
import { openShelf, type Shelf, type ShelfSettings } from './shelf.ts'

export interface Supply {
  /** What lies ahead is fetched, and its state told, from now on; before, only what is asked for. */
  begin(): void
  /** Its bytes, from here or from the server, however long that takes. */
  sound(name: string): Promise<ArrayBuffer>
  /** What is kept under the name was no good. */
  forget(name: string): Promise<void>
  /** The pair in hand. */
  from(place: number): void
  /** Keeps nothing from now on; resolves when nothing is on its way into the store. */
  close(): Promise<void>
}

export interface SupplySettings extends ShelfSettings {
  readonly fetch: (name: string) => Promise<ArrayBuffer>
  readonly pause: (milliseconds: number) => Promise<void>
  /** A sound that is waited for cannot be fetched now. */
  onTrouble(error: unknown): void
}

// What lies ahead is asked for ever less often while the server is away.
const [troubleMilliseconds, longestTroubleMilliseconds] = [3000, 24_000]
// The server answers a judge 120 times at once, then ten times a second (src/node/judge/server/app.ts): half of it is left for what is said.
const atOnce = 60
const betweenMilliseconds = 100

export async function createSupply(settings: SupplySettings): Promise<Supply> {
  const shelf = await openShelf(settings)
  const wishes = openWishes()
  const bring = createBringing(settings, shelf, wishes)
  let [running, begun] = [false, false]
  const start = async () => {
    if (running) return
    running = true
    for (;;) {
      const name = wishes.first() ?? (begun ? shelf.missing() : undefined)
      if (name === undefined) break
      await bring(name)
    }
    running = false
  }
  return {
    begin() {
      begun = true
      shelf.tell()
      void start()
    },
    async sound(name) {
      const kept = await shelf.take(name)
      if (kept !== null) return kept
      const wish = wishes.add(name)
      void start()
      return wish
    },
    async forget(name) {
      await shelf.drop(name)
      void start()
    },
    from: shelf.from,
    close: shelf.close,
  }
}

type Wishes = ReturnType<typeof openWishes>

/** Sounds that are waited for, first come, first served. */
function openWishes() {
  const waiting = new Map<string, ((bytes: ArrayBuffer) => void)[]>()
  let tellAdded = () => {}
  return {
    add: (name: string) =>
      new Promise<ArrayBuffer>((resolve) => {
        waiting.set(name, [...(waiting.get(name) ?? []), resolve])
        tellAdded()
      }),
    /** Resolves when the next comes. */
    added: () =>
      new Promise<void>((resolve) => {
        tellAdded = resolve
      }),
    first: (): string | undefined => waiting.keys().next().value,
    has: (name: string) => waiting.has(name),
    give(name: string, bytes: ArrayBuffer) {
      const [first, ...others] = waiting.get(name) ?? []
      waiting.delete(name)
      // Whoever decodes bytes takes them away.
      for (const resolve of others) resolve(bytes.slice(0))
      first?.(bytes)
    },
  }
}

/** Fetches one; waits where it should. */
function createBringing({ fetch, pause, onTrouble }: SupplySettings, shelf: Shelf, wishes: Wishes) {
  let fetched = 0
  let wait = troubleMilliseconds
  return async (name: string): Promise<void> => {
    try {
      const bytes = await fetch(name)
      fetched++
      wait = troubleMilliseconds
      await shelf.keep(name, bytes)
      wishes.give(name, bytes)
      if (fetched >= atOnce) await pause(betweenMilliseconds)
    } catch (error) {
      if (error instanceof ServerError && error.refused === 'sound') shelf.setAside(name)
      if (wishes.has(name)) {
        onTrouble(error)
        await pause(troubleMilliseconds)
      } else {
        await Promise.race([pause(wait), wishes.added()])
        wait = Math.min(2 * wait, longestTroubleMilliseconds)
      }
    }
  }
}
