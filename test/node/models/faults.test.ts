// Whole short parties against the double: whatever it does, the party ends, the tokens stay, and the record says what happened.
import { afterEach, describe, expect, test } from 'vitest'
import type { BreakCode } from '../../../src/djs/index.ts'
import type { ServerSpec } from '../../../src/record/index.ts'
import { chatAnswer, type Double, type Script, startDouble } from './double.ts'
import { faultsOf, key, moveOf, playNight, saidOf, specOf, tokensOf, usageOf } from './night.ts'

let double: Double | undefined
afterEach(async () => {
  await double?.close()
  double = undefined
})

const good: Script = { kind: 'answer', pieces: ['PL', 'AY; SAY "he', 'llo"'] }
const bytes = (text: string) => new TextEncoder().encode(text)
const apis = ['chat', 'responses'] as const

/** Slot 0 is answered by `scripts` in order, then as if nothing had been; slot 1 must be well again. */
async function night(scripts: readonly Script[], spec: Partial<ServerSpec> = {}) {
  double = await startDouble((index) => scripts[index] ?? good)
  const lines = await playNight({ spec: specOf(double.url, spec) })
  expect(lines.at(-1)).toMatchObject({ kind: 'end', slots: 2, reason: 'finished' })
  expect(lines.map((line) => JSON.stringify(line)).join('\n')).not.toContain(key)
  expect(moveOf(lines, 1)).toMatchObject({ text: 'PLAY; SAY "hello"', moves: [{ do: 'play' }, { do: 'say' }] })
  return lines
}

async function broken(scripts: readonly Script[], code: BreakCode, spec: Partial<ServerSpec> = {}) {
  const lines = await night(scripts, spec)
  expect(faultsOf(lines).map((fault) => fault.code)).toEqual([code])
  expect(moveOf(lines)).toMatchObject({ moves: [{ do: 'hold' }], text: saidOf(lines) })
  return lines
}

