// What a judging session needs without the network, kept in this browser (IndexedDB, which plain http has too): the session as the server
// described it, the sounds of its pairs, and what was done with each pair so far. By owner (session and judge), so that two links stay apart;
// erased when the session has ended, or a while after it was last opened: from then on no other page of it writes here. Statements are kept elsewhere (../store.ts).
import type { Mine } from '../server.ts'
import type { KeptVisit } from '../visit.ts'
import { type Connection, connect } from './connection.ts'

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
  /** In the place of what is kept; where nothing is (any more), nothing is. */
  renewSession(session: KeptSession): Promise<void>
  /** Names of the sounds that are there. */
  sounds(owner: string): Promise<string[]>
  sound(owner: string, name: string): Promise<ArrayBuffer | null>
  /** Rejects when there is no room, and where the session is not kept (any more). */
  keepSound(owner: string, name: string, bytes: ArrayBuffer): Promise<void>
  eraseSound(owner: string, name: string): Promise<void>
  visits(owner: string): Promise<Map<number, KeptVisit>>
  /** Rejects where the session is not kept (any more). */
  keepVisit(owner: string, place: number, visit: KeptVisit): Promise<void>
  /** All of an owner. */
  erase(owner: string): Promise<void>
  /** All of those who were last opened before, and all that lies beside no session. */
  eraseBefore(milliseconds: number): Promise<void>
}

const database = 'hocket-judging-kept'
const [sessions, sounds, visits] = ['sessions', 'sounds', 'visits'] as const

/** null: this browser keeps nothing (some private windows). */
export async function openKept(): Promise<Kept | null> {
  const connection = connect(database, createTables)
  const opens = await connection.use(async () => true).catch(() => false)
  return opens ? keepIn(connection) : null
}

function keepIn(connection: Connection): Kept {
  /** By owner: whose sounds and visits are written, and the row that has to stand for that. */
  const links = new Map<string, string>()
  const alter = (names: readonly string[], deed: (table: Tables) => unknown) =>
    connection.use((opened) => change(opened, names, deed))
  const look = <Value>(name: string, ask: (table: IDBObjectStore) => IDBRequest<Value>) =>
    connection.use((opened) => answered(ask(opened.transaction(name).objectStore(name))))
  const erase = (owner: string) => {
    links.delete(owner)
    return alter([sessions, sounds, visits], (table) => eraseOwner(table, owner))
  }
  /** `write` says whether the session stands. Another page may have erased it. */
  const besideSession = async (
    owner: string,
    name: string,
    write: (table: Tables, link: string) => Promise<boolean>,
  ) => {
    const link = links.get(owner)
    let stands = false
    if (link !== undefined)
      await alter([sessions, name], async (table) => {
        stands = await write(table, link)
      })
    if (stands) return
    if (link !== undefined) await erase(owner)
    throw new Error('This session is not kept here.')
  }
  return {
    session: async (link) => (await look<KeptSession | undefined>(sessions, (all) => all.get(link))) ?? null,
    keepSession(session) {
      links.set(session.owner, session.link)
      return alter([sessions], (table) => table(sessions).put(session))
    },
    renewSession: (session) =>
      alter([sessions], async (table) => {
        if (await has(table(sessions), session.link)) table(sessions).put(session)
      }),
    sounds: async (owner) =>
      (await look(sounds, (all) => all.getAllKeys(ofOwner(owner)))).map((key) => String((key as string[])[1])),
    sound: async (owner, name) =>
      (await look<ArrayBuffer | undefined>(sounds, (all) => all.get([owner, name]))) ?? null,
    keepSound: (owner, name, bytes) =>
      besideSession(owner, sounds, async (table, link) => {
        const stands = await has(table(sessions), link)
        if (stands) table(sounds).put(bytes, [owner, name])
        return stands
      }),
    eraseSound: (owner, name) => alter([sounds], (table) => table(sounds).delete([owner, name])),
    visits: (owner) => connection.use((opened) => readVisits(opened, owner)),
    keepVisit: (owner, place, visit) =>
      besideSession(owner, visits, (table, link) => {
        table(visits).put(visit, [owner, place])
        const stands = has(table(sessions), link)
        // Without waiting for an answer, which a page that is being left does not hear.
        table(visits).transaction.commit()
        return stands
      }),
    erase,
    eraseBefore: (milliseconds) => alter([sessions, sounds, visits], (table) => eraseOld(table, milliseconds)),
  }
}

type Tables = (name: string) => IDBObjectStore

const has = async (table: IDBObjectStore, key: string) => (await answered(table.getKey(key))) !== undefined

async function eraseOwner(table: Tables, owner: string): Promise<void> {
  table(sounds).delete(ofOwner(owner))
  table(visits).delete(ofOwner(owner))
  for (const one of await answered<KeptSession[]>(table(sessions).getAll()))
    if (one.owner === owner) table(sessions).delete(one.link)
}

/** Old sessions, and what lies beside none. */
async function eraseOld(table: Tables, before: number): Promise<void> {
  const standing = new Set<string>()
  for (const { link, owner, openedAt } of await answered<KeptSession[]>(table(sessions).getAll()))
    if (openedAt < before) table(sessions).delete(link)
    else standing.add(owner)
  for (const name of [sounds, visits]) {
    const owners = (await answered(table(name).getAllKeys())).map((key) => String((key as unknown[])[0]))
    for (const owner of new Set(owners)) if (!standing.has(owner)) table(name).delete(ofOwner(owner))
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

/** Resolves when it is kept, all of it or nothing. */
async function change(opened: IDBDatabase, names: readonly string[], deed: (table: Tables) => unknown): Promise<void> {
  const transaction = opened.transaction(names, 'readwrite', { durability: 'relaxed' })
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })
  await Promise.all([deed((name) => transaction.objectStore(name)), done])
}

function createTables(created: IDBDatabase): void {
  created.createObjectStore(sessions, { keyPath: 'link' })
  created.createObjectStore(sounds)
  created.createObjectStore(visits)
}
