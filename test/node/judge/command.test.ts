// hocket judge verify, results and take, as they are called: what they print, write and end with.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { drawOpaque, openSession } from '../../../src/node/judge/session-files.ts'
import { openVotes } from '../../../src/node/judge/votes/votes-file.ts'
import { runHere } from '../hocket.ts'
import { type SmallSession, voteOn, writeSmallSession } from './small-session.ts'

let small: SmallSession
const votesFile = () => path.join(small.folder, 'votes.jsonl')

const run = (...words: string[]) => runHere(['judge', ...words])

beforeAll(async () => {
  small = writeSmallSession({ judges: 4 })
  const votes = await openVotes(small.folder, openSession(small.folder).root, () => {})
  for (const { judge, trials } of small.key.judges) {
    await votes.add(judge, { id: drawOpaque(), kind: 'consent' }, 1)
    await votes.add(judge, { id: drawOpaque(), kind: 'headphones', right: 6 }, 2)
    for (const [k, trial] of trials.entries()) {
      const spoilt = small.key.clips[trial.a]?.anchor == null
      const notes = [{ side: 'a' as const, seconds: 1, text: '=1+1, "bright"' }]
      await votes.add(judge, voteOn(k, { answers: { overall: spoilt ? 'a' : 'b' }, notes }), 3)
    }
  }
  await votes.close()
})

test('results: verdicts on stdout, report, JSON and CSV in the folder', async () => {
  const { code, stdout } = await run('results', small.folder)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^overall \(24 votes\): .+\n24 of 52 votes count; /)
  const read = (name: string) => readFileSync(path.join(small.folder, name), 'utf8')
  expect(read('report.html')).toContain('What the judges heard')
  expect(read('report.html')).not.toMatch(/<script|NaN|Infinity/)
  expect(read('report.html')).toContain('4 entries, 4 judges, 52 votes, 1970-01-01. Session ')
  // Every table is named for who cannot see it, and what can scroll can be reached by the keyboard.
  const tables = read('report.html').match(/<table><caption>[^<]{3,}/g) ?? []
  expect(tables.length).toBeGreaterThan(3)
  expect(read('report.html').match(/class="scroll" role="group" aria-label="[^"]{3,}" tabindex="0"/g)).toHaveLength(
    tables.length,
  )
  expect(read('report.html').match(/<table/g)).toHaveLength(tables.length)
  const results = JSON.parse(read('results.json')) as {
    excluded: object[]
    counted: number
    votes: number
    criteria: { covariance: number[][] }[]
  }
  expect(results.excluded.length + results.counted).toBe(results.votes)
  expect(results.criteria[0]?.covariance).toHaveLength(4)
  const rows = read('votes.csv').trimEnd().split('\r\n')
  expect(rows).toHaveLength(1 + results.votes)
  expect(rows[1]).toContain('"a 1.0 s: =1+1, ""bright"""')
  expect(rows.filter((row) => /,yes,$/.test(row))).toHaveLength(24)
})

test('verify: a chain that holds, a receipt that is there, one that is not', async () => {
  const good = await run('verify', small.folder)
  expect(good).toMatchObject({ code: 0 })
  const head = /Last hash ([0-9a-f]{64})/.exec(good.stdout)?.[1] ?? ''
  expect((await run('verify', small.folder, '--holds', head)).code).toBe(0)
  const missing = await run('verify', small.folder, '--holds', '0'.repeat(64))
  expect(missing).toMatchObject({ code: 1 })
  expect(missing.stdout).toMatch(/no line has the hash 0+: lines were cut off/)
})

test('verify: one changed vote is named, and results refuse to count', async () => {
  const whole = readFileSync(votesFile(), 'utf8')
  const lines = whole.split('\n')
  lines[6] = (lines[6] ?? '').replace('"overall":"a"', '"overall":"b"').replace('"overall":"b"', '"overall":"tie"')
  writeFileSync(votesFile(), lines.join('\n'))
  const { code, stdout } = await run('verify', small.folder)
  const results = await run('results', small.folder)
  writeFileSync(votesFile(), whole)
  expect(code).toBe(1)
  expect(stdout).toContain('line 7: its text does not have the hash it names. The 6 lines before it hold.')
  expect(results).toMatchObject({ code: 1 })
  expect(results.stderr).toMatch(/line 7/)
})

test.each([
  [['one-run'], 2, /expected two runs or more, got 1/],
  [['x', 'y', '--criteria', 'order'], 2, /Expected overall and perhaps more/],
  [['verify', '/nowhere'], 1, /expected the folder of a judging session/],
])('refused: judge %j', async (words, code, complaint) => {
  const answer = await run(...words)
  expect(answer.code).toBe(code)
  expect(answer.stderr).toMatch(complaint)
  expect(existsSync('judging')).toBe(false)
})

test('a folder that holds something is not written into', async () => {
  const { code, stderr } = await run('a', 'b', '--out', small.folder)
  expect(code).toBe(1)
  expect(stderr).toMatch(/expected an empty folder/)
})
