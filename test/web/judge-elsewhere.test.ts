// A judge with two pages of one link, in one browser and on two devices: what one of them judged the other does not ask again.
import { expect, test } from 'vitest'
import type { Statement } from '../../src/record/index.ts'
import { createElsewhere, sayVote } from '../../src/web/judge/elsewhere.ts'
import type { SaidOfPair } from '../../src/web/judge/pair.ts'
import { nextPlace } from '../../src/web/judge/progress.ts'
import { createSender } from '../../src/web/judge/sender.ts'
import type { Mine, Sent } from '../../src/web/judge/server.ts'
import { createStanding } from '../../src/web/judge/standing.ts'
import { type KeptStatement, openStore, type StatementTable } from '../../src/web/judge/store.ts'

const places = [0, 1, 2, 3, 4]
const nothingSaid = {
  answers: {},
  first: 'a',
  heardSeconds: { a: 0, b: 0 },
  elapsedSeconds: 0,
  switches: 0,
  notes: [],
} as const satisfies SaidOfPair

/** Takes each revision of a pair once. */
function openServer() {
  const votes = new Map<string, Statement>()
  return {
    votes,
    async send(one: Statement): Promise<Sent> {
      const key = one.kind === 'vote' ? `${one.trial}.${one.revision}` : one.kind
      if (votes.has(key) && votes.get(key)?.id !== one.id) return { kind: 'refused', error: 'It has one.' }
      votes.set(key, one)
      return { kind: 'stored' }
    },
    async mine() {
      const revisions: Record<string, number> = {}
      for (const one of votes.values())
        if (one.kind === 'vote') revisions[one.trial] = Math.max(one.revision, revisions[one.trial] ?? 0)
      const ended = votes.has('end')
      return { said: { consent: true, headphones: true, profile: true, end: ended, votes: revisions } } as Mine
    },
  }
}

function openDatabase(): StatementTable {
  const rows = new Map<string, KeptStatement>()
  return {
    put: async (all) => all.forEach((one) => void rows.set(one.id, one)),
    list: async () => [...rows.values()],
  }
}

type Server = ReturnType<typeof openServer>

/** `patience`: forever, if not told. */
async function openPage(
  name: string,
  {
    server,
    table = openDatabase(),
    patience = () => new Promise<void>(() => {}),
  }: { server: Server; table?: StatementTable; patience?: () => Promise<void> },
) {
  const store = await openStore('x', table)
  const sender = createSender({ owner: 'x', store, server, onState: () => {}, now: () => 5, pause: async () => {} })
  const standing = createStanding((await server.mine()).said, [])
  const elsewhere = createElsewhere({
    ...{ sender, standing, server, patience },
    onMine: ({ said }) => standing.merge(said),
  })
  return {
    sender,
    standing,
    elsewhere,
    async choose(from = 0) {
      await elsewhere.look()
      return nextPlace(places, standing, from)
    },
    async vote(trial: number) {
      const say = async (statement: Statement) => {
        const said = { ...statement, id: `${name}${trial}` }
        await sender.say(said)
        standing.add(said)
      }
      await sayVote({ elsewhere, standing, say }, trial, nothingSaid)
      await sender.settled()
    },
  }
}

const keysOf = ({ votes }: Server) => [...votes].map(([key, { id }]) => `${key} ${id}`)

test('two pages of one browser: neither is led through what the other judged, and nothing is refused, with the network or without', async () => {
  for (const away of [false, true]) {
    const [server, table] = [openServer(), openDatabase()]
    const [first, second] = [await openPage('p', { server, table }), await openPage('q', { server, table })]
    if (away) server.mine = () => Promise.reject(new TypeError('Failed to fetch'))
    for (const k of [0, 1, 2]) await first.vote(k)
    expect(await second.choose()).toBe(3)
    await second.vote(3)
    expect(await first.choose(3)).toBe(4)
    // In hand since before: thought over.
    await second.vote(1)
    expect(keysOf(server)).toEqual(['0.0 p0', '1.0 p1', '2.0 p2', '3.0 q3', '1.1 q1'])
    expect((await first.sender.all()).every(({ state }) => state === 'stored')).toBe(true)
    await first.sender.say({ id: 'e', kind: 'end' })
    await second.choose()
    expect(second.standing.isEnded()).toBe(true)
  }
})

test('two devices: the pair in hand is refused and kept, and the page goes on with the next that is open', async () => {
  const server = openServer()
  const [first, second] = [await openPage('p', { server }), await openPage('q', { server })]
  expect([await first.choose(), await second.choose()]).toEqual([0, 0])
  for (const k of [0, 1, 2]) await first.vote(k)
  await second.vote(0)
  expect(await second.choose(0)).toBe(3)
  await second.vote(3)
  expect(await first.choose(2)).toBe(4)
  expect((await second.sender.all()).map(({ id, state }) => `${id} ${state}`)).toEqual(['q0 refused', 'q3 stored'])
  await first.vote(4)
  await first.sender.say({ id: 'e', kind: 'end' })
  await first.sender.settled()
  expect([await second.choose(3), second.standing.isEnded()]).toEqual([null, true])
})

test('a server that is silent is waited for once, and what it answers late counts', async () => {
  const server = openServer()
  let waited = 0
  const page = await openPage('p', { server, patience: async () => void waited++ })
  const { mine } = server
  let answer = () => {}
  server.mine = () => new Promise((resolve) => (answer = () => resolve(mine())))
  await server.send({ id: 'q0', kind: 'vote', trial: 0, revision: 0 } as Statement)
  expect([await page.choose(), await page.choose(), waited]).toEqual([0, 0, 1])
  answer()
  await expect.poll(() => page.standing.has(0)).toBe(true)
  expect([await page.choose(), waited]).toEqual([1, 2])
})
