// Statements kept in this browser (IndexedDB) before the page moves on, until the server has them and after. Where the browser keeps nothing
// (some private windows), or no more (a full disk, data that was erased), memory stands in and `lasting` is false: then a statement must have
// reached the server first. The browser is asked again every time, and is given what it lacks as soon as it takes it.
import type { Statement } from '../../record/index.ts'
import { connect } from './kept/connection.ts'

export interface KeptStatement {
  readonly id: string
  /** Session and judge: several links may be opened in one browser. */
  readonly owner: string
  readonly at: number
  readonly statement: Statement
  readonly state: 'waiting' | 'stored' | 'refused'
  readonly error?: string
}

export interface Store {
  /** Whether all that was put outlasts the page, as the browser said when it was last asked. */
  readonly lasting: boolean
  /** Resolves when it is kept, if need be in memory. */
  put(kept: KeptStatement): Promise<void>
  /** In the order in which they were said. */
  list(): Promise<KeptStatement[]>
}

/** The browser's own, which may fail at any time. */
export interface StatementTable {
  /** All of them or none. */
  put(all: readonly KeptStatement[]): Promise<void>
  list(owner: string): Promise<KeptStatement[]>
}

export async function openStore(owner: string, table: StatementTable = openTable()): Promise<Store> {
  const known = new Map<string, KeptStatement>()
  /** Those that the table lacks. */
  const owed = new Set<string>()
  let [lasting, running] = [false, Promise.resolve()]
  /** One deed after the other. */
  const next = (deed: () => Promise<void>) => {
    running = running.then(deed).then(
      () => {
        lasting = true
      },
      () => {
        lasting = false
      },
    )
    return running
  }
  const write = async () => {
    if (owed.size > 0) await table.put([...known.values()].filter(({ id }) => owed.has(id)))
    owed.clear()
  }
  const read = async () => {
    const there = await table.list(owner)
    for (const id of known.keys()) if (!there.some((one) => one.id === id)) owed.add(id)
    for (const one of there) if (!owed.has(one.id)) known.set(one.id, one)
    await write()
  }
  await next(read)
  return {
    get lasting() {
      return lasting
    },
    put: (one) =>
      next(async () => {
        known.set(one.id, one)
        owed.add(one.id)
        await write()
      }),
    async list() {
      await next(read)
      return [...known.values()].sort((p, q) => p.at - q.at)
    },
  }
}

const [database, table] = ['hocket-judging', 'statements']

function openTable(): StatementTable {
  const connection = connect(database, (created) =>
    created.createObjectStore(table, { keyPath: 'id' }).createIndex('owner', 'owner'),
  )
  return {
    put: (all) =>
      connection.use(
        (opened) =>
          new Promise((resolve, reject) => {
            const change = opened.transaction(table, 'readwrite', { durability: 'strict' })
            for (const one of all) change.objectStore(table).put(one)
            change.oncomplete = () => resolve()
            change.onabort = change.onerror = () => reject(change.error)
          }),
      ),
    list: (owner) =>
      connection.use(
        (opened) =>
          new Promise((resolve, reject) => {
            const all = opened.transaction(table).objectStore(table).index('owner').getAll(owner)
            all.onsuccess = () => resolve(all.result)
            all.onerror = () => reject(all.error)
          }),
      ),
  }
}
