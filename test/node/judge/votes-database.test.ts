// Votes in a real PostgreSQL: one chain from several servers, through killed servers and a killed database; nothing doubled, nothing lost.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawOpaque, openSession } from '../../../src/node/judge/session-files.ts'
import { openStore, readStore } from '../../../src/node/judge/votes/store.ts'
import { freePort, runHocket } from '../hocket.ts'
import { type Postgres, startPostgres } from '../postgres.ts'
import { letCrowdVote, startServing } from './crowd.ts'
import { type SmallSession, voteOn, writeSmallSession } from './small-session.ts'

let postgres: Postgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.remove())

const openedOf = ({ folder }: SmallSession, url: string | null = postgres.url) => openSession(folder, url)
const quiet = () => {}

/** Behind hocket's back. */
async function query(text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  try {
    return await client.query(text, [...values])
  } finally {
    await client.end()
  }
}

// HOCKET_JUDGES=200 for the full number.
const crowd = Number(process.env['HOCKET_JUDGES'] ?? 24)

test(`${crowd} judges at two servers; one is killed, then the database: every acknowledged vote is there once, in one chain`, async () => {
  const session = writeSmallSession({ judges: crowd })
  const more = ['--database', postgres.url]
  const ports = [await freePort(), await freePort()] as const
  let killFirst = await startServing(session.folder, ports[0], more)
  const killSecond = await startServing(session.folder, ports[1], more)
  const votes = letCrowdVote(session, ports)
  await votes.reach(0.2)
  await killFirst()
  killFirst = await startServing(session.folder, ports[0], more)
  await votes.reach(0.5)
  postgres.kill()
  await new Promise((resolve) => setTimeout(resolve, 200))
  postgres.start()
  await votes.ended
  await Promise.all([killFirst(), killSecond()])
  const { lines, broken } = await readStore(openedOf(session))
  expect(broken).toBeNull()
  expect(lines.map(({ statement }) => statement.id).sort()).toEqual([...votes.acknowledged].sort())
  expect(lines).toHaveLength(votes.all)
})

test('what one server stored, the other knows: once under its id, one vote a pair', async () => {
  const opened = openedOf(writeSmallSession({ judges: 2 }))
  const [one, other] = [await openStore(opened, quiet), await openStore(opened, quiet)]
  const vote = voteOn(0)
  expect(await one.add('judge-0', vote, 1)).toMatchObject({ kind: 'stored', n: 0 })
  expect(await other.add('judge-0', vote, 2)).toMatchObject({ kind: 'known', n: 0 })
  expect(await other.add('judge-1', vote, 2)).toMatchObject({ kind: 'refused' })
  expect(await other.add('judge-0', voteOn(0), 3)).toMatchObject({ kind: 'refused' })
  const both = await Promise.all([one.add('judge-0', voteOn(1), 4), other.add('judge-1', voteOn(1), 4)])
  expect(both.map(({ kind }) => kind)).toEqual(['stored', 'stored'])
  await one.refresh()
  await other.refresh()
  expect(one.lines()).toHaveLength(3)
  expect(one.head()).toBe(other.head())
  await Promise.all([one.close(), other.close()])
})

test('votes of votes.jsonl go over, and after that the file is no place for them', async () => {
  const session = writeSmallSession({ judges: 1 })
  const inFile = await openStore(openedOf(session, null), quiet)
  await inFile.add('judge-0', voteOn(0), 1)
  await inFile.close()
  let said = ''
  const moved = await openStore(openedOf(session), (text) => {
    said += text
  })
  expect(said).toMatch(/the 1 lines of votes.jsonl go over/)
  expect(moved.head()).toBe(inFile.head())
  await moved.add('judge-0', voteOn(1), 2)
  await moved.close()
  await expect(openStore(openedOf(session, null), quiet)).rejects.toThrow(/kept in a database .* Give --database/)
  const again = await openStore(openedOf(session), quiet)
  expect(again.lines()).toHaveLength(2)
  await again.close()
})

test('a database that has not these votes is not taken for the one that has', async () => {
  const session = writeSmallSession({ judges: 1 })
  const votes = await openStore(openedOf(session), quiet)
  await votes.add('judge-0', voteOn(0), 1)
  await votes.close()
  await query('create database elsewhere')
  const elsewhere = postgres.url.replace(/postgres$/, 'elsewhere')
  await expect(openStore(openedOf(session, elsewhere), quiet)).rejects.toThrow(/expected the votes of .*, found none/)
  await expect(readStore(openedOf(session, elsewhere))).rejects.toThrow(/found none/)
})

