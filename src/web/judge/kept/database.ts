// What a judging session needs without the network, kept in this browser (IndexedDB, which plain http has too): the session as the server
// described it, the sounds of its pairs, and what was done with each pair so far. By owner (session and judge), so that two links stay apart;
// erased when the session has ended, or a while after it was last opened. Statements are kept elsewhere (../store.ts).
import type { Mine } from '../server.ts'
import type { KeptVisit } from '../visit.ts'

export interface KeptSession {
  /** The link that opens it (nameLink). */
  readonly link: string
  readonly owner: string
  /** Milliseconds since 1970. */
  readonly openedAt: number
  readonly mine: Mine
}

export interface Kept {
  session(link: string): Promise<KeptSession | null>
  keepSession(session: KeptSession): Promise<void>
  /** Names of the sounds that are there. */
  sounds(owner: string): Promise<string[]>
  sound(owner: string, name: string): Promise<ArrayBuffer | null>
  /** Rejects when there is no room. */
  keepSound(owner: string, name: string, bytes: ArrayBuffer): Promise<void>
  eraseSound(owner: string, name: string): Promise<void>
  visits(owner: string): Promise<Map<number, KeptVisit>>
  keepVisit(owner: string, place: number, visit: KeptVisit): Promise<void>
  /** All of an owner. */
  erase(owner: string): Promise<void>
  /** All of those who were last opened before. */
  eraseBefore(milliseconds: number): Promise<void>
}

const database = 'hocket-judging-kept'
const [sessions, sounds, visits] = ['sessions', 'sounds', 'visits'] as const

/** null: this browser keeps nothing (some private windows). */
export async function openKept(): Promise<Kept | null> {
  const opened = await openDatabase().catch(() => null)
  if (opened === null) return null
  const erase = (owner: string) =>
    change(opened, [sessions, sounds, visits], async (table) => {
      table(sounds).delete(ofOwner(owner))
      table(visits).delete(ofOwner(owner))
      for (const one of await answered<KeptSession[]>(table(sessions).getAll()))
        if (one.owner === owner) table(sessions).delete(one.link)
    })
  return {
    session: async (link) => (await look<KeptSession | undefined>(opened, sessions, (all) => all.get(link))) ?? null,
    keepSession: (session) => change(opened, [sessions], (table) => table(sessions).put(session)),
    sounds: async (owner) =>
      (await look(opened, sounds, (all) => all.getAllKeys(ofOwner(owner)))).map((key) => String((key as string[])[1])),
    sound: async (owner, name) =>
      (await look<ArrayBuffer | undefined>(opened, sounds, (all) => all.get([owner, name]))) ?? null,
    keepSound: (owner, name, bytes) => change(opened, [sounds], (table) => table(sounds).put(bytes, [owner, name])),
    eraseSound: (owner, name) => change(opened, [sounds], (table) => table(sounds).delete([owner, name])),
    visits: (owner) => readVisits(opened, owner),
    keepVisit: (owner, place, visit) =>
      change(opened, [visits], (table) => {
        table(visits).put(visit, [owner, place])
        // Without waiting for an answer, which a page that is being left does not hear.
        table(visits).transaction.commit()
      }),
    erase,
    async eraseBefore(milliseconds) {
      const all = await look<KeptSession[]>(opened, sessions, (table) => table.getAll())
      for (const { owner, openedAt } of all) if (openedAt < milliseconds) await erase(owner)
    },
  }
}

async function readVisits(opened: IDBDatabase, owner: string): Promise<Map<number, KeptVisit>> {
  const table = opened.transaction(visits).objectStore(visits)
  const [keys, values] = await Promise.all([
    answered(table.getAllKeys(ofOwner(owner))),
    answered<KeptVisit[]>(table.getAll(ofOwner(owner))),
  ])
  return new Map(values.map((visit, k) => [Number((keys[k] as unknown[])[1]), visit]))
}

/** Keys are [owner, name or place]; an array comes after every text and number. */
const ofOwner = (owner: string) => IDBKeyRange.bound([owner], [owner, []])

const answered = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const look = <Value>(opened: IDBDatabase, name: string, ask: (table: IDBObjectStore) => IDBRequest<Value>) =>
  Promise.resolve().then(() => answered(ask(opened.transaction(name).objectStore(name))))

/** Resolves when it is kept, all of it or nothing. */
async function change(
  opened: IDBDatabase,
  names: readonly string[],
  deed: (table: (name: string) => IDBObjectStore) => unknown,
): Promise<void> {
  const transaction = opened.transaction(names, 'readwrite', { durability: 'relaxed' })
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })
  await Promise.all([deed((name) => transaction.objectStore(name)), done])
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(sessions, { keyPath: 'link' })
      request.result.createObjectStore(sounds)
      request.result.createObjectStore(visits)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = request.onblocked = () => reject(request.error)
  })
}
