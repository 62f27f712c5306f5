// votes.jsonl: acknowledged means on the disk, once; a changed byte is found and its line named; a torn tail is no loss.
import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openVotes, readVotes } from '../../../src/node/judge/votes/votes-file.ts'
import type { Vote } from '../../../src/record/index.ts'
import { temporaryFolder } from '../records.ts'

const root = 'a'.repeat(64)
const idOf = (k: number) => k.toString(16).padStart(32, '0')
const vote = (k: number, change: Partial<Vote> = {}): Vote => ({
  id: idOf(k),
  kind: 'vote',
  trial: k,
  revision: 0,
  answers: { overall: 'a' },
  first: 'a',
  heardSeconds: { a: 3, b: 4 },
  elapsedSeconds: 20,
  switches: 2,
  notes: [],
  ...change,
})
const quiet = () => {}
const fileOf = (folder: string) => path.join(folder, 'votes.jsonl')

async function fill(count: number): Promise<string> {
  const folder = temporaryFolder()
  const votes = await openVotes(folder, root, quiet)
  await Promise.all(Array.from({ length: count }, (_, k) => votes.add('judge-01', vote(k), 1000 + k)))
  await votes.close()
  return folder
}

// The hash is what any other program would compute: SHA-256 of the line without its last field.
test('each line names the hash of the one before, and its own', async () => {
  const lines = readFileSync(fileOf(await fill(3)), 'utf8')
    .trimEnd()
    .split('\n')
  let previous = root
  for (const [n, text] of lines.entries()) {
    const { hash, ...rest } = JSON.parse(text) as { hash: string; previous: string; n: number }
    expect(createHash('sha256').update(JSON.stringify(rest)).digest('hex')).toBe(hash)
    expect(rest).toMatchObject({ n, previous })
    previous = hash
  }
})

test('the same statement again is acknowledged again and stored once, also while the first is being written', async () => {
  const folder = temporaryFolder()
  const votes = await openVotes(folder, root, quiet)
  const receipts = await Promise.all([
    votes.add('j', vote(1), 1),
    votes.add('j', vote(1), 2),
    votes.add('j', vote(2), 3),
  ])
  expect(receipts.map(({ kind }) => kind)).toEqual(['stored', 'known', 'stored'])
  expect(await votes.add('j', vote(1), 4)).toMatchObject({ kind: 'known', n: 0 })
  await votes.close()
  const again = await openVotes(folder, root, quiet)
  expect(await again.add('j', vote(2), 5)).toMatchObject({ kind: 'known', n: 1 })
  expect(again.lines()).toHaveLength(2)
  await again.close()
})

test.each([
  ['other content under a known id', vote(1, { answers: { overall: 'b' } }), 'j', /says something else/],
  ["another judge's statement", vote(1), 'k', /says something else/],
  ['a second vote on a pair', vote(7, { trial: 1 }), 'j', /under another id/],
])('refused: %s', async (_, second, judge, reason) => {
  const votes = await openVotes(temporaryFolder(), root, quiet)
  await votes.add('j', vote(1), 1)
  const receipt = await votes.add(judge, second, 2)
  expect(receipt.kind === 'refused' && receipt.reason).toMatch(reason)
  expect(votes.lines()).toHaveLength(1)
  expect(await votes.add('j', vote(8, { trial: 1, revision: 1 }), 3)).toMatchObject({ kind: 'stored' })
  await votes.close()
})

test('one changed byte, anywhere, is found in the line where it is', async () => {
  const folder = await fill(4)
  const whole = readFileSync(fileOf(folder))
  const line = (at: number) => whole.subarray(0, at).filter((byte) => byte === 10).length + 1
  for (let at = 0; at < whole.length; at += 7) {
    const bent = Buffer.from(whole)
    bent[at] = (bent[at] as number) ^ 1
    writeFileSync(fileOf(folder), bent)
    const { broken } = await readVotes(folder, root)
    expect(broken?.line, `byte ${at}`).toBe(line(at))
  }
})

test.each([
  ['a line taken out', (lines: string[]) => [lines[0], lines[2], lines[3]], 2],
  ['two lines exchanged', (lines: string[]) => [lines[0], lines[2], lines[1], lines[3]], 2],
  ['a line doubled', (lines: string[]) => [lines[0], lines[1], lines[1], lines[2]], 3],
])('found: %s', async (_, bend, line) => {
  const folder = await fill(4)
  const lines = readFileSync(fileOf(folder), 'utf8').trimEnd().split('\n')
  writeFileSync(fileOf(folder), `${bend(lines).join('\n')}\n`)
  expect((await readVotes(folder, root)).broken?.line).toBe(line)
  await expect(openVotes(folder, root, quiet)).rejects.toThrow(new RegExp(`line ${line}: .* nothing was changed`))
})

test('votes of another session are not taken for this one', async () => {
  const folder = await fill(1)
  expect((await readVotes(folder, 'b'.repeat(64))).broken).toEqual({
    line: 1,
    why: 'it was written for another session.json or key.json',
  })
})

test('a torn tail is named and cut off, and voting goes on', async () => {
  const folder = await fill(3)
  const size = readFileSync(fileOf(folder)).length
  truncateSync(fileOf(folder), size - 40)
  expect(await readVotes(folder, root)).toMatchObject({ torn: 3, broken: null })
  let said = ''
  const votes = await openVotes(folder, root, (text) => {
    said += text
  })
  expect(said).toMatch(/line 3 was torn/)
  expect(await votes.add('judge-01', vote(2), 9)).toMatchObject({ kind: 'stored', n: 2 })
  await votes.close()
  expect(await readVotes(folder, root)).toMatchObject({ torn: null, broken: null })
  appendFileSync(fileOf(folder), '{"n":3')
  expect((await readVotes(folder, root)).lines).toHaveLength(3)
})
