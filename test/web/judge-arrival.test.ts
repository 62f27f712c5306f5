// That what was said has arrived: only a receipt says so, what a server has no more is sent again, and a session ends when the server has it all.
import { afterEach, expect, test, vi } from 'vitest'
import type { Statement } from '../../src/record/index.ts'
import { goToEnd } from '../../src/web/judge/course.ts'
import { createSender, type SendingState } from '../../src/web/judge/sender.ts'
import { type Mine, openServer, readSent, type Sent, ServerError } from '../../src/web/judge/server.ts'
import { createStanding, isKnown } from '../../src/web/judge/standing.ts'
import type { KeptStatement, Store } from '../../src/web/judge/store.ts'

afterEach(() => vi.unstubAllGlobals())

const receipt = JSON.stringify({ hash: '0123456789abcdef'.repeat(4) })

test.each([
  [400, '{"error":"No.","refused":"7"}', 'refused'],
  [409, '{"error":"No.","refused":"7"}', 'refused'],
  [413, '{"error":"No.","refused":"too-large"}', 'refused'],
  [409, '{"error":"No.","refused":"8"}', 'later'],
  [400, '{"error":"No."}', 'later'],
  [413, '<h1>413</h1>', 'later'],
  [401, '{"error":"No.","refused":"7"}', 'later'],
  ...[401, 403, 404, 408, 421, 429, 500, 502, 503].map((status) => [status, '{"error":"No."}', 'later'] as const),
  [403, '<h1>Who are you?</h1>', 'later'],
  [400, 'null', 'later'],
  [200, receipt, 'stored'],
  [201, receipt, 'stored'],
  [202, receipt, 'later'],
  [200, '<h1>Sign in to the WiFi</h1>', 'later'],
  [200, '{"error":"No.","refused":"7"}', 'later'],
  [201, '{"hash":"0"}', 'later'],
  [200, '{}', 'later'],
  [200, '', 'later'],
  [204, '', 'later'],
] as const)(
  'only a receipt is stored, only what the server says of this very statement is refused: %i %s is %s',
  (status, body, kind) => {
    const sent = readSent(status, body, '7')
    expect(sent.kind).toBe(kind)
    if (sent.kind !== 'stored') expect(sent.error).toMatch(/^No\.$|^Something on the way answers \d+/)
  },
)

const consent: Statement = { id: 'c', kind: 'consent' }
const vote = (trial: number, revision = 0, id = `${trial}.${revision}`): Statement => ({
  ...{ id, kind: 'vote', trial, revision, answers: { overall: 'a' }, first: 'a', heardSeconds: { a: 2, b: 2 } },
  ...{ elapsedSeconds: 5, switches: 1, notes: [] },
})

const nothing: Mine['said'] = { consent: false, headphones: false, profile: false, end: false, votes: {} }

/** A server that takes each revision of a pair once, and the end after `trials` pairs. `refuse`: ids that it will not have. */
function serve(trials: number, refuse: readonly string[] = []) {
  const has: Statement[] = []
  const said = (): Mine['said'] => {
    const votes: Record<string, number> = {}
    for (const one of has) if (one.kind === 'vote') votes[one.trial] = Math.max(one.revision, votes[one.trial] ?? 0)
    const is = (kind: Statement['kind']) => has.some((one) => one.kind === kind)
    return { consent: is('consent'), headphones: is('headphones'), profile: is('profile'), end: is('end'), votes }
  }
  return {
    has,
    said,
    ids: () => has.map(({ id }) => id),
    async send(one: Statement): Promise<Sent> {
      if (refuse.includes(one.id)) return { kind: 'refused', error: 'No.' }
      if (has.some(({ id }) => id === one.id)) return { kind: 'stored' }
      if (one.kind === 'end' && Object.keys(said().votes).length < trials) return { kind: 'refused', error: 'Not yet.' }
      has.push(one)
      return { kind: 'stored' }
    },
  }
}

function openSender(server: { send(one: Statement): Promise<Sent> }, before: readonly KeptStatement[] = []) {
  const kept = new Map(before.map((one) => [one.id, one]))
  const store: Store = {
    lasting: true,
    put: async (one) => void kept.set(one.id, one),
    list: async () => [...kept.values()].sort((p, q) => p.at - q.at),
  }
  const states: SendingState[] = []
  const onState = (state: SendingState) => states.push(state)
  const pause = async () => {}
  return { kept, states, sender: createSender({ owner: 'x', store, server, onState, now: () => 5, pause }) }
}

test('what somebody else answers 200 to waits, is told, and arrives when the judging server is there again', async () => {
  const answers = ['<h1>Sign in</h1>', '{"ok":true}', receipt]
  const fetch = vi.fn(async () => new Response(answers.shift() ?? receipt, { status: 200 }))
  vi.stubGlobal('fetch', fetch)
  const { kept, states, sender } = openSender(openServer('T'))
  await sender.say(vote(0))
  await sender.settled()
  expect(fetch).toHaveBeenCalledTimes(3)
  expect(states).toContainEqual({
    waiting: 1,
    refused: 0,
    trouble: expect.stringMatching(/on the way answers 200/),
    lasting: true,
  })
  expect(kept.get('0.0')?.state).toBe('stored')
})

