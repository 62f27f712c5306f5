// votes.jsonl: acknowledged means on the disk, once; a changed byte is found and its line named; a torn tail is no loss.
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readChained } from '../../../src/node/judge/votes/chain.ts'
import { keepVotes, type Ledger } from '../../../src/node/judge/votes/keep-votes.ts'
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
const headOf = (folder: string) => path.join(folder, 'votes.head')

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
  appendFileSync(fileOf(folder), '{"n":3,"at":1003,"judge":"judge-01","statem')
  expect(await readVotes(folder, root)).toMatchObject({ torn: 4, broken: null })
  let said = ''
  const votes = await openVotes(folder, root, (text) => {
    said += text
  })
  expect(said).toMatch(/line 4 was torn/)
  expect(await votes.add('judge-01', vote(3), 9)).toMatchObject({ kind: 'stored', n: 3 })
  await votes.close()
  expect(await readVotes(folder, root)).toMatchObject({ torn: null, broken: null })
  appendFileSync(fileOf(folder), '{"n":4')
  expect((await readVotes(folder, root)).lines).toHaveLength(4)
})

// What was acknowledged is named in votes.head: its loss is found without a hash noted elsewhere.
test.each([
  ['the last line', (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1), 4],
  ['all but the first', (text: string) => text.slice(0, text.indexOf('\n') + 1), 2],
  ['every line', () => '', 1],
  ['half of the last line', (text: string) => text.slice(0, -300), 4],
])('cut off at the end and found: %s', async (_, bend, line) => {
  const folder = await fill(4)
  writeFileSync(fileOf(folder), bend(readFileSync(fileOf(folder), 'utf8')))
  const { broken } = await readVotes(folder, root)
  expect(broken).toEqual({ line, why: expect.stringMatching(/cut off at the end \(4 were stored\)/) })
  await expect(openVotes(folder, root, quiet)).rejects.toThrow(/cut off at the end/)
})

test('a file written anew from other votes is found, although its chain holds', async () => {
  const [folder, other] = [await fill(3), temporaryFolder()]
  const votes = await openVotes(other, root, quiet)
  for (let k = 0; k < 4; k++) await votes.add('judge-01', vote(k, { answers: { overall: 'b' } }), 1000 + k)
  await votes.close()
  writeFileSync(fileOf(folder), readFileSync(fileOf(other)))
  expect((await readVotes(folder, root)).broken).toEqual({ line: 3, why: expect.stringMatching(/written anew/) })
})

test('without votes.head it is told that the end is not known', async () => {
  const folder = await fill(2)
  rmSync(headOf(folder))
  expect(await readVotes(folder, root)).toMatchObject({ broken: null, endKnown: false })
  let said = ''
  await (
    await openVotes(folder, root, (text) => {
      said += text
    })
  ).close()
  expect(said).toMatch(/no votes.head/)
  expect(await readVotes(folder, root)).toMatchObject({ broken: null, endKnown: true })
  expect(await readVotes(temporaryFolder(), root)).toMatchObject({ lines: [], endKnown: true })
})

// A server may be killed after any byte: of the lines, of the new head beside the old, before and after it is put in place. What lies on the disk
// then is put together here; it is never taken for tampering, nothing that was acknowledged is missing, and voting goes on.
test('a crash at any point between two writes is no tampering', async () => {
  const before = await fill(2)
  const lines = readFileSync(fileOf(before), 'utf8')
  const head = readFileSync(headOf(before), 'utf8')
  const votes = await openVotes(before, root, quiet)
  await Promise.all([2, 3].map((k) => votes.add('judge-01', vote(k), 1000 + k)))
  await votes.close()
  const added = readFileSync(fileOf(before), 'utf8').slice(lines.length)
  const newHead = readFileSync(headOf(before), 'utf8')
  expect(JSON.parse(newHead)).toMatchObject({ lines: 4 })
  const moments = [
    ...Array.from({ length: 40 }, (_, k) => ({
      lines: lines + added.slice(0, Math.round((k / 39) * added.length)),
      beside: null as string | null,
    })),
    ...[0, 1, 17, newHead.length].map((bytes) => ({ lines: lines + added, beside: newHead.slice(0, bytes) })),
  ]
  for (const moment of moments) {
    const folder = temporaryFolder()
    writeFileSync(fileOf(folder), moment.lines)
    writeFileSync(headOf(folder), head)
    if (moment.beside !== null) writeFileSync(`${headOf(folder)}.new`, moment.beside)
    const read = await readVotes(folder, root)
    expect(read.broken).toBeNull()
    expect(read.lines.length).toBeGreaterThanOrEqual(2)
    const again = await openVotes(folder, root, quiet)
    const receipts = await Promise.all([2, 3].map((k) => again.add('judge-01', vote(k), 2000 + k)))
    await again.close()
    expect(receipts.map(({ kind }) => kind)).not.toContain('refused')
    expect(await readVotes(folder, root)).toMatchObject({ broken: null, torn: null, endKnown: true })
    expect((await readVotes(folder, root)).lines.map(({ statement }) => statement.id)).toEqual([0, 1, 2, 3].map(idOf))
  }
})

// Each step of the writer in its order, seen from outside: lines first, the head after them, acknowledged last.
test('the head is never ahead of the lines, and there before a vote is acknowledged', async () => {
  const folder = temporaryFolder()
  const votes = await openVotes(folder, root, quiet)
  let done = false
  const watching = (async () => {
    while (!done) {
      const head = JSON.parse(readFileSync(headOf(folder), 'utf8')) as { lines: number }
      expect(readFileSync(fileOf(folder), 'utf8').split('\n').length - 1).toBeGreaterThanOrEqual(head.lines)
      await new Promise((resolve) => setImmediate(resolve))
    }
  })()
  for (let k = 0; k < 12; k++) {
    await votes.add('judge-01', vote(k), 1000 + k)
    expect(JSON.parse(readFileSync(headOf(folder), 'utf8'))).toEqual({ lines: k + 1, hash: votes.head() })
  }
  done = true
  await watching
  await votes.close()
})

test('a head that cannot be written loses no vote, and is said', async () => {
  const folder = temporaryFolder()
  let said = ''
  const votes = await openVotes(folder, root, (text) => {
    said += text
  })
  mkdirSync(`${headOf(folder)}.new`)
  expect(await votes.add('judge-01', vote(0), 1)).toMatchObject({ kind: 'stored', n: 0 })
  await votes.close()
  expect(said).toMatch(/the votes are stored, votes.head is not/)
  rmSync(`${headOf(folder)}.new`, { recursive: true })
  expect(await readVotes(folder, root)).toMatchObject({ broken: null, endKnown: true })
})

// Any other place for votes gives the same answers: here one that keeps them in memory and fails when told to.
test('a ledger that fails stores nothing, and what was sent is taken when it comes again', async () => {
  const kept: string[] = []
  let failing = true
  const ledger: Ledger = {
    fetch: async () => [],
    async append(_, make) {
      if (failing) throw new Error('away')
      kept.push(...make([]).map(({ text }) => text))
    },
    async close() {},
  }
  const votes = keepVotes(ledger, { root, stored: [] })
  await expect(votes.add('j', vote(1), 1)).rejects.toThrow('away')
  expect(votes.lines()).toEqual([])
  failing = false
  expect(await votes.add('j', vote(1), 2)).toMatchObject({ kind: 'stored', n: 0 })
  expect(readChained(kept[0] ?? '', 0, root)).toMatchObject({ judge: 'j', statement: { trial: 1 } })
})
