// The tap's small parts: events in any pieces, keys never written, bodies changed by one member only, paths and headers.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findRoute, isLocalRequest, readUpstream } from '../../../src/node/tap/address.ts'
import { askLogprobs } from '../../../src/node/tap/ask-logprobs.ts'
import { createEventFile, writeEvents } from '../../../src/node/tap/event-file.ts'
import { createEventReader, longestEvent } from '../../../src/node/tap/event-reader.ts'
import { endToEnd, requestHeaders, secretsOf } from '../../../src/node/tap/headers.ts'
import { openLive, shareVoices } from '../../../src/node/tap/live.ts'
import { createNamer } from '../../../src/node/tap/names.ts'
import { createRedactor, hidden } from '../../../src/node/tap/redact.ts'
import { defaultMapping, parseRecord } from '../../../src/record/index.ts'
import { readTranscript } from '../../../src/stream/index.ts'

const pieces = (bytes: Uint8Array, cuts: readonly number[]) => {
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end))
}

test('the standard’s example of an event stream, with any line breaks and in any pieces', () => {
  // WHATWG HTML, 9.2.6: two lines of data are one event, a comment is none, a space after the colon is dropped.
  const lines = [
    'data: YHOO',
    'data: +2',
    'data: 10',
    '',
    ': test stream',
    '',
    'data:é first',
    'id: 1',
    '',
    'event: x',
    'data:  third',
    '',
  ]
  fc.assert(
    fc.property(fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat(200)), (end, cuts) => {
      const reader = createEventReader()
      const bytes = Buffer.from(lines.map((line) => line + end).join(''))
      const heard = [...pieces(bytes, cuts).flatMap((piece) => reader.push(piece)), ...reader.finish()]
      expect(heard).toEqual(['YHOO\n+2\n10', 'é first', ' third'])
    }),
  )
})

test('an event longer than the limit is passed over, the next is heard', () => {
  const reader = createEventReader()
  const long = Buffer.alloc(1 << 16, 'x')
  reader.push(Buffer.from('data: '))
  for (let size = 0; size <= longestEvent; size += long.length) expect(reader.push(long)).toEqual([])
  expect(reader.push(Buffer.from('\n\ndata: next\n\n'))).toEqual(['next'])
})

test('a key is hidden however it is cut into tokens, and all other words stay', () => {
  const secret = 'sk-abcabd1'
  fc.assert(
    fc.property(fc.array(fc.constantFrom('s', 'sk-', 'k-abc', 'abd1', 'sk-abc', ' a', secret, 'b')), (texts) => {
      const redactor = createRedactor<{ text: string }>([secret])
      const shown = [...texts.flatMap((text) => redactor.push([{ text }])), ...redactor.finish()].map(
        ({ text }) => text,
      )
      expect(shown.join('')).not.toContain(secret)
      expect(shown.join('').replaceAll(hidden, '')).toBe(texts.join('').replaceAll(secret, ''))
    }),
  )
})

test('log-probabilities are asked for by one more member and nothing else', () => {
  const body = '{ "model": "m", "seed": 12345678901234567890, "messages": [] }\n'
  expect(askLogprobs(Buffer.from(body), 'chat')?.toString()).toBe(body.replace(' }\n', ' ,"logprobs":true}\n'))
  expect(askLogprobs(Buffer.from('{}'), 'responses')?.toString()).toBe('{"include":["message.output_text.logprobs"]}')
  for (const own of ['{"logprobs":false}', '[]', 'null', '{"model":', ''])
    expect(askLogprobs(Buffer.from(own), 'chat')).toBe(null)
  expect(askLogprobs(Buffer.from('{"include":[]}'), 'responses')).toBe(null)
})

test.each([
  ['http://h/v1', '/v1/chat/completions', '/v1/chat/completions', null, 'chat'],
  ['http://h', '/v1/responses?x=1', '/v1/responses?x=1', null, 'responses'],
  ['https://h/api/v1/', '/v1/chat/completions', '/api/v1/chat/completions', null, 'chat'],
  ['http://h/v1', '/agent/Ada%20L/v1/responses', '/v1/responses', 'Ada L', 'responses'],
  ['http://h/openai', '/agent/x/v1?q', '/openai?q', 'x', null],
  ['http://h/v1', '/api/tags', '/api/tags', null, null],
  ['http://h/v1', '/v1/responses/r1', '/v1/responses/r1', null, null],
])('%s, asked for %s', (upstream, asked, wanted, agent, speaks) => {
  expect(findRoute(asked, readUpstream(upstream), null)).toEqual({ path: wanted, agent, speaks })
})

test('a tap for others answers those with its token only', () => {
  const upstream = readUpstream('http://h/v1')
  const token = 'a'.repeat(22)
  expect(findRoute(`/token/${token}/agent/b/v1/x`, upstream, token)).toMatchObject({ path: '/v1/x', agent: 'b' })
  for (const asked of ['/v1/x', '/token/wrong/v1/x', `/token/${token}x/v1/x`, `/token/${token.slice(1)}/v1/x`])
    expect(findRoute(asked, upstream, token)).toBe(null)
  expect(
    ['localhost:1', '127.0.0.1', '[::1]:8', 'evil.example'].map((host) => isLocalRequest(host, undefined)),
  ).toEqual([true, true, true, false])
  expect(
    ['http://localhost:3000', 'https://evil.example', 'null'].map((origin) => isLocalRequest('localhost', origin)),
  ).toEqual([true, false, false])
  for (const bad of ['ftp://h', 'h', 'http://user:word@h', 'http://h?key=1'])
    expect(() => readUpstream(bad)).toThrow(/--upstream/)
})

