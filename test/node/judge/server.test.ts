// The judging server: what a link opens, what is refused and how it is logged, what cannot be told from what is served before the end.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createJudgingApp } from '../../../src/node/judge/server/app.ts'
import { createLimiter } from '../../../src/node/judge/server/gate.ts'
import { drawOpaque, openSession } from '../../../src/node/judge/session-files.ts'
import type { Votes } from '../../../src/node/judge/votes/keep-votes.ts'
import { takeStatements } from '../../../src/node/judge/votes/take.ts'
import { openVotes, readVotes } from '../../../src/node/judge/votes/votes-file.ts'
import type { Judge } from '../../../src/record/index.ts'
import { clipBytes, type SmallSession, sayX, voteOn, writeSmallSession } from './small-session.ts'

let small: SmallSession
let votes: Votes
let app: ReturnType<typeof createJudgingApp>
let now = 1e12
let logged: string[] = []

beforeAll(async () => {
  small = writeSmallSession({ judges: 3 })
  const opened = openSession(small.folder)
  votes = await openVotes(small.folder, opened.root, () => {})
  const log = (text: string) => logged.push(text)
  const page = path.join(small.folder, 'page')
  mkdirSync(page)
  writeFileSync(path.join(page, 'index.html'), '<p>page')
  app = createJudgingApp({ opened, votes, names: ['judge.example.org'], log, page, now: () => ++now })
  expect((await Promise.all([0, 1, 2].map((k) => say(k, consent())))).map(({ status }) => status)).toEqual([
    201, 201, 201,
  ])
})
afterAll(() => votes.close())

