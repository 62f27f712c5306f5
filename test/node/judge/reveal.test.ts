// What was what, and the stems of what was heard: nothing of it before the end, by the session's rule, then each as loud as in the clip.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createJudgingApp } from '../../../src/node/judge/server/app.ts'
import { drawOpaque, openSession } from '../../../src/node/judge/session-files.ts'
import type { Votes } from '../../../src/node/judge/votes/keep-votes.ts'
import { openVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { type SmallSession, type SmallWish, voteOn, writeSmallSession } from './small-session.ts'
import { stemLevels, stemsInWords, writeStemmedRun } from './stemmed-run.ts'

interface Row {
  readonly kind: string
  readonly a: { what: string; stems: { name: string; agent: string; layer: string }[] }
  readonly b: Row['a']
}

const rate = 48_000
let run: string
beforeAll(async () => {
  run = await writeStemmedRun()
})

interface Hall {
  readonly small: SmallSession
  readonly logged: readonly string[]
  ask(k: number, where: string): Promise<Response>
  sayAll(k: number): Promise<void>
}
const open: Votes[] = []
afterAll(async () => {
  for (const votes of open) await votes.close()
})

/** Clips of two seconds. */
async function openHall(reveal: 'own' | 'all', more: Partial<SmallWish> = {}): Promise<Hall> {
  const small = writeSmallSession({ judges: 2, reveal, sound: 'tones', heardShare: 0.1, run, ...more })
  const logged: string[] = []
  const opened = openSession(small.folder)
  const votes = await openVotes(small.folder, opened.root, () => {})
  open.push(votes)
  let now = 1e12
  const app = createJudgingApp({
    opened,
    votes,
    names: [],
    log: (text) => logged.push(text),
    page: small.folder,
    now: () => (now += 1000),
  })
  const request = (k: number, where: string, body?: unknown) =>
    app.request(`http://localhost/api/judging/${where}`, {
      headers: { host: 'localhost', authorization: `Bearer ${small.tokens[k]}` },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
  return {
    small,
    logged,
    ask: async (k, where) => request(k, where),
    async sayAll(k) {
      const places = [...(small.key.judges[k]?.trials ?? []).keys()]
      for (const statement of [
        { id: drawOpaque(), kind: 'consent' },
        ...places.map((trial) => voteOn(trial, { heardSeconds: { a: 2, b: 2 } })),
        { id: drawOpaque(), kind: 'end' },
      ])
        expect((await request(k, 'statements', statement)).status).toBe(201)
    },
  }
}

const stemsOf = async (hall: Hall, k: number) => {
  const { reveal } = (await (await hall.ask(k, 'end')).json()) as { reveal: Row[] }
  return { reveal, names: [...new Set(reveal.flatMap(({ a, b }) => [...a.stems, ...b.stems]).map(({ name }) => name))] }
}

test('after the own last vote: stems by agent, 403 before and 200 after; nobody else’s, none of a spoilt clip', async () => {
  const hall = await openHall('own')
  await hall.sayAll(0)
  const { reveal, names } = await stemsOf(hall, 0)
  const [name = ''] = names
  for (const { a, b } of reveal)
    for (const { what, stems } of [a, b])
      expect(stems.map(({ agent, layer }) => `${agent}, ${layer}`)).toEqual(what.includes('spoilt') ? [] : stemsInWords)
  expect(names.every((one) => /^[0-9a-f]{32}$/.test(one))).toBe(true)
  expect((await hall.ask(0, `stems/${name}`)).status).toBe(200)
  expect((await hall.ask(0, `stems/${'0'.repeat(32)}`)).status).toBe(404)
  // The other judge has pairs to go: whatever is asked for, known or not, is answered alike.
  const answers = await Promise.all([name, '0'.repeat(32)].map((one) => hall.ask(1, `stems/${one}`)))
  expect(answers.map(({ status }) => status)).toEqual([403, 403])
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
  await hall.sayAll(1)
  expect((await hall.ask(1, `stems/${name}`)).status).toBe(404)
  const others = await stemsOf(hall, 1)
  expect(others.names.filter((one) => names.includes(one))).toEqual([])
  expect((await hall.ask(1, `stems/${others.names[0]}`)).status).toBe(200)
})

test('with --reveal all: nothing before the last judge has finished', async () => {
  const hall = await openHall('all')
  await hall.sayAll(0)
  expect(await (await hall.ask(0, 'end')).json()).toMatchObject({ reveal: null })
  expect((await hall.ask(0, `stems/${'0'.repeat(32)}`)).status).toBe(403)
  await hall.sayAll(1)
  const { names } = await stemsOf(hall, 0)
  expect((await hall.ask(0, `stems/${names[0]}`)).status).toBe(200)
})

test('another run in the place of the one that was judged: no stems of it, and the organiser is told once for each end', async () => {
  const record = createHash('sha256')
    .update(readFileSync(path.join(run, 'record.jsonl')))
    .digest('hex')
  const same = await openHall('own', { recordSha256: record })
  const other = await openHall('own', { recordSha256: '0'.repeat(64) })
  for (const hall of [same, other]) await hall.sayAll(0)
  expect((await stemsOf(same, 0)).names).not.toEqual([])
  expect(same.logged).toEqual([])
  expect((await stemsOf(other, 0)).names).toEqual([])
  expect(other.logged).toEqual([expect.stringMatching(/expected the run that the session was made of .* got another/)])
})

test('a stem is the clip’s stretch of it, as loud as in the clip', async () => {
  const hall = await openHall('own')
  await hall.sayAll(0)
  const { reveal } = await stemsOf(hall, 0)
  const stems = reveal.find(({ kind }) => kind === 'main')?.a.stems ?? []
  const loud = []
  for (const { name } of stems) {
    const answer = await hall.ask(0, `stems/${name}`)
    expect(answer.headers.get('content-type')).toBe('audio/wav')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes).toHaveLength(44 + 2 * 2 * rate)
    expect(Math.abs(bytes.readInt16LE(44))).toBeLessThan(50) // faded
    loud.push(bytes.readInt16LE(44 + 2 * rate) / 32_767)
  }
  // Half for its layer, 6 dB down, sqrt(1 / 1.3) to each side.
  const share = 0.5 * 10 ** (-6 / 20) * Math.sqrt(1 / 1.3)
  expect(loud).toEqual(Object.values(stemLevels).map((level) => expect.closeTo(level * share, 4)))
})