describe.each(apis)('%s', (api) => {
  test('a good answer in tokens that the server did not give: cut by hocket, counted by the server', async () => {
    const lines = await night([], { api })
    expect(tokensOf(lines).map(({ text, source }) => [text, source])).toEqual(
      ['PLAY', ';', ' SAY', ' "', 'hello', '"'].map((text) => [text, 'reference-model']),
    )
    expect(usageOf(lines)).toMatchObject({
      requests: 1,
      promptTokens: 100,
      answerTokens: 10,
      counted: 'server',
      model: 'double-1',
      logprobs: 'missing',
      finish: 'stop',
    })
    expect(double?.asked[0]?.authorization).toBe(`Bearer ${key}`)
  })

  test('log-probabilities, many tokens a chunk, sentinels clamped', async () => {
    const tokens = [
      { token: 'PLAY', logprob: -0.25 },
      { token: '; SAY', logprob: -9999 },
      { token: ' "x"', logprob: -1.5 },
    ]
    const lines = await night([{ kind: 'answer', pieces: [{ text: 'PLAY; SAY "x"', tokens }] }], { api })
    expect(tokensOf(lines).map(({ text, logprob }) => [text, logprob])).toEqual([
      ['PLAY', -0.25],
      ['; SAY', -10 * Math.LN10],
      [' "x"', -1.5],
    ])
    expect(tokensOf(lines)[0]?.top).toEqual([
      { text: 'PLAY', logprob: -0.25 },
      { text: 'else', logprob: -10 * Math.LN10 },
    ])
    expect(usageOf(lines)?.logprobs).toBe('given')
  })

  test('no usage: counted here, and said so', async () => {
    const lines = await night([{ ...good, usage: false }], { api })
    expect(usageOf(lines)).toMatchObject({ counted: 'tokenizer', answerTokens: 6 })
    expect(usageOf(lines)?.promptTokens).toBeGreaterThan(500)
  })

  test('429 with retry-after is waited out', async () => {
    const limit: Script = { kind: 'status', status: 429, headers: { 'retry-after': '0.05' } }
    const lines = await night([limit, limit], { api })
    expect(faultsOf(lines)).toEqual([])
    expect(usageOf(lines)).toMatchObject({ requests: 3, tried: ['rate-limited', 'rate-limited'] })
  })

  test('429 that asks for more than the turn has: the turn ends in time', async () => {
    const limit: Script = { kind: 'status', status: 429, headers: { 'retry-after': '3600' } }
    const lines = await broken([limit], 'rate-limited', { api, timeoutSeconds: 0.4 })
    expect(usageOf(lines)).toMatchObject({ requests: 1, tried: [] })
  })

  test('429 that asks for more than a timer holds is waited for all the same', async () => {
    const limit: Script = { kind: 'status', status: 429, headers: { 'retry-after': '99999999' } }
    await broken([limit], 'rate-limited', { api, timeoutSeconds: 0.4 })
    // One in the first slot, one in the second: nobody was asked again at once.
    expect(double?.asked).toHaveLength(2)
  })

  test('a server that knows of no streams: its whole answer counts', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 6, input_tokens: 9, output_tokens: 6 }
    const said = 'PLAY; SAY "whole"'
    const whole = {
      id: 'w',
      model: 'double-1',
      usage,
      ...(api === 'chat'
        ? { choices: [{ index: 0, message: { role: 'assistant', content: said }, finish_reason: 'stop' }] }
        : { status: 'completed', output: [{ type: 'message', content: [{ type: 'output_text', text: said }] }] }),
    }
    const lines = await night([{ kind: 'whole', type: 'application/json', body: JSON.stringify(whole) }], { api })
    expect(faultsOf(lines)).toEqual([])
    expect(saidOf(lines)).toBe(said)
    expect(usageOf(lines)).toMatchObject({ promptTokens: 9, counted: 'server', finish: 'stop' })
  })

  test('a page instead of an answer, JSON that is none', async () => {
    await broken([{ kind: 'whole', type: 'text/html; charset=utf-8', body: '<html>sign in</html>' }], 'unreadable', {
      api,
    })
    for (const body of ['{"hello": 1}', '{"choices": [', 'null']) {
      await double?.close()
      await broken([{ kind: 'whole', type: 'application/json', body }], 'unreadable', { api })
    }
  })

  test('500 once is asked again; a refused key, a wrong model are not', async () => {
    const lines = await night([{ kind: 'status', status: 500 }], { api })
    expect(usageOf(lines)).toMatchObject({ requests: 2, tried: ['server-error'] })
    await double?.close()
    const message = `Incorrect API key provided: ${key}. Bearer ${key}`
    const denied = await broken([{ kind: 'status', status: 401, message }], 'denied', { api })
    expect(JSON.stringify(denied)).not.toContain('sk-')
    await double?.close()
    const missing = await broken([{ kind: 'status', status: 404, message: `no model m for ${key}` }], 'bad-request', {
      api,
    })
    expect(faultsOf(missing)[0]?.message).toContain('404 from the server: 404 no model m for [key]')
  })

  test('a slow first token: no turn waits beyond its time-out', async () => {
    const lines = await broken([{ ...good, delay: 30_000 }], 'timed-out', { api, timeoutSeconds: 0.3 })
    expect(saidOf(lines)).toBe('')
  })

  test('an end without a reason', async () => {
    const lines = await broken([{ ...good, finish: null, usage: false }], 'no-finish', { api })
    expect(saidOf(lines)).toBe('PLAY; SAY "hello"')
  })

  test('a refusal', async () => {
    const lines = await broken([{ kind: 'refusal', text: 'I cannot do that.' }], 'refused', { api })
    expect(saidOf(lines)).toBe('I cannot do that.')
  })

  test('an empty answer', async () => {
    await broken([{ kind: 'answer', pieces: [] }], 'empty-answer', { api })
  })

  test('a wish that the server does not know is dropped for good', async () => {
    const refusal: Script = {
      kind: 'status',
      status: 400,
      message: "Unsupported parameter: 'top_logprobs'",
      param: 'top_logprobs',
    }
    await night([refusal], { api })
    expect(double?.asked.map(({ body }) => 'top_logprobs' in body)).toEqual([true, false, false])
    expect(double?.asked.every(({ body }) => 'max_tokens' in body || 'max_output_tokens' in body)).toBe(true)
  })
})

test('100 kB of answer: all of it kept, none of it obeyed', async () => {
  const text = 'and on and on; '.repeat(7000)
  const pieces = text.match(/.{1,900}/gs) ?? []
  const lines = await broken([{ kind: 'answer', pieces }], 'long-answer')
  expect(saidOf(lines)).toBe(text)
})

test('a body cut in mid-token keeps what came', async () => {
  const whole = bytes(chatAnswer({ kind: 'answer', pieces: ['CUT; SAY "grün'], finish: null, usage: false }))
  // Up to the middle of the letter ü of a second piece, which never comes whole.
  const half = bytes('data: {"choices":[{"index":0,"delta":{"content":"gr\u00fc')
  const lines = await broken([{ kind: 'raw', chunks: [whole, half.subarray(0, -1)], end: 'destroy' }], 'cut-off')
  expect(saidOf(lines)).toBe('CUT; SAY "grün')
})

