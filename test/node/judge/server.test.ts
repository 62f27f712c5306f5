// The judging server: what a link opens, what cannot be told from what is served before the end, what is told at the end and to the organiser.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consent, end, type Mine, openSmallServer } from './small-server.ts'
import { clipBytes, voteOn } from './small-session.ts'

let server: Awaited<ReturnType<typeof openSmallServer>>
beforeAll(async () => {
  server = await openSmallServer({ judges: 3 })
  for (const k of [0, 1, 2]) expect((await server.say(k, consent())).status).toBe(201)
})
afterAll(() => server.votes.close())

test('a link opens its own pairs and sounds, and those of nobody else', async () => {
  const { ask, mine, small, tokenOf } = server
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
  ['/clips/CLIP.wav'],
  ['/..%2fkey.json'],
  ['/../key.json'],
  ['/%2e%2e/key.json'],
  ['/results/report.html'],
  ['/results/results.json'],
])('what is what is never served to a judge: %s', async (where) => {
  const { ask, small, tokenOf } = server
  const answer = await ask(where.replace('CLIP', small.key.clips[0]?.name ?? ''), { token: tokenOf(0) })
  expect([401, 404]).toContain(answer.status)
  expect(await answer.text()).not.toMatch(/entry-|condition|shuffled|RIFF|organiser /)
})

// All that a judge who inspects everything can get at before the end, for all judges.
test('nothing that is served tells conditions apart: one size, one type, no kind, no label, no seed, names used once', async () => {
  const { ask, clock, tokenOf } = server
  const names = new Set<string>()
  const heads = new Set<string>()
  for (const k of [0, 1, 2]) {
    const text = await (await ask('/api/judging/mine', { token: tokenOf(k) })).text()
    expect(text).not.toMatch(/entry|condition|anchor|shuffled|detuned|repeat|same|main|seed|runs|lufs|sha256/i)
    const { trials, soundBytes } = JSON.parse(text) as Mine
    expect(soundBytes).toBe(clipBytes)
    for (const name of trials.flatMap(({ a, b }) => [a, b])) {
      expect(name).toMatch(/^[0-9a-f]{32}$/)
      expect(names.has(name)).toBe(false)
      names.add(name)
      const answer = await ask(`/api/judging/sounds/${name}`, { token: tokenOf(k) })
      expect((await answer.arrayBuffer()).byteLength).toBe(clipBytes)
      clock.now += 1000 // a person does not fetch all at once
      heads.add(JSON.stringify([...answer.headers]))
    }
  }
  expect(heads.size).toBe(1)
  expect([...heads][0]).not.toMatch(/etag|last-modified/)
})

test('statements are stored once, and what is on the disk is what was acknowledged', async () => {
  const { mine, say, small } = server
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

test('a name that was given is answered, with a policy that lets nothing in from elsewhere', async () => {
  const { ask, tokenOf } = server
  const answer = await ask('/api/judging/mine', { token: tokenOf(2), headers: { host: 'judge.example.org:8443' } })
  expect(answer.status).toBe(200)
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|\*|https?:/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('when all is judged and the judge has said so: own consistency and what was what', async () => {
  const { ask, clock, say, small, tokenOf } = server
  const trials = small.key.judges[2]?.trials ?? []
  for (const k of trials.keys()) {
    expect((await say(2, voteOn(k))).status).toBe(201)
    clock.now += 1000
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
  const { ask, small } = server
  const entered = await ask('/results/enter', { token: small.organiser, method: 'POST' })
  expect(entered.status).toBe(200)
  const cookie = entered.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
  expect(cookie).not.toContain('Secure')
  const behindTls = { origin: 'https://localhost' }
  const secured = await ask('/results/enter', { token: small.organiser, method: 'POST', headers: behindTls })
  expect(secured.headers.get('set-cookie')).toMatch(/; Secure/)
  const headers = { cookie: cookie.split(';')[0] ?? '' }
  const report = await ask('/results/report.html', { headers })
  expect(await report.text()).toContain('What the judges heard')
  expect(report.headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
  expect(await (await ask('/results/votes.jsonl', { headers })).text()).toBe(
    readFileSync(path.join(small.folder, 'votes.jsonl'), 'utf8'),
  )
})
