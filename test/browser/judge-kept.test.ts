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
