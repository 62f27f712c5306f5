// The server: who may ask, what paths can reach, ranges, and a record as events that resume where they broke off.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/node/server/app.ts'
import { parseRange } from '../../src/node/server/files.ts'
import { type RunningServer, startServer } from '../../src/node/server/server.ts'
import { decodeSample, sampleNamesOf } from '../../src/node/sound/samples.ts'
import { createShelf } from '../../src/node/store/shelf.ts'
import { librarySchema, readLexicon } from '../../src/record/index.ts'
import { smallRecord, temporaryFolder, textOf, writeRun } from './records.ts'

const folder = temporaryFolder()
const runs = path.join(folder, 'runs')
const page = path.join(folder, 'page')
const text = textOf(smallRecord(4))
let server: RunningServer

beforeAll(async () => {
  const run = writeRun(path.join(runs, '1'), text)
  writeRun(path.join(runs, '2'), textOf(smallRecord(4).slice(0, 2)))
  mkdirSync(path.join(run, 'stems'))
  writeFileSync(path.join(run, 'stems/a.voice.wav'), '0123456789')
  writeFileSync(path.join(run, 'stems/b.voice.wav.part'), 'half')
  writeFileSync(path.join(run, 'report.html'), '<p>report')
  writeFileSync(path.join(folder, 'secret.txt'), 'secret')
  mkdirSync(path.join(page, 'assets'), { recursive: true })
  writeFileSync(path.join(page, 'index.html'), '<p>page')
  writeFileSync(path.join(page, 'assets/a.js'), '1')
  server = await startServer({ shelf: createShelf(runs), page }, 0)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const ask = (where: string, headers: Record<string, string> = {}) =>
  createApp({ shelf: createShelf(runs), page }).request(`http://localhost${where}`, {
    headers: { host: 'localhost', ...headers },
  })

test('the page, with a policy that lets nothing in from elsewhere', async () => {
  const answer = await fetch(server.url)
  expect(await answer.text()).toBe('<p>page')
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*|https?:/)
  expect((await ask('/assets/a.js')).headers.get('content-type')).toContain('javascript')
})

test.each([
  ['another name for this machine', { host: 'evil.example' }],
  ['a name that only begins right', { host: 'localhost.evil.example' }],
  ['a page of another origin', { host: 'localhost:4747', origin: 'http://evil.example' }],
  ['another port of this machine', { host: 'localhost:4747', origin: 'http://localhost:8080' }],
])('refused: %s', async (_, headers) => {
  expect((await ask('/api/runs', headers)).status).toBe(403)
})

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/api/runs/..%2f..%2f/record',
  '/api/runs/1/files/..%2f..%2f..%2fsecret.txt',
  '/api/runs/1/files/stems/../../../../secret.txt',
  '/api/runs/1/files/stems/b.voice.wav.part',
  '/api/runs/%00/scores',
  '/api/runs/3/record',
  '/api/samples/..%2f..%2fpackage',
])('no way to other files: %s', async (where) => {
  const answer = await fetch(server.url + where.slice(1))
  expect([400, 404]).toContain(answer.status)
  expect(await answer.text()).not.toContain('secret')
})

test('the list of runs says what each is and holds', async () => {
  const list = (await (await ask('/api/runs')).json()) as { id: string }[]
  expect(list.map(({ id }) => id).sort()).toEqual(['1', '2'])
  expect(list.find(({ id }) => id === '1')).toMatchObject({
    title: 'Ada & Berta (transcript)',
    live: false,
    finished: true,
    files: ['record.jsonl', 'report.html', 'stems/a.voice.wav'],
  })
})

test('what sound is made of: kernel, library, lexicon, recordings as 32-bit floats', async () => {
  expect((await ask('/kernel.wasm')).headers.get('content-type')).toBe('application/wasm')
  const library = librarySchema.parse(await (await ask('/api/library')).json())
  const lexicon = readLexicon(new Uint8Array(await (await ask('/api/lexicon')).arrayBuffer()))
  expect(lexicon.words.length).toBeGreaterThan(50_000)
  const name = sampleNamesOf(library.tracks)[0] ?? ''
  const pcm = new Float32Array(await (await ask(`/api/samples/${name}`)).arrayBuffer())
  expect(pcm).toEqual(await decodeSample(name))
  expect((await ask('/api/samples/no_such_sample')).status).toBe(404)
})

