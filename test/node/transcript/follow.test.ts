// A transcript that is followed: the record grows with it, the page is served, and in the end all outputs are whole.
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createLiveRecord, followBytes } from '../../../src/node/transcript/follow.ts'
import { defaultMapping, parseRecord } from '../../../src/record/index.ts'
import { planRecord, readTranscript } from '../../../src/stream/index.ts'
import { startHocket } from '../hocket.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'hocket-follow-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function until<Value>(look: () => Value | null | undefined | false): Promise<Value> {
  for (;;) {
    const found = look()
    if (found) return found
    await sleep(50)
  }
}

test('a growing file, a late speaker, Ctrl-C', async () => {
  const [file, out] = [path.join(folder, 'chat.txt'), path.join(folder, 'run')]
  const record = path.join(out, 'record.jsonl')
  writeFileSync(file, 'Ada: slow water.\nBob: bright stone.\nAda: half a li')
  const child = startHocket(['sonify', file, '--out', out, '--follow', '--no-sound', '--quiet'])
  let stderr = ''
  child.stderr?.on('data', (data) => {
    stderr += data
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  try {
    const textOf = () => (existsSync(record) ? readFileSync(record, 'utf8') : '')
    await until(() => textOf().includes('stone'))
    expect(textOf()).not.toContain('half')
    const url = await until(() => /http:\S+(?=#run=run)/.exec(stderr)?.[0])
    const runs = (await (await fetch(`${url}api/runs`)).json()) as { id: string; live: boolean }[]
    expect(runs.find(({ id }) => id === 'run')?.live).toBe(true)
    appendFileSync(file, 'ne.\nCid: too late.\n')
    await until(() => textOf().includes('half'))
    await until(() => /Cid speaks later/.test(stderr))
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    const lines = parseRecord(textOf().trim().split('\n'))
    expect(lines[0]?.kind === 'session' && lines[0].agents.map(({ title }) => title)).toEqual(['Ada', 'Bob', 'Cid'])
    expect(lines.filter((line) => line.kind === 'token').map(({ text }) => text.trim())).toEqual(
      'slow water. bright stone. half a line. too late.'.split(' '),
    )
    expect(readdirSync(out).sort()).toEqual(['notes.jsonl', 'notes.mid', 'record.jsonl', 'scores.json'])
  } finally {
    child.kill('SIGKILL')
  }
}, 60_000)

test('standard input that ends before it could be read is refused, and nothing is left', async () => {
  const out = path.join(folder, 'empty')
  const child = startHocket(['sonify', '-', '--out', out, '--follow', '--no-sound'])
  child.stdin?.end('no names here')
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1)
  expect(existsSync(out)).toBe(false)
}, 60_000)

test('a file that is cut, then replaced, is read again from its beginning, and that is told', async () => {
  const file = path.join(folder, 'log.txt')
  writeFileSync(file, 'Ada: one\nBob: half a li')
  const stop = new AbortController()
  const told: string[] = []
  let text = ''
  const done = (async () => {
    for await (const piece of followBytes({ file, signal: stop.signal, onRestart: (what) => told.push(what) }))
      text += piece.toString()
  })()
  await until(() => text.endsWith('half a li'))
  truncateSync(file)
  await until(() => told.length === 1)
  appendFileSync(file, 'Ada: two\n')
  await until(() => text.endsWith('two\n'))
  rmSync(file)
  writeFileSync(`${file}.new`, 'Bob: three\n')
  renameSync(`${file}.new`, file)
  await until(() => text.endsWith('three\n'))
  stop.abort()
  await done
  expect(text).toBe('Ada: one\nBob: half a li\nAda: two\n\nBob: three\n')
  expect(told).toEqual(['it was cut', 'it was replaced'])
})

test('what comes late but was said early is written once, at the latest time so far, and nothing twice', async () => {
  const out = mkdtempSync(path.join(folder, 'late-'))
  const live = createLiveRecord(out, () => {})
  const event = (agent: string, text: string, t: number) => `${JSON.stringify({ agent, text, t })}\n`
  const texts = [event('Ada', 'one', 5) + event('Bob', 'two', 6), event('Ada', 'early', 4), event('Bob', 'three', 7)]
  const mapping = { ...defaultMapping, timing: 'arrival' as const }
  for (const [i] of texts.entries()) {
    const transcript = readTranscript(texts.slice(0, i + 1).join(''))
    await live.grow(planRecord(transcript, { bpm: 126, mapping, kernel: '', hocket: '' }))
  }
  await live.close()
  const lines = parseRecord(readFileSync(path.join(out, 'record.jsonl'), 'utf8').trim().split('\n'))
  const tokens = lines.filter((line) => line.kind === 'token')
  expect(tokens.map(({ text }) => text)).toEqual(['one', 'two', 'early', 'three'])
  expect(tokens.map(({ t }) => t)).toEqual([0, 1, 1, 3])
})

test('a folder cannot be followed', async () => {
  const followed = followBytes({ file: folder, signal: new AbortController().signal, onRestart: () => {} })
  await expect(followed.next()).rejects.toThrow(/expected a (readable )?file, got a folder/)
})
