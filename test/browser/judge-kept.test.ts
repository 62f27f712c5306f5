// What the judging page keeps, in a real browser's database: owners stay apart, and what is erased is gone.
import { expect, test } from 'vitest'
import { openKept } from '../../src/web/judge/kept/database.ts'
import type { Mine } from '../../src/web/judge/server.ts'
import { openStore } from '../../src/web/judge/store.ts'
import { newVisit, packVisit } from '../../src/web/judge/visit.ts'

const session = (owner: string, openedAt: number) => ({
  link: `link ${owner}`,
  owner,
  openedAt,
  mine: { judge: owner } as Mine,
})
const bytes = (...numbers: number[]) => Uint8Array.from(numbers).buffer

test('sessions, sounds and visits lie there by owner; one is erased at its end, old ones by their day', async () => {
  const kept = await openKept()
  if (kept === null) throw new Error('this browser keeps nothing')
  // An owner whose name begins like another's.
  for (const [k, owner] of ['s 1', 's 11', 's 2'].entries()) {
    await kept.keepSession(session(owner, 100 * k))
    await kept.keepSound(owner, 'b', bytes(k, 1))
    await kept.keepSound(owner, 'a', bytes(k, 2))
    await kept.keepVisit(owner, 10, packVisit({ ...newVisit(), draft: owner }))
    await kept.keepVisit(owner, 9, packVisit(newVisit()))
  }
  const have = async (owner: string) => ({
    judge: (await kept.session(`link ${owner}`))?.mine.judge ?? null,
    sounds: await kept.sounds(owner),
    visits: [...(await kept.visits(owner))].map(([place, { draft }]) => [place, draft]),
  })
  const whole = (owner: string) => ({
    judge: owner,
    sounds: ['a', 'b'],
    visits: [
      [9, ''],
      [10, owner],
    ],
  })
  const nothing = { judge: null, sounds: [], visits: [] }
  expect(await have('s 1')).toEqual(whole('s 1'))
  expect(new Uint8Array((await kept.sound('s 11', 'a')) ?? bytes())).toEqual(new Uint8Array([1, 2]))
  expect(await kept.sound('s 1', 'c')).toBe(null)
  await kept.eraseSound('s 2', 'a')
  expect(await kept.sounds('s 2')).toEqual(['b'])

  // Another page's connection sees the same.
  await (await openKept())?.erase('s 1')
  expect([await have('s 1'), await have('s 11')]).toEqual([nothing, whole('s 11')])
  await kept.eraseBefore(101)
  expect([await have('s 11'), (await have('s 2')).judge]).toEqual([nothing, 's 2'])
  await kept.erase('s 2')
})

const count = () =>
  new Promise<number[]>((resolve) => {
    indexedDB.open('hocket-judging-kept').onsuccess = ({ target }) => {
      const database = (target as IDBOpenDBRequest).result
      const asked = ['sessions', 'sounds', 'visits'].map((name) => database.transaction(name).objectStore(name).count())
      for (const one of asked)
        one.onsuccess = () => {
          if (asked.some(({ readyState }) => readyState === 'pending')) return
          database.close()
          resolve(asked.map(({ result }) => result))
        }
    }
  })

test('what one page erased at the end no other page of the same link writes again; what lies beside no session goes', async () => {
  const [page, other] = [await openKept(), await openKept()]
  if (page === null || other === null) throw new Error('this browser keeps nothing')
  const visit = packVisit(newVisit())
  // Not before the session itself is kept.
  await expect(page.keepSound('s 3', 'a', bytes(1))).rejects.toThrow(/not kept here/)
  for (const one of [page, other]) await one.keepSession(session('s 3', 7))
  await other.keepSound('s 3', 'a', bytes(1))
  await other.keepVisit('s 3', 1, visit)
  expect(await count()).toEqual([1, 1, 1])
  await other.renewSession(session('s 3', 8))
  await page.erase('s 3')
  await other.renewSession(session('s 3', 9))
  await expect(other.keepVisit('s 3', 1, visit)).rejects.toThrow(/not kept here/)
  await expect(other.keepSound('s 3', 'a', bytes(1))).rejects.toThrow(/not kept here/)
  expect(await count()).toEqual([0, 0, 0])

  // Left by a page that was closed in mid-writing.
  await page.keepSession(session('s 3', 7))
  await page.keepSound('s 3', 'a', bytes(1))
  await page.keepVisit('s 3', 1, visit)
  await page.keepSession({ ...session('s 4', 7), link: 'link s 3' })
  await page.eraseBefore(7)
  expect(await count()).toEqual([1, 0, 0])

  // A database that is erased under the page is made anew for what comes next.
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('hocket-judging-kept').onsuccess = resolve
  })
  await expect(page.keepSound('s 4', 'a', bytes(1))).rejects.toThrow(/not kept here/)
  await page.keepSession(session('s 4', 7))
  await page.keepSound('s 4', 'a', bytes(1))
  expect(await count()).toEqual([1, 1, 0])
  await page.erase('s 4')
})

test('what was said goes into a database opened anew when the data of the page is erased under it', async () => {
  const store = await openStore('s 1')
  const said = (id: string) =>
    ({ id, owner: 's 1', at: Number(id), statement: { id, kind: 'consent' }, state: 'waiting' }) as const
  await store.put(said('1'))
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('hocket-judging').onsuccess = resolve
  })
  await store.put(said('2'))
  await store.list()
  expect(store.lasting).toBe(true)
  expect(await (await openStore('s 1')).list()).toEqual([said('1'), said('2')])
})