test.each([
  [
    'a changed answer',
    `update hocket_judging_votes set line = replace(line, '"a"}', '"b"}') where root = $1 and n = 1`,
    2,
  ],
  ['a line taken out', 'delete from hocket_judging_votes where root = $1 and n = 1', 2],
  ['the last line taken out', 'delete from hocket_judging_votes where root = $1 and n = 2', 3],
])('found: %s', async (_, text, line) => {
  const session = writeSmallSession({ judges: 1 })
  const opened = openedOf(session)
  const votes = await openStore(opened, quiet)
  for (const trial of [0, 1, 2]) await votes.add('judge-0', voteOn(trial), trial)
  await votes.close()
  await query(text, [opened.root])
  expect((await readStore(opened)).broken?.line).toBe(line)
  await expect(openStore(opened, quiet)).rejects.toThrow(new RegExp(`line ${line}: .*Nothing was changed`))
})

test('a database put back to an earlier day takes no vote from a server that knows more', async () => {
  const opened = openedOf(writeSmallSession({ judges: 1 }))
  const votes = await openStore(opened, quiet)
  for (const trial of [0, 1, 2, 3]) await votes.add('judge-0', voteOn(trial), trial)
  await query('delete from hocket_judging_votes where root = $1 and n >= 2', [opened.root])
  await query('update hocket_judging set count = 2, head = $2 where root = $1', [opened.root, votes.lines()[1]?.hash])
  await expect(votes.add('judge-0', voteOn(4), 5)).rejects.toThrow(/do not go on from the 4 known here \(2 lines/)
  await expect(votes.refresh()).rejects.toThrow(/do not go on/)
  await votes.close()
  const again = await openStore(opened, quiet)
  expect(await again.add('judge-0', voteOn(4), 5)).toMatchObject({ kind: 'stored', n: 2 })
  await again.close()
  expect(await readStore(opened)).toMatchObject({ broken: null, lines: { length: 3 } })
})

test('verify writes nothing into a database', async () => {
  const session = writeSmallSession({ judges: 1 })
  await (await openStore(openedOf(session), quiet)).close()
  await query('create database untouched')
  const url = postgres.url.replace(/postgres$/, 'untouched')
  const { code, stderr } = await runHocket(['judge', 'verify', session.folder, '--database', url])
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/found none/) as string })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query("select 1 from pg_tables where tablename like 'hocket%'")
  await client.end()
  expect(rows).toEqual([])
})

test('no database: said in words, without user and password; nothing is noted in the folder', async () => {
  const session = writeSmallSession({ judges: 1 })
  const nobody = 'postgres://me:hush@127.0.0.1:1/nothing'
  const { code, stderr } = await runHocket(['judge', 'serve', session.folder], { env: { HOCKET_DATABASE: nobody } })
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /^hocket: database 127.0.0.1:1\/nothing: expected PostgreSQL that lets hocket in, got .*ECONNREFUSED/,
  )
  expect(stderr).not.toContain('hush')
  expect(existsSync(path.join(session.folder, 'votes.database'))).toBe(false)
})

test('a judge who ended at one server has ended at all of them, and once', async () => {
  const opened = openedOf(writeSmallSession({ judges: 2 }))
  const [one, other] = [await openStore(opened, quiet), await openStore(opened, quiet)]
  await one.add('judge-0', voteOn(0), 1)
  expect(await one.add('judge-0', { id: drawOpaque(), kind: 'end' }, 2)).toMatchObject({ kind: 'stored', n: 1 })
  expect(await other.add('judge-0', voteOn(0, { revision: 1 }), 3)).toMatchObject({ kind: 'refused' })
  expect(await other.add('judge-0', { id: drawOpaque(), kind: 'end' }, 4)).toMatchObject({ kind: 'known', n: 1 })
  expect(await other.add('judge-1', voteOn(0), 5)).toMatchObject({ kind: 'stored', n: 2 })
  await Promise.all([one.close(), other.close()])
})

test('results, and the files they write, are the same from a database and from votes.jsonl', async () => {
  const session = writeSmallSession({ judges: 2 })
  const inFile = await openStore(openedOf(session, null), quiet)
  for (const { judge, trials } of session.key.judges) {
    await inFile.add(judge, { id: drawOpaque(), kind: 'consent' }, 1)
    await inFile.add(judge, { id: drawOpaque(), kind: 'headphones', right: 6 }, 2)
    for (const trial of trials.keys()) await inFile.add(judge, voteOn(trial), 3)
  }
  await inFile.close()
  const tell = async (...more: string[]) => {
    const { code, stdout, stderr } = await runHocket(['judge', 'results', session.folder, ...more])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const files = ['report.html', 'results.json', 'votes.csv']
    return [stdout, ...files.map((name) => readFileSync(path.join(session.folder, name), 'utf8'))]
  }
  const before = await tell()
  await (await openStore(openedOf(session), quiet)).close()
  expect(await tell('--database', postgres.url)).toEqual(before)
})
