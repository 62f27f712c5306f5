// Judges' links: guessing, replay of votes, another session's token, bodies that are too large, pages from elsewhere. Each is refused in words,
// and logged in a line that holds no secret.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLimiter } from '../../../src/node/judge/server/gate.ts'
import { consent, end, openSmallServer } from './small-server.ts'
import { voteOn, writeSmallSession } from './small-session.ts'

let server: Awaited<ReturnType<typeof openSmallServer>>
beforeAll(async () => {
  server = await openSmallServer({ judges: 3 })
  for (const k of [0, 1, 2]) expect((await server.say(k, consent())).status).toBe(201)
})
afterAll(() => server.votes.close())

const stored = voteOn(5)
const foreign = writeSmallSession({ judges: 1 }).tokens[0] as string

/** 100 kB in pieces, without a length that is said beforehand. */
function endless(): ReadableStream<Uint8Array> {
  let left = 100
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(1000).fill(120))
      else controller.close()
    },
  })
}

test.each([
  ['a known id with other content', 409, () => server.say(0, { ...stored, answers: { overall: 'b' } })],
  ["another judge's vote sent again", 409, () => server.say(1, stored)],
  ['a second vote on a pair under a new id', 409, () => server.say(0, voteOn(5))],
  ['a guessed token', 401, () => server.ask('/api/judging/mine', { token: 'A'.repeat(22) })],
  ['no token', 401, () => server.ask('/api/judging/mine')],
  ['the token in the address', 401, () => server.ask(`/api/judging/mine?token=${server.tokenOf(0)}`)],
  ["another session's token", 401, () => server.ask('/api/judging/mine', { token: foreign })],
  ["another session's organiser", 401, () => server.ask('/results/enter', { token: foreign, method: 'POST' })],
  [
    "a judge's token at the organiser's door",
    401,
    () => server.ask('/results/enter', { token: server.tokenOf(0), method: 'POST' }),
  ],
  ['a body that is too large', 413, () => server.say(0, 'x'.repeat(100_000))],
  ['a body that is too large and does not say so', 413, () => server.say(0, endless())],
  ['what is no JSON', 400, () => server.say(0, '{"kind":')],
  ['a pair that is not there', 400, () => server.say(0, voteOn(500))],
  ['an answer that was not asked for', 400, () => server.say(0, voteOn(6, { answers: { overall: 'a', order: 'b' } }))],
  ['a vote without the answer', 400, () => server.say(0, voteOn(6, { answers: {} }))],
  ['more heard than there is', 400, () => server.say(0, voteOn(6, { heardSeconds: { a: 99, b: 1 } }))],
  ['an unknown field', 400, () => server.say(0, { ...voteOn(6), judge: 'judge-1' })],
  ['a page of another origin', 403, () => server.say(0, voteOn(6), { origin: 'http://evil.example' })],
  ['a page without an origin of its own', 403, () => server.say(0, voteOn(6), { origin: 'null' })],
  [
    'another origin that asks first',
    403,
    () => server.ask('/api/judging/statements', { method: 'OPTIONS', headers: { origin: 'http://evil.example' } }),
  ],
  ['another name for this machine', 403, () => server.say(0, voteOn(6), { host: 'localhost.evil.example' })],
  ['another method', 405, () => server.ask('/api/judging/statements', { token: server.tokenOf(0), method: 'DELETE' })],
  ['the end said before all is judged', 409, () => server.say(1, end())],
  ['what was what before the end', 403, () => server.ask('/api/judging/end', { token: server.tokenOf(0) })],
])('refused in words and logged without secrets: %s', async (what, status, attempt) => {
  const { logged, small, votes } = server
  if (votes.lines().every(({ statement }) => statement.id !== stored.id)) await server.say(0, stored)
  logged.length = 0
  const before = votes.lines().length
  const answer = await attempt()
  expect(answer.status).toBe(status)
  // No page from elsewhere may read what was answered.
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  const told = (await answer.json()) as { error: string; refused?: string }
  expect(told.error).toMatch(/^[A-Z].{15,}\.$/)
  // A link, a sound or the end are named where they are what is refused: so a page tells this server from others on the way.
  const named = status === 401 ? 'link' : /^what was what/.test(what) ? 'end' : undefined
  if (![400, 409, 413].includes(status)) expect(told.refused).toBe(named)
  if (status === 409) expect(told.refused).toMatch(/^[0-9a-f]{32}$/)
  expect(votes.lines()).toHaveLength(before)
  expect(logged).toHaveLength(1)
  expect(logged[0]).toContain(String(status))
  for (const secret of [...small.tokens, small.organiser, foreign, stored.id, 'AAAA', 'xxxx', 'evil'])
    expect(logged[0]).not.toContain(secret)
})

test('a replay of the same vote is acknowledged again, and stored once', async () => {
  const { say, votes } = server
  const vote = voteOn(4)
  const first = await say(0, vote)
  const lines = votes.lines().length
  const again = await Promise.all(Array.from({ length: 5 }, () => say(0, vote)))
  expect([first.status, ...again.map(({ status }) => status)]).toEqual([201, 200, 200, 200, 200, 200])
  expect(votes.lines()).toHaveLength(lines)
})

test('who guesses is slowed down and fills no log; right tokens still pass', async () => {
  const { ask, logged, tokenOf } = server
  logged.length = 0
  const answers: number[] = []
  for (let k = 0; k < 60; k++) answers.push((await ask('/api/judging/mine', { token: `guess-${k}` })).status)
  expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(20)
  expect(answers.slice(21).every((status) => status === 429)).toBe(true)
  // One line for each guess that was looked at, and one for all that were not.
  expect(logged.filter((line) => line.startsWith('401'))).toHaveLength(answers.filter((one) => one === 401).length)
  expect(logged.filter((line) => line.startsWith('429'))).toHaveLength(1)
  expect((await ask('/api/judging/mine', { token: tokenOf(0) })).status).toBe(200)
})

test('a limiter fills again with time', () => {
  const limiter = createLimiter({ burst: 2, perSecond: 1 })
  expect([0, 0, 0, 1000, 1001].map((at) => limiter.take('x', at))).toEqual([true, true, false, true, false])
  expect(limiter.take('y', 1001)).toBe(true)
})

test('what a judge sent is told back to the judge alone, in bounds, and never logged', async () => {
  const { logged, say } = server
  const before = logged.length
  const sent = JSON.stringify({ [`SECRET\nforged line ${'x'.repeat(5000)}`]: 1 })
  const answer = await say(0, sent)
  expect(answer.status).toBe(400)
  const { error } = (await answer.json()) as { error: string }
  expect(error.length).toBeLessThan(400)
  const lines = logged.slice(before)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^400 POST /)
  expect(lines[0]).not.toMatch(/SECRET|forged/)
})
