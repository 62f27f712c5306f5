// The record on disk: streaming with bounded memory, torn tails, resuming, derived files that are whole or absent.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { readFileLines, readLines } from '../../src/node/store/lines.ts'
import {
  createRecordWriter,
  describeDifference,
  readRecord,
  resumeRecordWriter,
} from '../../src/node/store/record-file.ts'
import {
  claimRun,
  createDerivedFiles,
  createNamedRun,
  createNumberedRun,
  findRun,
} from '../../src/node/store/run-folder.ts'
import { defaultScenario } from '../../src/party/index.ts'
import type { RecordLine } from '../../src/record/index.ts'
import { session, smallRecord, temporaryFolder, textOf, writeRun } from './records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const file = path.join(folder, 'record.jsonl')

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

test('lines do not depend on how the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' ')),
        { maxLength: 6 },
      ),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      async (texts, size, closed) => {
        const all = Buffer.from(texts.join('\n') + (closed ? '\n' : ''))
        async function* cut() {
          for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
        }
        const lines = await collect(readLines(cut(), 'x'))
        const wanted = all.toString().split('\n')
        if (wanted.at(-1) === '') wanted.pop()
        expect(lines.map(({ text }) => text)).toEqual(wanted)
        expect(lines.map(({ number }) => number)).toEqual(wanted.map((_, i) => i + 1))
        if (lines.length > 0) expect(lines.at(-1)?.end).toBe(all.length)
        expect(lines.slice(0, -1).every(({ whole }) => whole)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('a line above 8 MiB stops the reading in words, whole or torn', async () => {
  for (const tail of ['\n', '']) {
    writeFileSync(file, `{}\n${'x'.repeat(10_000_000)}${tail}`)
    await expect(collect(readFileLines(file))).rejects.toThrow(/line 2: expected at most 8388608 bytes/)
  }
})

test('written, read back, the same', async () => {
  const lines = smallRecord(5, 'naïve ♥ \u2028 "quoted"')
  rmSync(file, { force: true })
  const writer = createRecordWriter(file)
  for (const line of lines) {
    await writer.write(line)
    expect(readFileSync(file, 'utf8').endsWith('}\n')).toBe(true) // on disk at once, whole
  }
  await writer.close()
  expect(readFileSync(file, 'utf8')).toBe(textOf(lines))
  expect((await collect(readRecord(file))).map(({ line }) => line)).toEqual(lines)
  expect(() => createRecordWriter(file)).toThrow(/EEXIST/)
})

test('cut anywhere, what is before the tear is read, and resuming gives the unbroken bytes', async () => {
  const lines = smallRecord(6, 'é')
  const whole = Buffer.from(textOf(lines))
  const firstLine = whole.indexOf(10) + 1
  for (let cut = 0; cut <= whole.length; cut += 13) {
    writeFileSync(file, whole.subarray(0, cut))
    if (cut >= firstLine) {
      const torn: string[] = []
      const read = (await collect(readRecord(file, { onTorn: (message) => torn.push(message) }))).map(
        ({ line }) => line,
      )
      expect(read).toEqual(lines.slice(0, read.length))
      const kept = Buffer.byteLength(textOf(read))
      expect(torn.length === 1 || kept === cut || kept === cut + 1, `cut at ${cut}`).toBe(true)
    }
    const writer = resumeRecordWriter(file)
    for (const line of lines) await writer.write(line)
    await writer.close()
    expect(readFileSync(file).equals(whole)).toBe(true)
  }
})

test('resuming refuses another party and leaves the file as it was', async () => {
  const lines = smallRecord(6)
  const torn = textOf(lines).slice(0, -20)
  writeFileSync(file, torn)
  const writer = resumeRecordWriter(file)
  await writer.write(lines[0] as RecordLine)
  const other = { ...lines[1], text: 'other' } as RecordLine
  await expect(writer.write(other)).rejects.toThrow(/line 2: field "text": stored "hello 0", played again "other"/)
  expect(readFileSync(file, 'utf8')).toBe(torn)
})

test('resuming refuses a record that goes on behind the new end', async () => {
  const lines = smallRecord(3)
  writeFileSync(file, textOf([...lines, ...lines.slice(-1)]))
  const writer = resumeRecordWriter(file)
  for (const line of lines.slice(0, -1)) await writer.write(line)
  await expect(writer.write(lines.at(-1) as RecordLine)).rejects.toThrow(/line 6: expected the record to end/)
})

test.each([
  ['nothing', '', /expected at least a session line, got nothing/],
  ['binary bytes', Buffer.from([0xff, 0xfe, 0, 1, 10]), /line 1: expected UTF-8 text, got binary bytes/],
  ['zero bytes', Buffer.from([0, 0, 0, 10]), /line 1: expected JSON text, got binary bytes/],
  ['another schema', textOf(smallRecord(1)).replace('"schema":1', '"schema":99'), /expected record schema 1, got 99/],
  [
    'a world with an unknown agent',
    textOf([
      session,
      {
        n: 1,
        kind: 'world',
        slot: 0,
        t: 0,
        decks: [],
        clash: 0,
        crowd: { energy: 0, groups: [] },
        bodies: [{ agent: 'zed', comfort: 0, pain: 0, adaptation: 0 }],
      },
    ]),
    /line 2: expected one of the session's agents \(a, b\), got "zed"/,
  ],
  [
    'a tempo beside the scenario',
    textOf([{ ...session, scenario: defaultScenario, bpm: 400 }]),
    /line 1: expected the scenario's 126 bpm, got 400/,
  ],
  ['an unknown agent', textOf(smallRecord(1)).replace('"token","agent":"a"', '"token","agent":"z"'), /got "z"/],
  [
    'time that runs back',
    textOf(smallRecord(3)).replace('"t":2', '"t":0.5'),
    /line 4: expected a token at 1 s or later/,
  ],
])('%s: refused with file and line', async (_, content, message) => {
  writeFileSync(file, content)
  await expect(collect(readRecord(file))).rejects.toThrow(message)
  await expect(collect(readRecord(file))).rejects.toThrow(file)
})

test('differences are named by field, or by character where there is no JSON', () => {
  expect(describeDifference('{"a":{"b":[1,2]}}', '{"a":{"b":[1,3]}}')).toBe('field "a.b.1": stored 2, played again 3')
  expect(describeDifference('abc', 'abd')).toBe('character 3: stored "c", played again "d"')
})

test('runs get the next free number; a folder with a record is not overwritten', () => {
  const runs = path.join(folder, 'runs')
  expect(path.basename(createNumberedRun(runs))).toBe('1')
  mkdirSync(path.join(runs, '41'))
  expect(path.basename(createNumberedRun(runs))).toBe('42')
  const run = writeRun(path.join(runs, '42'), 'x\n')
  expect(() => createNamedRun(run)).toThrow(/already|expected a folder without a record/)
  expect(findRun('42', runs)).toBe(run)
  expect(findRun(path.join(run, 'record.jsonl'), runs)).toBe(run)
  expect(() => findRun('7', runs)).toThrow(
    /7: expected a folder with record.jsonl or the number of a run. Runs here: 42/,
  )
})

test('derived files appear whole or not at all, and leftovers go', () => {
  const run = path.join(folder, 'derived')
  mkdirSync(run)
  const failed = createDerivedFiles(run)
  writeFileSync(failed.begin('stems/a.wav'), 'half')
  expect(existsSync(path.join(run, 'stems/a.wav'))).toBe(false)
  failed.discard()
  expect(readdirSync(run)).toEqual([])
  writeFileSync(createDerivedFiles(run).begin('stems/a.wav'), 'left by a killed process')
  const good = createDerivedFiles(run)
  expect(readdirSync(path.join(run, 'stems'))).toEqual([])
  writeFileSync(good.begin('stems/b.wav'), 'whole')
  good.keep()
  expect(readdirSync(run, { recursive: true }).sort()).toEqual(['stems', 'stems/b.wav'])
})

test('one process at a time plays a run; the mark of a dead one is taken over', () => {
  const run = path.join(folder, 'claimed')
  mkdirSync(run)
  const release = claimRun(run)
  expect(() => claimRun(run)).toThrow(/in use by process/)
  release()
  writeFileSync(path.join(run, '.playing'), '4194399') // above the kernel's largest process number
  claimRun(run)()
  expect(readdirSync(run)).toEqual([])
})

test.each([[1, 'v1.jsonl']])('a record of schema %i stays readable', async (version, name) => {
  const stored = fileURLToPath(new URL(`../frozen/records/${name}`, import.meta.url))
  const lines = (await collect(readRecord(stored))).map(({ line }) => line)
  expect(lines[0]).toMatchObject({ kind: 'session', schema: version, seed: 1 })
  expect(lines.at(-1)).toMatchObject({ kind: 'end', slots: 1, reason: 'finished' })
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(
    new Set(['session', 'percept', 'token', 'move', 'world', 'feedback', 'end']),
  )
})
