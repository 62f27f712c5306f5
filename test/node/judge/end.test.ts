// The end of a judge's session: stated once all is judged, and the last that is taken. Sessions of before it are served too.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createJudgingApp } from '../../../src/node/judge/server/app.ts'
import { drawOpaque, openSession } from '../../../src/node/judge/session-files.ts'
import { openVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { voteOn, writeSmallSession } from './small-session.ts'

const consent = () => ({ id: drawOpaque(), kind: 'consent' })
const end = () => ({ id: drawOpaque(), kind: 'end' })

test.each([['own'], ['all']] as const)(
  'after the end nothing is taken, by any server, after a restart too (what was what is told: %s)',
  async (reveal) => {
    const session = writeSmallSession({ judges: 2, reveal })
    const opened = openSession(session.folder)
    const page = path.join(session.folder, 'page')
    mkdirSync(page)
    let now = 1e12
    const serve = async () => {
      const own = await openVotes(session.folder, opened.root, () => {})
      const served = createJudgingApp({ opened, votes: own, names: [], log() {}, page, now: () => (now += 1000) })
      const at = (where: string, k: number, body?: object) =>
        served.request(`http://localhost/api/judging/${where}`, {
          headers: { host: 'localhost', authorization: `Bearer ${session.tokens[k]}` },
          ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        })
      return { own, at }
    }
    const one = await serve()
    const early = await one.at('statements', 0, voteOn(0))
    expect(early.status).toBe(409)
    expect(((await early.json()) as { error: string }).error).toMatch(/before consent/)
    for (const k of [0, 1]) {
      const trials = session.key.judges[k]?.trials ?? []
      for (const statement of [consent(), ...trials.map((_, trial) => voteOn(trial))])
        expect((await one.at('statements', k, statement)).status).toBe(201)
    }
    expect((await one.at('statements', 0, voteOn(3, { revision: 1 }))).status).toBe(201)
    expect((await one.at('statements', 0, end())).status).toBe(201)
    expect((await one.at('statements', 0, end())).status).toBe(200)
    const told = (await (await one.at('end', 0)).json()) as { reveal: object[] | null }
    expect(told.reveal === null).toBe(reveal === 'all')
    await one.own.close()
    const again = await serve()
    for (const late of [voteOn(3, { revision: 2 }), voteOn(4, { revision: 1 }), consent()]) {
      const refused = await again.at('statements', 0, late)
      expect(refused.status).toBe(409)
      expect(((await refused.json()) as { error: string }).error).toMatch(/ended the session/)
    }
    // The other judge has not said so, and may think again.
    expect((await again.at('end', 1)).status).toBe(403)
    expect((await again.at('statements', 1, voteOn(3, { revision: 1 }))).status).toBe(201)
    expect((await again.at('statements', 1, end())).status).toBe(201)
    expect(((await (await again.at('end', 0)).json()) as { reveal: object[] }).reveal.length).toBeGreaterThan(6)
    await again.own.close()
  },
)

test('a session of version 1 is read and served as it was', async () => {
  const session = writeSmallSession({ judges: 1 })
  for (const name of ['session.json', 'key.json']) {
    const file = path.join(session.folder, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"version": ?3/, '"version":1'))
  }
  const opened = openSession(session.folder)
  expect([opened.session.version, opened.key.version]).toEqual([1, 1])
  const own = await openVotes(session.folder, opened.root, () => {})
  expect(await own.add('judge-0', voteOn(0), 1)).toMatchObject({ kind: 'stored' })
  await own.close()
})