test('headers go through but those of one connection', () => {
  const given = [
    'Host',
    'tap',
    'X-A',
    '1',
    'Connection',
    'close, X-Own',
    'x-own',
    '2',
    'TE',
    'trailers',
    'x-a',
    '3',
    'Transfer-Encoding',
    'chunked',
  ]
  expect(endToEnd(given)).toEqual(['Host', 'tap', 'X-A', '1', 'x-a', '3'])
  expect(requestHeaders(given, 'up:1')).toEqual([
    'Host',
    'up:1',
    'X-A',
    '1',
    'x-a',
    '3',
    'Transfer-Encoding',
    'chunked',
  ])
  expect(secretsOf(['Authorization', 'Bearer sk-12345', 'api-key', 'none'])).toEqual(['Bearer sk-12345', 'sk-12345'])
})

test('who speaks: by path, by header, by model and key; a key is no name', () => {
  const name = createNamer()
  const [one, two] = [['sk-one-12345'], ['sk-two-12345']]
  expect(name({ names: ['Ada', 'b'], secrets: one }, 'm')).toBe('Ada')
  expect(name({ names: [null, ' b\u202e '], secrets: one }, 'm')).toBe('b')
  expect(name({ names: [null, null], secrets: one }, 'm')).toBe('m')
  expect(name({ names: [null, null], secrets: two }, 'm')).toBe('m (key 2)')
  expect(name({ names: ['is sk-two-12345'], secrets: two }, 'm')).toBe('is [key]')
  expect(name({ names: [], secrets: one }, '')).toBe('assistant')
})

test('a disk that refuses is told once; what follows goes on at the very byte', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hocket-events-'))
  const file = path.join(folder, 'e.jsonl')
  const whole = await createEventFile(file, (code) => expect.fail(code))
  for (let i = 0; i < 500; i++) whole.append(String(i))
  await whole.close()
  expect(readFileSync(file, 'utf8')).toBe(Array.from({ length: 500 }, (_, i) => `${i}\n`).join(''))
  rmSync(folder, { recursive: true })

  const [written, faults]: [Buffer[], string[]] = [[], []]
  let calls = 0
  const write = async (bytes: Buffer, from: number) => {
    if (++calls % 2 === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
    written.push(Buffer.from(bytes.subarray(from, from + 3)))
    return { bytesWritten: Math.min(3, bytes.length - from) }
  }
  const full = writeEvents({ write, close: async () => {} }, (code) => faults.push(code))
  full.append('first')
  await new Promise((resolve) => setTimeout(resolve, 5))
  full.append('second')
  await full.close()
  expect(faults).toEqual(['ENOSPC'])
  expect('first\nsecond\n'.startsWith(Buffer.concat(written).toString())).toBe(true)
  expect(Buffer.concat(written).length).toBeGreaterThan(6)
  expect(full.lost).toBe(1)
})

test('voices are taken by who speaks, a record grows, words that came together are spread', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hocket-live-'))
  const taken: string[] = []
  const live = openLive({
    folder,
    voices: 3,
    bpm: 120,
    mapping: defaultMapping,
    kernel: '',
    hocket: '',
    onVoice: (...named) => taken.push(named.join()),
  })
  const say = (agent: string, text: string, t: number | null) => live.add({ agent, turn: 0, text, t, role: 'speech' })
  say('Ada', 'slow', 1)
  say('Ada', ' water', null)
  say('Bob', 'bright', 1.1)
  const file = path.join(folder, 'record.jsonl')
  await live.write(16.9)
  expect(existsSync(file)).toBe(false)
  await live.write(17)
  expect(taken).toEqual([])
  say('Cid', 'late', 60)
  say('Dot', 'shares', 61)
  await live.close()
  const lines = parseRecord(readFileSync(path.join(folder, 'record.jsonl'), 'utf8').trim().split('\n'))
  const heard = lines.flatMap((line) =>
    line.kind === 'token' ? [[line.agent, line.text, Number(line.t.toFixed(3)), line.clock]] : [],
  )
  expect(heard).toEqual([
    ['voice-1', 'slow', 0, 'arrival'],
    ['voice-2', 'bright', 0.1, 'arrival'],
    ['voice-1', ' water', 0.25, 'synthetic'],
    ['voice-3', 'late', 8.25, 'arrival'],
    ['voice-1', 'shares', 9.25, 'arrival'],
  ])
  expect(lines[0]?.kind === 'session' && lines[0].agents.map(({ title }) => title)).toEqual(['Ada', 'Bob', 'voice 3'])
  expect(taken).toEqual(['Cid,voice 3', 'Dot,Ada'])
  expect(lines.at(-1)?.kind).toBe('end')
  rmSync(folder, { recursive: true })
})

test('more agents than voices share them', () => {
  const transcript = readTranscript('A: one\nB: two\nC: three\nA: four')
  const shared = shareVoices(transcript, 2)
  expect(shared.speakers).toEqual(['A, C', 'B'])
  expect(shared.turns.map(({ speaker, tokens }) => [speaker, tokens[0]?.text.trim()])).toEqual([
    ['A, C', 'one'],
    ['B', 'two'],
    ['A, C', 'three'],
    ['A, C', 'four'],
  ])
  expect(shareVoices(transcript, 3)).toBe(transcript)
})
