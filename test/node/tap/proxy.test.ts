// The tap between clients and an upstream of our own: the same bytes, headers and refusals, clients that leave, and what is written down.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import OpenAI from 'openai'
import { afterAll, expect, test } from 'vitest'
import { answerOf, startTapUpstream } from '../../../src/node/bench/tap-upstream.ts'
import { createRecorder, readUpstream, startProxy } from '../../../src/node/tap/index.ts'
import { startHocket } from '../hocket.ts'
import { startDouble } from '../models/double.ts'

const key = 'sk-secret-93b1c0d7e5'
const folder = mkdtempSync(path.join(os.tmpdir(), 'hocket-tap-test-'))
const ends: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

interface Line {
  readonly agent: string
  readonly turn: number
  readonly text: string
  readonly t: number | null
  readonly logprob?: number
}

async function tapBefore(upstream: string, settings: { asksLogprobs?: boolean; append?(line: string): void } = {}) {
  const lines: Line[] = []
  const append = settings.append ?? ((line: string) => void lines.push(JSON.parse(line) as Line))
  let seconds = 0
  const recorder = createRecorder({ file: { append }, clock: () => (seconds += 0.001) })
  const tap = await startProxy({
    upstream: readUpstream(upstream),
    recorder,
    host: '127.0.0.1',
    port: 0,
    token: null,
    agentHeader: 'x-hocket-agent',
    asksLogprobs: settings.asksLogprobs ?? false,
  })
  ends.push(tap.close)
  return { url: tap.url, lines, recorder }
}

interface Got {
  readonly status: number | undefined
  readonly headers: string[]
  readonly body: Buffer
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers }
    const request = http.request(url, { method: 'POST', headers: sent }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.rawHeaders, body: Buffer.concat(parts) }),
      )
      answer.on('error', reject)
    })
    request.on('error', reject)
    request.end(JSON.stringify(body))
  })
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('the same bytes, many at once; all that was said is written down, by agent, and the key nowhere', async () => {
  const upstream = await startTapUpstream()
  ends.push(upstream.close)
  const { url, lines, recorder } = await tapBefore(upstream.url)
  const numbers = Array.from({ length: 64 }, (_, i) => i)
  const got = await Promise.all(
    numbers.map((number) => {
      const target = url.replace('/v1', number % 2 === 0 ? '/agent/even/v1' : '/v1')
      return post(
        `${target}/${number % 8 === 7 ? 'responses' : 'chat/completions'}`,
        { number },
        { 'x-hocket-agent': 'odd' },
      )
    }),
  )
  expect(got.map(({ body }) => hash(body))).toEqual(
    numbers.map((number) => hash(Buffer.concat(answerOf(number).pieces))),
  )
  await recorder.close()
  const said = (agent: string) =>
    lines
      .filter((line) => line.agent === agent)
      .map(({ text }) => text)
      .join('')
  // Sixty words an answer, whole, compressed or in one piece; the double says a note in each kind of answer.
  expect(recorder.counts).toMatchObject({ answers: 64, unheard: 0, reason: null })
  expect([...recorder.counts.agents].sort()).toEqual(['even', 'odd'])
  expect(said('odd')).toContain('🎶')
  expect(said('even')).toContain('naïve')
  expect(new Set(lines.map(({ turn }) => turn)).size).toBe(32)
  expect(JSON.stringify(lines)).not.toContain('secret')
})

test('headers, status and retry-after go through, names in their spelling', async () => {
  const upstream = await startTapUpstream()
  ends.push(upstream.close)
  const { url, recorder } = await tapBefore(upstream.url)
  const [direct, tapped] = await Promise.all(
    [upstream.url, url].map((base) => post(`${base}/chat/completions`, { number: 1, refuse: true })),
  )
  expect(tapped?.status).toBe(429)
  expect(tapped?.headers).toEqual(expect.arrayContaining(['retry-after', '17']))
  expect(tapped?.body).toEqual(direct?.body)
  const fine = await post(`${url}/chat/completions`, { number: 1 })
  expect(fine.headers).toEqual(expect.arrayContaining(['x-request-id', 'req-1', 'X-RateLimit-Remaining', '7']))
  expect(recorder.counts.answers).toBe(1)
})