test('a body cut before the first token is asked again', async () => {
  const lines = await night([{ kind: 'raw', chunks: [bytes('data: {"choi')], end: 'destroy' }])
  expect(faultsOf(lines)).toEqual([])
  expect(usageOf(lines)?.requests).toBe(2)
})

test('characters split over packets and over tokens come out whole', async () => {
  const text = 'SAY "grün 字 😀👩‍👩‍👧"'
  const sse = bytes(chatAnswer({ kind: 'answer', pieces: [text] }))
  const chunks = Array.from({ length: Math.ceil(sse.length / 37) }, (_, i) => sse.subarray(37 * i, 37 * i + 37))
  const split = await night([{ kind: 'raw', chunks, end: 'close' }])
  expect(saidOf(split)).toBe(text)
  await double?.close()
  const [a = 0, b = 0, c = 0, d = 0] = bytes('😀')
  const tokens = [
    { text: '', tokens: [{ token: '\\xf0\\x9f', logprob: -1, bytes: [a, b] }] },
    { text: '😀', tokens: [{ token: '\\x98\\x80', logprob: -0.5, bytes: [c, d] }] },
  ]
  const spread = await night([{ kind: 'answer', pieces: ['SAY "', ...tokens, '"'] }])
  expect(saidOf(spread)).toBe('SAY "😀"')
  expect(tokensOf(spread).map(({ text, logprob }) => [text, logprob])).toContainEqual(['😀', -0.5])
})

test('a stream of no JSON, an error inside it, a server that says nothing', async () => {
  await broken(
    [
      {
        kind: 'raw',
        chunks: [bytes(chatAnswer({ kind: 'answer', pieces: ['PLAY'], finish: null })), bytes('data: {oops\n\n')],
        end: 'close',
      },
    ],
    'unreadable',
  )
  await double?.close()
  const error = bytes(`data: {"error":{"message":"overloaded, ${key}"}}\n\n`)
  const lines = await broken(
    [
      {
        kind: 'raw',
        chunks: [bytes(chatAnswer({ kind: 'answer', pieces: ['PLAY'], finish: null })), error],
        end: 'close',
      },
    ],
    'server-error',
  )
  expect(faultsOf(lines)[0]?.message).toContain('overloaded, [key]')
  await double?.close()
  await broken([{ kind: 'silence' }], 'timed-out', { timeoutSeconds: 0.3 })
})

test('no server at all: every turn holds, the party ends', async () => {
  const lines = await playNight({ spec: specOf('http://127.0.0.1:9/v1', { timeoutSeconds: 0.2 }) })
  expect([0, 1].flatMap((slot) => faultsOf(lines, slot)).map(({ code }) => code)).toEqual([
    'unreachable',
    'unreachable',
  ])
  expect(lines.at(-1)).toMatchObject({ kind: 'end', slots: 2 })
})

test('events and log-probabilities of no known shape are passed over, the text stays', async () => {
  const odd = ['null', '[]', '5', '{"choices":"x"}', '{"choices":[null]}', '{"choices":[{"delta":{"content":5}}]}']
  const strange = {
    choices: [
      {
        index: 0,
        delta: { content: 'SAY "odd"' },
        logprobs: { content: [{ token: null, logprob: 'x', bytes: 'y', top_logprobs: 'z' }] },
      },
    ],
  }
  const end = '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":"a"}}'
  const events = [...odd, JSON.stringify(strange), end].map((one) => bytes(`data: ${one}\n\n`))
  const lines = await night([{ kind: 'raw', chunks: events, end: 'close' }])
  expect(faultsOf(lines)).toEqual([])
  expect(saidOf(lines)).toBe('SAY "odd"')
  expect(usageOf(lines)).toMatchObject({ counted: 'tokenizer', logprobs: 'missing', requests: 1 })
})

test('a line without an end is left, not gathered', async () => {
  const mebibyte = new Uint8Array(1 << 20).fill(120)
  const lines = await broken(
    [{ kind: 'raw', chunks: [bytes('data: '), ...Array(6).fill(mebibyte)], end: 'close' }],
    'unreadable',
  )
  expect(faultsOf(lines)[0]?.message).toContain('a line of more than 4194304 bytes')
  expect(usageOf(lines)?.requests).toBe(1)
})