test('downloads: whole, a range, a range beyond the end; a report runs no scripts', async () => {
  const where = '/api/runs/1/files/stems/a.voice.wav'
  const whole = await ask(where)
  expect([whole.status, await whole.text()]).toEqual([200, '0123456789'])
  expect(whole.headers.get('content-disposition')).toBe('attachment; filename="1-a.voice.wav"')
  const part = await ask(where, { range: 'bytes=2-4' })
  expect([part.status, await part.text()]).toEqual([206, '234'])
  expect(part.headers.get('content-range')).toBe('bytes 2-4/10')
  expect((await ask(where, { range: 'bytes=10-' })).status).toBe(416)
  expect((await ask('/api/runs/1/files/report.html')).headers.get('content-security-policy')).toContain('sandbox')
  expect((await ask('/api/runs/1/scores')).status).toBe(404)
})

// RFC 9110, section 14.1.2: examples for a representation of 10000 bytes.
test.each([
  ['bytes=0-499', { from: 0, to: 499 }],
  ['bytes=500-999', { from: 500, to: 999 }],
  ['bytes=-500', { from: 9500, to: 9999 }],
  ['bytes=9500-', { from: 9500, to: 9999 }],
  ['bytes=9999-20000', { from: 9999, to: 9999 }],
  ['bytes=10000-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=5-4', 'all'],
  ['bytes=0-1,4-5', 'all'],
  ['lines=1-2', 'all'],
] as const)('range %s', (header, wanted) => {
  expect(parseRange(header, 10000)).toEqual(wanted)
})

interface Events {
  ids: string[]
  data: string[]
  names: string[]
}

/** Reads events until the stream closes or `enough` says so. */
async function readEvents(answer: Response, enough: (events: Events) => boolean = () => false): Promise<Events> {
  const events: Events = { ids: [], data: [], names: [] }
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let held = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return events
    held += decoder.decode(value, { stream: true })
    const blocks = held.split('\n\n')
    held = blocks.pop() ?? ''
    for (const block of blocks)
      for (const line of block.split('\n')) {
        if (line.startsWith('id: ')) events.ids.push(line.slice(4))
        if (line.startsWith('event: ')) events.names.push(line.slice(7))
        if (line.startsWith('data: ') && !block.includes('event: ')) events.data.push(line.slice(6))
      }
    if (enough(events)) {
      await reader.cancel()
      return events
    }
  }
}

test('a finished record comes whole, says it has ended, and closes; asking again says there is no more', async () => {
  const where = `${server.url}api/runs/1/record`
  const events = await readEvents(await fetch(where))
  expect(`${events.data.join('\n')}\n`).toBe(text)
  expect(events.ids).toEqual(['5'])
  expect(events.names).toEqual(['end'])
  const lines = text.trimEnd().split('\n')
  for (const rest of [
    await fetch(where, { headers: { 'last-event-id': '3' } }),
    await fetch(`${where}?after=3`),
    await fetch(`${where}?after=1`, { headers: { 'last-event-id': '3' } }), // the browser's own count is the newer
  ])
    expect(await readEvents(rest)).toMatchObject({ ids: ['5'], data: lines.slice(4) })
  expect((await fetch(where, { headers: { 'last-event-id': '5' } })).status).toBe(204)
})

test('a record still being written is followed, across a dropped connection, without loss or doubling', async () => {
  const where = `${server.url}api/runs/2/record`
  const lines = text.split(/(?<=\n)/)
  const first = await readEvents(await fetch(where), ({ data }) => data.length === 2)
  const file = path.join(runs, '2/record.jsonl')
  const answer = fetch(where, { headers: { 'last-event-id': first.ids.at(-1) ?? '' } })
  appendFileSync(file, (lines[2] ?? '').slice(0, 10)) // half a line is not sent
  await new Promise((resolve) => setTimeout(resolve, 150))
  appendFileSync(file, (lines[2] ?? '').slice(10) + lines.slice(3).join(''))
  const second = await readEvents(await answer)
  expect([first.ids.at(-1), second.ids.at(-1)]).toEqual(['1', '5'])
  expect(`${[...first.data, ...second.data].join('\n')}\n`).toBe(text)
})