test('a client that leaves is seen to leave by the upstream', async () => {
  const upstream = await startTapUpstream()
  ends.push(upstream.close)
  const { url } = await tapBefore(upstream.url)
  await new Promise<void>((resolve) => {
    const request = http.request(`${url}/chat/completions`, { method: 'POST' }, (answer) => {
      answer.once('data', () => request.destroy())
      answer.on('error', () => {})
      answer.on('close', () => resolve())
    })
    request.on('error', () => {})
    request.end(JSON.stringify({ number: 0, paceMilliseconds: 60_000 }))
  })
  while (upstream.left() === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(upstream.left()).toBe(1)
})

test('OpenAI’s client through the tap: log-probabilities only when wished for, cuts are cuts, keys are hidden where they are echoed', async () => {
  const scored = [
    {
      text: 'slow water',
      tokens: [
        { token: 'slow', logprob: -1 },
        { token: ' water', logprob: -2 },
      ],
    },
  ]
  const asked: unknown[] = []
  const double = await startDouble((index, { body }) => {
    asked.push(body['logprobs'])
    if (index === 2)
      return {
        kind: 'raw',
        chunks: [Buffer.from('data: {"choices":[{"delta":{"content":"half"}}]}\n\ndata: {"cho')],
        end: 'destroy',
      }
    return { kind: 'answer', pieces: [...scored, `the key ${key.slice(0, 9)}`, `${key.slice(9)} is`] }
  })
  ends.push(double.close)
  const plain = await tapBefore(double.url)
  const wishing = await tapBefore(double.url, { asksLogprobs: true })
  const ask = async (baseURL: string) => {
    const client = new OpenAI({ baseURL, apiKey: key, maxRetries: 0 })
    let text = ''
    const stream = await client.chat.completions.create({ model: 'm', stream: true, messages: [] })
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    return text
  }
  const words = `slow waterthe key ${key} is`
  expect([await ask(plain.url), await ask(wishing.url)]).toEqual([words, words])
  expect(asked).toEqual([undefined, true])
  await expect(ask(plain.url)).rejects.toThrow()
  await Promise.all([plain.recorder.close(), wishing.recorder.close()])
  expect(plain.lines.map(({ text }) => text).join('')).toBe('slow waterthe key [key] ishalf')
  expect(wishing.lines.slice(0, 2).map(({ text, logprob }) => [text, logprob])).toEqual([
    ['slow', -1],
    [' water', -2],
  ])
  expect(double.asked.every(({ authorization }) => authorization === `Bearer ${key}`)).toBe(true)
})

test('whatever the recorder meets, the bytes pass', async () => {
  const odd = [
    'data: {"choices": 7}\n\n',
    'data: not json\n\n',
    'data: [[[[\n\n',
    '\u0000\uffff\n\n',
    'data: {"choices":[{"delta":{"content":"x"}}]}\n\n',
  ]
  const body = Buffer.concat([...odd.map((text) => Buffer.from(text)), Buffer.from([0xff, 0xfe, 10, 10])])
  const server = http.createServer((request, response) => {
    const encoding = request.url?.endsWith('gzip/chat/completions') ? { 'content-encoding': 'gzip' } : {}
    response.writeHead(200, { 'content-type': 'text/event-stream', ...encoding })
    response.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => new Promise((resolve) => server.close(() => resolve(undefined))))
  const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { url, recorder } = await tapBefore(upstream, {
    append: () => {
      throw new Error('disk')
    },
  })
  for (const way of ['', '/gzip']) expect((await post(`${url}${way}/chat/completions`, {})).body).toEqual(body)
  await recorder.close()
  expect(recorder.counts.unheard).toBe(2)
})

test('without an upstream the tap says so as OpenAI errors are said; strangers are refused', async () => {
  const { url } = await tapBefore('http://127.0.0.1:9')
  const lost = await post(`${url}/chat/completions`, {})
  expect([lost.status, JSON.parse(lost.body.toString())]).toEqual([
    502,
    { error: expect.objectContaining({ type: 'tap_error' }) },
  ])
  expect((await post(`${url}/chat/completions`, {}, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await post(`${url}/chat/completions`, {}, { host: 'evil.example' })).status).toBe(403)
})

test('hocket tap: the page hears while it passes; at Ctrl-C all files are whole and the key stands in none', async () => {
  const upstream = await startTapUpstream()
  ends.push(upstream.close)
  const out = path.join(folder, 'run')
  const child = startHocket(['tap', '--upstream', upstream.url, '--out', out, '--listen', '--no-sound', '--bpm', '400'])
  let [stdout, stderr] = ['', '']
  child.stdout?.on('data', (data) => {
    stdout += data
  })
  child.stderr?.on('data', (data) => {
    stderr += data
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const until = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(stderr)
      if (found !== null) return found[1] as string
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  try {
    const url = await until(/OPENAI_BASE_URL=(\S+)/)
    const page = await until(/Listen at (http:\S+)#run=run/)
    const ask = (agent: string, number: number) =>
      post(`${url.replace('/v1', `/agent/${agent}/v1`)}/chat/completions`, { number })
    await ask('Ada', 0)
    await ask('Bob', 1)
    for (let live = false; !live; await new Promise((resolve) => setTimeout(resolve, 50))) {
      const runs = (await (await fetch(`${page}api/runs`)).json()) as { id: string; live: boolean }[]
      live = runs.some((run) => run.id === 'run' && run.live) && existsSync(path.join(out, 'record.jsonl'))
    }
    expect(readFileSync(path.join(out, 'record.jsonl'), 'utf8')).toMatch(
      /"title":"Ada".*"title":"Bob".*"title":"voice 3"/,
    )
    await ask('Cid', 2)
    await until(/voice 3: (Cid)/)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  } finally {
    child.kill('SIGKILL')
  }
  expect(stderr).toMatch(/180 tokens in 3 answers of 3 agents: Ada, Bob, Cid/)
  expect(stdout).toMatch(/Hear it: hocket listen/)
  const files = readdirSync(out)
  expect(files.sort()).toEqual(['notes.jsonl', 'notes.mid', 'record.jsonl', 'scores.json', 'token-events.jsonl'])
  for (const file of files) expect(readFileSync(path.join(out, file)).includes('secret'), file).toBe(false)
  expect(readFileSync(path.join(out, 'record.jsonl'), 'utf8')).toContain('"title":"Ada"')
}, 30_000)