const ask = (where: string, { token = '', method = 'GET', body = undefined as unknown, headers = {} } = {}) =>
  app.request(`http://localhost${where}`, {
    method,
    headers: { host: 'localhost', ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
const consent = () => ({ id: drawOpaque(), kind: 'consent' })
const end = () => ({ id: drawOpaque(), kind: 'end' })
const tokenOf = (k: number) => small.tokens[k] as string
const say = (k: number, body: unknown, headers = {}) =>
  ask('/api/judging/statements', { token: tokenOf(k), method: 'POST', body, headers })
interface Mine {
  readonly judge: string
  readonly trials: { a: string; b: string; training: boolean; round: number }[]
  readonly said: { votes: Record<string, number> }
}
const mine = async (k: number) => (await (await ask('/api/judging/mine', { token: tokenOf(k) })).json()) as Mine

test('a link opens its own pairs and sounds, and those of nobody else', async () => {
  const [own, other] = [await mine(0), await mine(1)]
  expect(own.judge).toBe('judge-0')
  expect(own.trials).toHaveLength(small.key.judges[0]?.trials.length ?? 0)
  const sound = (name: string, k: number) => ask(`/api/judging/sounds/${name}`, { token: tokenOf(k) })
  expect((await sound(own.trials[4]?.a ?? '', 0)).status).toBe(200)
  expect((await sound(other.trials[4]?.a ?? '', 0)).status).toBe(404)
  expect((await sound('..%2f..%2fkey.json', 0)).status).toBe(404)
  expect((await sound(small.key.clips[0]?.name ?? '', 0)).status).toBe(404)
})

test.each([
  ['/key.json'],
  ['/session.json'],
  ['/links.txt'],
  ['/votes.jsonl'],
  ['/clips/x.wav'],
  ['/../key.json'],
  ['/%2e%2e/key.json'],
  ['/results/report.html'],
  ['/results/results.json'],
])('what is what is never served to a judge: %s', async (where) => {
  const answer = await ask(where, { token: tokenOf(0) })
  expect([401, 404]).toContain(answer.status)
  expect(await answer.text()).not.toMatch(/entry-|condition|shuffled/)
})

// All that a judge who inspects everything can get at before the end, for all judges.
test('nothing that is served tells conditions apart: one size, one type, no kind, no label, no seed, names used once', async () => {
  const names = new Set<string>()
  const heads = new Set<string>()
  for (const k of [0, 1, 2]) {
    const text = await (await ask('/api/judging/mine', { token: tokenOf(k) })).text()
    expect(text).not.toMatch(/entry|condition|anchor|shuffled|detuned|repeat|same|main|seed|runs|lufs|sha256/i)
    const { trials } = JSON.parse(text) as Mine
    for (const name of trials.flatMap(({ a, b }) => [a, b])) {
      expect(name).toMatch(/^[0-9a-f]{32}$/)
      expect(names.has(name)).toBe(false)
      names.add(name)
      const answer = await ask(`/api/judging/sounds/${name}`, { token: tokenOf(k) })
      expect((await answer.arrayBuffer()).byteLength).toBe(clipBytes)
      now += 1000 // a person does not fetch all at once
      heads.add(JSON.stringify([...answer.headers]))
    }
  }
  expect(heads.size).toBe(1)
  expect([...heads][0]).not.toMatch(/etag|last-modified/)
})

test('statements are stored once, and what is on the disk is what was acknowledged', async () => {
  const vote = voteOn(3)
  const first = await say(0, vote)
  expect(first.status).toBe(201)
  // The hash and no more, always equally long: neither says how much the others have said.
  const receipt = (await first.json()) as { hash: string }
  expect(receipt).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const again = await say(0, vote)
  expect([again.status, await again.json()]).toEqual([200, receipt])
  const lines = readFileSync(path.join(small.folder, 'votes.jsonl'), 'utf8').trimEnd().split('\n')
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ judge: 'judge-0', statement: vote, hash: receipt.hash })
  expect((await mine(0)).said.votes).toEqual({ 3: 0 })
})

test.each([
  ['a known id with other content', 409, () => say(0, { ...stored, answers: { overall: 'b' } })],
  ["another judge's vote sent again", 409, () => say(1, stored)],
  ['a second vote on a pair under a new id', 409, () => say(0, voteOn(5))],
  ['a guessed token', 401, () => ask('/api/judging/mine', { token: 'A'.repeat(22) })],
  ['no token', 401, () => ask('/api/judging/mine')],
  ['the token in the address', 401, () => ask(`/api/judging/mine?token=${tokenOf(0)}`)],
  [
    "another session's token",
    401,
    () => ask('/api/judging/mine', { token: writeSmallSession({ judges: 1 }).tokens[0] ?? '' }),
  ],
  ["a judge's token at the organiser's door", 401, () => ask('/results/enter', { token: tokenOf(0), method: 'POST' })],
  ['a body that is too large', 413, () => say(0, 'x'.repeat(100_000))],
  ['what is no JSON', 400, () => say(0, '{"kind":')],
  ['a pair that is not there', 400, () => say(0, voteOn(500))],
  ['an answer that was not asked for', 400, () => say(0, voteOn(6, { answers: { overall: 'a', order: 'b' } }))],
  ['a vote without the answer', 400, () => say(0, voteOn(6, { answers: {} }))],
  ['more heard than there is', 400, () => say(0, voteOn(6, { heardSeconds: { a: 99, b: 1 } }))],
  ['an unknown field', 400, () => say(0, { ...voteOn(6), judge: 'judge-1' })],
  ['a page of another origin', 403, () => say(0, voteOn(6), { origin: 'http://evil.example' })],
  ['another name for this machine', 403, () => say(0, voteOn(6), { host: 'localhost.evil.example' })],
  ['another method', 405, () => ask('/api/judging/statements', { token: tokenOf(0), method: 'DELETE' })],
  ['the end said before all is judged', 409, () => say(1, end())],
  ['what was what before the end', 403, () => ask('/api/judging/end', { token: tokenOf(0) })],
])('refused in words and logged without secrets: %s', async (_, status, attempt) => {
  if (votes.lines().every(({ statement }) => statement.id !== stored.id)) await say(0, stored)
  logged = []
  const before = votes.lines().length
  const answer = await attempt()
  expect(answer.status).toBe(status)
  const told = (await answer.json()) as { error: string; refused?: string }
  expect(told.error).toMatch(/^[A-Z].{15,}\.$/)
  if (![400, 409, 413].includes(status)) expect(told.refused).toBe(undefined)
  if (status === 409) expect(told.refused).toMatch(/^[0-9a-f]{32}$/)
  expect(votes.lines()).toHaveLength(before)
  expect(logged).toHaveLength(1)
  expect(logged[0]).toContain(String(status))
  for (const secret of [...small.tokens, small.organiser, stored.id, 'AAAA', 'xxxx'])
    expect(logged[0]).not.toContain(secret)
})
const stored = voteOn(5)

test('a name that was given is answered, with a policy that lets nothing in from elsewhere', async () => {
  const answer = await ask('/api/judging/mine', { token: tokenOf(2), headers: { host: 'judge.example.org:8443' } })
  expect(answer.status).toBe(200)
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('who guesses is slowed down; right tokens still pass', async () => {
  const answers = []
  for (let k = 0; k < 40; k++) answers.push((await ask('/api/judging/mine', { token: `guess-${k}` })).status)
  expect(answers.at(-1)).toBe(429)
  expect((await ask('/api/judging/mine', { token: tokenOf(0) })).status).toBe(200)
})

test('a limiter fills again with time', () => {
  const limiter = createLimiter({ burst: 2, perSecond: 1 })
  expect([0, 0, 0, 1000, 1001].map((at) => limiter.take('x', at))).toEqual([true, true, false, true, false])
  expect(limiter.take('y', 1001)).toBe(true)
})

test('when all is judged and the judge has said so: own consistency and what was what', async () => {
  const trials = small.key.judges[2]?.trials ?? []
  for (const k of trials.keys()) {
    expect((await say(2, voteOn(k))).status).toBe(201)
    now += 1000
  }
  expect((await ask('/api/judging/end', { token: tokenOf(2) })).status).toBe(403)
  expect((await say(2, end())).status).toBe(201)
  const answer = await ask('/api/judging/end', { token: tokenOf(2) })
  const told = (await answer.json()) as { own: Record<string, { count: number; of: number }>; reveal: object[] }
  expect(told.own['repeats']).toEqual({ count: 0, of: 1 }) // always a: the other clip once they are swapped
  expect(told.own['same']).toEqual({ count: 0, of: 1 })
  expect(told.own['firstSide']).toEqual({ count: 6, of: 6 })
  expect(told.reveal).toHaveLength(trials.length)
  expect(JSON.stringify(told.reveal)).toMatch(/condition 0.*spoilt: (shuffled|detuned)/)
  expect(JSON.stringify(told.reveal)).not.toMatch(/"stems":\[\{/) // their runs are not there
})

test('the organiser’s token opens the results, by cookie too', async () => {
  const entered = await ask('/results/enter', { token: small.organiser, method: 'POST' })
  expect(entered.status).toBe(200)
  const cookie = entered.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
  const headers = { cookie: cookie.split(';')[0] ?? '' }
  const report = await ask('/results/report.html', { headers })
  expect(await report.text()).toContain('What the judges heard')
  expect(report.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
  expect(await (await ask('/results/votes.jsonl', { headers })).text()).toBe(
    readFileSync(path.join(small.folder, 'votes.jsonl'), 'utf8'),
  )
})

test('a file that a page saved is taken like what it sends: once, and only from its judge', async () => {
  const session = writeSmallSession({ judges: 2 })
  const file = path.join(session.folder, 'answers.jsonl')
  const linesOf = (...statements: object[]) => statements.map((one) => `${JSON.stringify(one)}\n`).join('')
  writeFileSync(file, linesOf(consent(), voteOn(0), voteOn(1)))
  const take = (judge: string) =>
    takeStatements(openSession(session.folder), { judge, file, now: () => 1, say: () => {} })
  expect(await take('judge-0')).toEqual({ stored: 3, known: 0, refused: [] })
  expect(await take('judge-0')).toEqual({ stored: 0, known: 3, refused: [] })
  expect((await take('judge-1')).refused).toHaveLength(3)
  await expect(take('judge-9')).rejects.toThrow(/expected one of the 2 judges, judge-0 to judge-1/)
  writeFileSync(file, linesOf(voteOn(2), voteOn(999)))
  await expect(take('judge-0')).rejects.toThrow(/line 2: .*no such pair/)
  expect((await readVotes(session.folder, openSession(session.folder).root)).lines).toHaveLength(3)
  writeFileSync(file, linesOf(voteOn(2), end()))
  expect((await take('judge-0')).refused).toEqual([expect.stringMatching(/^line 2: The session ends when all pairs/)])
  const { trials } = session.key.judges[0] as Judge
  writeFileSync(
    file,
    linesOf(...[...trials.keys()].slice(3).map((trial) => voteOn(trial)), end(), voteOn(0, { revision: 1 })),
  )
  expect((await take('judge-0')).refused).toEqual([expect.stringMatching(/ended the session/)])
})

test('X has a name of its own, sounds like one of the two, and is named in one answer: A or B', async () => {
  const session = writeSmallSession({ judges: 1, abx: 8 })
  const opened = openSession(session.folder)
  const own = await openVotes(session.folder, opened.root, () => {})
  let clock = 1e12
  const page = path.join(small.folder, 'page')
  const serve = createJudgingApp({ opened, votes: own, names: [], log() {}, page, now: () => (clock += 1000) })
  const token = session.tokens[0] as string
  const headers = { host: 'localhost', authorization: `Bearer ${token}` }
  const get = (where: string) => serve.request(`http://localhost${where}`, { headers })
  const send = (vote: unknown) =>
    serve.request('http://localhost/api/judging/statements', { headers, method: 'POST', body: JSON.stringify(vote) })
  const told = (await (await get('/api/judging/mine')).json()) as { trials: { a: string; b: string; x?: string }[] }
  const trials = session.key.judges[0]?.trials ?? []
  const first = trials.findIndex(({ kind }) => kind === 'abx')
  expect(told.trials.map(({ x }) => x !== undefined)).toEqual(trials.map(({ kind }) => kind === 'abx'))
  const bytes = async (name = '') =>
    Buffer.from(await (await get(`/api/judging/sounds/${name}`)).arrayBuffer()).toString('base64')
  for (const [k, { a, b, x }] of told.trials.entries()) {
    if (x === undefined) continue
    expect([a, b]).not.toContain(x)
    expect(Object.keys(told.trials[k] ?? {}).sort()).toEqual(['a', 'b', 'round', 'training', 'x'])
    expect(await bytes(x)).toBe(await bytes(trials[k]?.x?.is === 'a' ? a : b))
  }
  for (const wrong of [
    voteOn(first),
    sayX(first, 'a', { answers: { overall: 'a' } }),
    sayX(first, 'a', { heardSeconds: { a: 9, b: 9 } }),
    { ...sayX(first, 'a'), x: 'tie' },
    sayX(0, 'a'),
    voteOn(0, { first: 'x' }),
    voteOn(0, { notes: [{ side: 'x', seconds: 1, text: 'here' }] }),
  ])
    expect((await send(wrong)).status).toBe(400)
  expect((await send(sayX(first, 'a'))).status).toBe(409)
  expect((await send(consent())).status).toBe(201)
  const rightIn = (k: number) => trials[k]?.x?.is ?? 'a'
  for (const [k, { kind }] of trials.entries())
    expect(
      (await send(kind === 'abx' ? sayX(k, k === first ? other(rightIn(k)) : rightIn(k)) : voteOn(k))).status,
    ).toBe(201)
  expect((await send(end())).status).toBe(201)
  const last = (await (await get('/api/judging/end')).json()) as {
    own: { abx: object }
    reveal: { x: string | null }[]
  }
  expect(last.own.abx).toEqual({ count: 7, of: 8, guessed: expect.closeTo(9 / 256, 12) })
  expect(last.reveal.map(({ x }) => x)).toEqual(trials.map(({ x }) => x?.is ?? null))
  await own.close()
})
const other = (side: 'a' | 'b') => (side === 'a' ? 'b' : 'a')

test('what a judge sent is told back to the judge alone, in bounds, and never logged', async () => {
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
