// A browser that keeps what was said, stops keeping it in mid-session (a full disk, erased data), and keeps it again: nothing said is lost meanwhile.
import { expect, test } from 'vitest'
import { wordsOf } from '../../src/web/judge/foot.ts'
import { createSender, type SendingState } from '../../src/web/judge/sender.ts'
import type { Sent } from '../../src/web/judge/server.ts'
import { type KeptStatement, openStore, type StatementTable } from '../../src/web/judge/store.ts'

const said = (id: string, state: KeptStatement['state'] = 'waiting'): KeptStatement => ({
  id,
  owner: 'x',
  at: Number(id),
  statement: { id, kind: 'consent' },
  state,
})

function openTable() {
  const rows = new Map<string, KeptStatement>()
  const fails = { put: false, list: false }
  const table: StatementTable = {
    async put(all) {
      if (fails.put) throw new Error('QuotaExceededError')
      for (const one of all) rows.set(one.id, one)
    },
    async list() {
      if (fails.list) throw new Error('The connection is closed.')
      return [...rows.values()]
    },
  }
  return { rows, fails, table }
}

const idsOf = (all: Iterable<KeptStatement>) => [...all].map(({ id, state }) => `${id} ${state}`)

test('what the browser does not take is held in memory, told, and given to it as soon as it takes it', async () => {
  const { rows, fails, table } = openTable()
  const store = await openStore('x', table)
  await store.put(said('1'))
  expect([store.lasting, idsOf(rows.values())]).toEqual([true, ['1 waiting']])
  fails.put = true
  await store.put(said('2'))
  await store.put(said('1', 'stored'))
  expect([store.lasting, idsOf(await store.list())]).toEqual([false, ['1 stored', '2 waiting']])
  fails.list = true
  expect([store.lasting, idsOf(await store.list())]).toEqual([false, ['1 stored', '2 waiting']])
  Object.assign(fails, { put: false, list: false })
  expect(idsOf(await store.list())).toEqual(['1 stored', '2 waiting'])
  expect([store.lasting, idsOf(rows.values())]).toEqual([true, ['1 stored', '2 waiting']])
})

test('data erased under the page is put back, and what another page did counts', async () => {
  const { rows, table } = openTable()
  const [store, other] = [await openStore('x', table), await openStore('x', table)]
  await Promise.all([store.put(said('1')), store.put(said('2')), store.put(said('2', 'refused'))])
  await other.list()
  await other.put(said('1', 'stored'))
  expect(idsOf(await store.list())).toEqual(['1 stored', '2 refused'])
  rows.clear()
  expect(idsOf(await store.list())).toEqual(['1 stored', '2 refused'])
  expect(idsOf(rows.values())).toEqual(['1 stored', '2 refused'])
})

test.each([
  ['the server has the answer', false],
  ['it keeps again', true],
] as const)('a browser that stops keeping lets the page move on when %s, not before', async (_, keepsAgain) => {
  const { fails, table } = openTable()
  const store = await openStore('x', table)
  const away: Sent = { kind: 'later', error: 'Away.' }
  const answers: Sent[] = keepsAgain ? [away, away] : [away]
  const states: SendingState[] = []
  let goOn = () => {}
  const sender = createSender({
    owner: 'x',
    store,
    server: { send: async () => answers.shift() ?? { kind: 'stored' } },
    onState: (state) => states.push(state),
    now: () => 5,
    pause: () => new Promise((resolve) => (goOn = resolve)),
  })
  fails.put = true
  let moved = false
  const saying = sender.say({ id: '1', kind: 'consent' }).then(() => {
    moved = true
  })
  await expect.poll(() => states.at(-1)).toEqual({ waiting: 1, refused: 0, trouble: 'Away.', lasting: false })
  expect([moved, idsOf(await sender.all()).length]).toEqual([false, 1])
  fails.put = !keepsAgain
  goOn()
  await saying
  expect(states.at(-1)).toEqual(
    keepsAgain
      ? { waiting: 1, refused: 0, trouble: 'Away.', lasting: true }
      : { waiting: 0, refused: 0, trouble: null, lasting: false },
  )
})

test('the foot says that nothing is kept now, and what to do', () => {
  const words = (sending: SendingState) =>
    wordsOf({ sending, supply: null, coming: null, server: 'there', reloads: true })
  const quiet = { waiting: 0, refused: 0, trouble: null, lasting: false }
  expect(words(quiet).sending).toMatch(/keeps nothing now .* each answer has to reach the server/)
  expect(words({ ...quiet, waiting: 1, trouble: 'Away.' })).toMatchObject({
    sending: expect.stringMatching(/^Away\. One answer waits in this page .* leave this page open/),
    download: true,
  })
})