test('what was refused before the page was closed is told when it opens again, though nothing is sent', async () => {
  const { kept, states } = openSender(serve(3), [
    { id: '0.0', owner: 'x', at: 1, statement: vote(0), state: 'refused', error: 'No.' },
  ])
  await expect.poll(() => states).toEqual([{ waiting: 0, refused: 1, trouble: null, lasting: true }])
  expect(kept.size).toBe(1)
})

test('the server has a vote when it has one of the same pair with a revision as high', () => {
  const said = { ...nothing, consent: true, votes: { 3: 1 } }
  expect([consent, vote(3), vote(3, 1), vote(3, 2), vote(4)].map((one) => isKnown(said, one))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(isKnown(said, { id: 'e', kind: 'end' })).toBe(false)
})

test('what a server took and has no more is sent again in its order, under the same ids, and nothing else is', async () => {
  const server = serve(3)
  const { sender } = openSender(server)
  for (const one of [consent, vote(0), vote(1), vote(2)]) await sender.say(one)
  await sender.settled()
  // Put back from a copy.
  server.has.splice(2)
  const send = vi.spyOn(server, 'send')
  expect(await sender.again(server.said())).toBe(2)
  await sender.settled()
  expect(server.ids()).toEqual(['c', '0.0', '1.0', '2.0'])
  expect(send).toHaveBeenCalledTimes(2)
  expect(await sender.again(server.said())).toBe(0)
})

/** A page at its last pair: what is open is judged with the revision that is next. */
function openCourse(server: ReturnType<typeof serve>, trials: number) {
  const opened = openSender(server)
  const { sender } = opened
  const standing = createStanding(server.said(), [])
  const open: number[] = []
  const say = async (one: Statement) => {
    await sender.say(one)
    standing.add(one)
  }
  const course = {
    standing,
    sender,
    trials,
    judge: vi.fn(async () => {
      if (!standing.isSaid('consent')) await say(consent)
      for (let k = 0; k < trials; k++) if (!standing.has(k)) await say(vote(k, standing.nextRevision(k)))
    }),
    onSending: vi.fn(),
    onOpen: async (count: number) => void open.push(count),
    ask: async () => ({ kind: 'mine', mine: { said: server.said() } as Mine }) as const,
  }
  return { ...opened, course, open }
}

test('an end that is refused leads back to the pair that the server did not take; it is judged again, and all ends', async () => {
  const server = serve(3, ['1.0'])
  const { course, kept, open, states } = openCourse(server, 3)
  await goToEnd(course)
  expect(open).toEqual([1])
  expect(server.ids()).toEqual(['c', '0.0', '2.0', '1.1', expect.stringMatching(/^[0-9a-f]{32}$/)])
  // The vote that was refused is told; the end, stated twice, is one.
  expect([...kept.values()].filter(({ state }) => state !== 'stored').map(({ id }) => id)).toEqual(['1.0'])
  expect(states.at(-1)).toEqual({ waiting: 0, refused: 1, trouble: null, lasting: true })
})

test('a server put back from a copy while the page is open gets what it lacks, and then the end; nothing is asked again', async () => {
  const server = serve(3)
  const { course, kept, open } = openCourse(server, 3)
  const judge = course.judge.getMockImplementation() as () => Promise<void>
  course.judge.mockImplementationOnce(async () => {
    await judge()
    await course.sender.settled()
    server.has.splice(0, 3)
  })
  await goToEnd(course)
  expect(open).toEqual([])
  expect(server.ids().slice(0, 3)).toEqual(['2.0', 'c', '0.0'])
  expect([...kept.values()].every(({ state }) => state === 'stored')).toBe(true)
  expect(server.said().end).toBe(true)
})

test('a server that refuses the end though it has all is not asked for ever', async () => {
  const server = serve(4)
  const { course, open } = openCourse(server, 3)
  await goToEnd(course)
  expect([open, server.said().end]).toEqual([[], false])
  expect(course.onSending).toHaveBeenCalledTimes(1)
})

test.each([
  [401, '{"error":"No.","refused":"link"}', 'link'],
  [404, '{"error":"No.","refused":"sound"}', 'sound'],
  [403, '{"error":"No.","refused":"end"}', 'end'],
  // A proxy's own ways to say no, and words of ours that hold for now.
  [401, '{"error":"unauthorized"}', null],
  [404, '{"error":"not found"}', null],
  [403, '{"error":"This server is not asked under that name."}', null],
  [401, '{"error":"No.","refused":"all"}', null],
  [401, '{"refused":{"link":1}}', null],
  [404, '<h1>404</h1>', null],
  [503, '', null],
  [200, '<h1>Sign in to the WiFi</h1>', null],
  [200, '{"ok":true}', null],
  [200, 'null', null],
] as const)(
  'only the judging server itself refuses a link, a sound, the end: %i %s refuses %s',
  async (status, body, refused) => {
    vi.stubGlobal('fetch', async () => new Response(body, { status }))
    const server = openServer('T')
    for (const asked of [server.mine(), server.sound('1a'), server.end()]) {
      const error = await asked.catch((met: unknown) => met)
      expect(error).toBeInstanceOf(ServerError)
      expect(error).toMatchObject({ refused })
    }
  },
)
