// A database of this browser (IndexedDB) that may go while the page is open: its data erased, its disk full, its connection closed by the
// browser. Whoever asks then finds it opened again, where it can be had.

export interface Connection {
  /** Asked again once, of a database opened anew, when it fails. Rejects when that fails too. */
  use<Value>(ask: (database: IDBDatabase) => Promise<Value>): Promise<Value>
}

export function connect(name: string, create: (database: IDBDatabase) => void): Connection {
  let opened: IDBDatabase | undefined
  const leave = (one: IDBDatabase | undefined) => {
    one?.close()
    if (opened === one) opened = undefined
  }
  const open = async () => {
    const one = await openDatabase(name, create)
    // Closed by the browser, or in the way of somebody who erases it.
    one.onclose = one.onversionchange = () => leave(one)
    opened = one
    return one
  }
  return {
    async use(ask) {
      const one = opened
      try {
        return await ask(one ?? (await open()))
      } catch (error) {
        if (one === undefined) throw error
        leave(one)
        return ask(opened ?? (await open()))
      }
    },
  }
}

function openDatabase(name: string, create: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => create(request.result)
    request.onsuccess = () => resolve(request.result)
    request.onerror = request.onblocked = () => reject(request.error)
  })
}
