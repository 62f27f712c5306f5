// Statements kept in this browser (IndexedDB) before the page moves on, until the server has them and after. Where the browser keeps nothing
// (some private windows), memory stands in and `lasting` is false: then a statement must have reached the server first.
import type { Statement } from '../../record/index.ts'

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
  readonly lasting: boolean
  /** Resolves when it is kept. */
  put(kept: KeptStatement): Promise<void>
  /** In the order in which they were said. */
  list(): Promise<KeptStatement[]>
}

const [database, table] = ['hocket-judging', 'statements']

export async function openStore(owner: string): Promise<Store> {
  const opened = await openDatabase().catch(() => null)
  if (opened === null) return keepInMemory()
  return {
    lasting: true,
    put: (kept) =>
      new Promise((resolve, reject) => {
        const change = opened.transaction(table, 'readwrite', { durability: 'strict' })
        change.objectStore(table).put(kept)
        change.oncomplete = () => resolve()
        change.onabort = change.onerror = () => reject(change.error)
      }),
    list: () =>
      new Promise((resolve, reject) => {
        const all = opened.transaction(table).objectStore(table).index('owner').getAll(owner)
        all.onsuccess = () => resolve((all.result as KeptStatement[]).sort((p, q) => p.at - q.at))
        all.onerror = () => reject(all.error)
      }),
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore(table, { keyPath: 'id' }).createIndex('owner', 'owner')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = request.onblocked = () => reject(request.error)
  })
}

function keepInMemory(): Store {
  const kept = new Map<string, KeptStatement>()
  return {
    lasting: false,
    put: async (one) => void kept.set(one.id, one),
    list: async () => [...kept.values()].sort((p, q) => p.at - q.at),
  }
}
