// Broken, mixed and hostile transcripts: what can be heard is heard, what cannot is named with its line; strict refuses; only InputError is thrown.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRecordCheck, defaultMapping, formatLine, InputError, parseRecord } from '../../src/record/index.ts'
import { readTranscript, transcriptToRecord } from '../../src/stream/index.ts'

const arrival = { bpm: 120, mapping: { ...defaultMapping, timing: 'arrival' as const }, kernel: 'k', hocket: '0' }
const event = (agent: string, text: string, more: object = {}) => JSON.stringify({ agent, text, ...more })
const allOf = (text: string) =>
  readTranscript(text)
    .turns.flatMap(({ tokens }) => tokens)
    .map(({ text: one }) => one)
    .join('')

function refusal(text: string): string {
  try {
    readTranscript(text, { strictness: 'strict' })
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    return (error as InputError).message
  }
  return 'accepted'
}

describe('heard in part, refused when strict', () => {
  test.each([
    [
      'half a JSON',
      '[{"role":"user","content":"first"},\n{"role":"user","content":"sec',
      'first',
      /^line 2: expected JSON/,
    ],
    [
      'a break in mid-value',
      '[{"role":"user","content":"first"},\n{"role":"user","content":oops}]',
      'first',
      /^line 2: /,
    ],
    ['a bad line', `${event('a', 'one ')}\n{"agent":"a"}\n${event('a', 'two')}`, 'one two', /^line 2: field "text"/],
    [
      'a line of another format',
      `${event('a', 'one ')}\nBob: two\n${event('a', 'three')}`,
      'one three',
      /^line 2: expected one JSON/,
    ],
    ['half a last line', `${event('a', 'one')}\n{"agent":"a","te`, 'one', /^line 2: /],
    ['half a first line', `{"agent":"a","te\n${event('a', 'one')}`, 'one', /^line 1: /],
    [
      'a line of another format in text',
      `Ada: one\n${event('b', 'two')}\nBob: three`,
      'onethree',
      /^line 2: expected text as on the lines before, got JSON \(token-events\)/,
    ],
    [
      'the same in Markdown',
      '**Ada:** one\n{"role": "user", "content": "two"}\n**Bob:** three',
      'onethree',
      /^line 2: expected text .* \(openai-chat\)/,
    ],
    [
      'an overlong token',
      event('a', 'x'.repeat(300)),
      'x'.repeat(300),
      /^line 1: expected a token of at most 256 .*300/,
    ],
    ['a word that is none', `Ada: ${'x'.repeat(5000)}`, 'x'.repeat(5000), /^line 1: expected words, got 5000 char/],
    [
      'the same in a packet',
      `data: {"choices":[{"delta":{"content":"${'x'.repeat(5000)}"}}]}\n\n`,
      'x'.repeat(5000),
      /^line 1: expected words, got 5000 char/,
    ],
    ['a name with marks', event('\u202eeve\u0000', 'one'), 'one', /^line 1: expected text, got 2 control .*U\+202E/],
    [
      'text before the first name',
      'so it went\nAda: one\nBob: two\nAda: three',
      'onetwothree',
      /^line 1: expected "Name: text"/,
    ],
    [
      'no role',
      '[{"content":"one"},{"role":"user","content":" two"}]',
      'one two',
      /^message 1: expected a message with a role/,
    ],
    ['a strange role', '[{"role":"robot","content":"one"}]', 'one', /^message 1: expected a role among/],
    [
      'control characters',
      'Ada: one\u0007 two\u202e\nBob: fine',
      'one twofine',
      /^line 1: expected text, got 2 control .*U\+0007/,
    ],
    ['escaped ones', event('a', 'one\u0000\u001b'), 'one', /^line 1: expected text, got 2 control .*U\+0000/],
    ['half a surrogate pair', '{"agent":"a","text":"one\\ud83d"}', 'one', /^line 1: .*U\+D83D/],
    ['a missing time', `${event('a', 'one', { t: 1 })}\n${event('a', ' two')}`, 'one two', /^line 2: expected "t"/],
    [
      'time going backwards',
      `${event('a', 'one', { t: 5 })}\n${event('a', ' two', { t: 3 })}`,
      'one two',
      /^line 2: expected a time of 5 s or later/,
    ],
    [
      'turns going backwards',
      '[0:09] Ada: one\n[0:05] Bob: two',
      'onetwo',
      /^line 2: expected a time of 9 s or later, got 5 s/,
    ],
    [
      'an infinite time',
      `${event('a', 'one', { t: 1 })}\n{"agent":"a","text":"x","t":1e999}`,
      'one',
      /^line 2: field "t"/,
    ],
    [
      'a broken packet',
      'data: {"choices":[{"delta":{"content":"one"}}]}\n\ndata: {"choi\n\n',
      'one',
      /^line 3: expected JSON behind "data:"/,
    ],
    [
      'an error in a stream',
      'data: {"choices":[{"delta":{"content":"one"}}]}\n\ndata: {"error":{"message":"cut"}}\n\n',
      'one',
      /^line 3: .*an error \(cut\)/,
    ],
  ])('%s', (_, text, heard, fault) => {
    expect(allOf(text)).toBe(heard)
    expect(readTranscript(text).complaints).toEqual([expect.stringMatching(fault)])
    expect(refusal(text)).toMatch(fault)
    parseRecord(transcriptToRecord(readTranscript(text), arrival).map(formatLine))
  })

  test('faults of one kind are counted after the third', () => {
    const bad = Array.from({ length: 9 }, () => '{"agent":1}').join('\n')
    const { complaints } = readTranscript(`${event('a', 'one')}\n${bad}`)
    expect(complaints).toHaveLength(4)
    expect(complaints[3]).toBe('bad-event: 6 more of that kind.')
  })
})

test('times that are missing are made up between those that are known, and marked', () => {
  const lines = [
    event('a', 'one', { t: 10 }),
    event('a', ' two'),
    event('a', ' three', { t: 10.05 }),
    event('b', 'four', { t: 11 }),
  ]
  const record = transcriptToRecord(readTranscript(lines.join('\n')), arrival)
  const tokens = record.filter((line) => line.kind === 'token')
  expect(tokens.map(({ clock }) => clock)).toEqual(['arrival', 'synthetic', 'arrival', 'arrival'])
  expect(tokens.map(({ t }) => Number(t.toFixed(6)))).toEqual([0, 0.05, 0.05, 1])
})

test('a token of a megabyte, a word of a megabyte and a line of one are cut, and nothing of them is lost', () => {
  const words = 'many words '.repeat(100_000).trim()
  const word = 'a'.repeat(1 << 20)
  for (const text of [event('a', words, { t: 1 }), event('a', word), `Ada: ${words}`, `**Ada:** ${word}`]) {
    const { turns } = readTranscript(text)
    const tokens = turns[0]?.tokens ?? []
    expect(tokens.every((token) => token.text.length <= 256)).toBe(true)
    expect(allOf(text)).toBe(text.includes('many') ? words : word)
  }
})

test('deep nesting is refused in words, not by a stack that ends', () => {
  for (const open of ['[', '{"a":'])
    expect(() => readTranscript(`[{"role":"user","content":"x"},${open.repeat(200_000)}`)).toThrow(InputError)
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
  expect(() => readTranscript(`{"span_id":"1","attributes":${deep}}`)).toThrow(InputError)
})

test('a call nested deeper than the stack is heard as a rest; lists of lists hold no spans', () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
  const call = `{"function":{"name":"load","arguments":${deep}}}`
  expect(allOf(`[{"role":"user","content":"hi"},{"role":"assistant","tool_calls":[${call}]}]`)).toBe('hi\nload …')
  expect(() => readTranscript(`{"spanId":"1","data":${'['.repeat(30_000)}1${']'.repeat(30_000)}}`)).toThrow(InputError)
})

test('as many as there are: messages on a line, tokens in an event', () => {
  const messages = JSON.stringify({ messages: Array(200_000).fill({ role: 'user', content: 'a' }) })
  expect(readTranscript(`${messages}\n{"messages":[]}`).turns).toHaveLength(200_000)
  const content = Array(200_000).fill({ token: ' a', logprob: -1 })
  const packet = JSON.stringify({ choices: [{ delta: { content: 'a' }, logprobs: { content } }] })
  expect(readTranscript(`data: ${packet}\n\n`).turns[0]?.tokens).toHaveLength(200_000)
})

test('a turn without a time costs no more the more came before it', () => {
  const plain = readTranscript('Ada: a\n'.repeat(100_000))
  const events = readTranscript(`${event('Ada', 'a')}\n`.repeat(100_000))
  expect([plain.turns.length, events.turns[0]?.tokens.length]).toEqual([100_000, 100_000])
}, 20_000)

test('lines that end with a return alone', () => {
  expect(readTranscript('Ada: one\rBob: two\r').turns.map(({ speaker }) => speaker)).toEqual(['Ada', 'Bob'])
})

describe('whatever comes', () => {
  const key = fc.constantFrom(
    ...['role', 'content', 'name', 'agent', 'text', 't', 'messages', 'choices', 'message', 'delta', 'type', 'parts'],
    ...[
      'custom_id',
      'body',
      'response',
      'resourceSpans',
      'scopeSpans',
      'spans',
      'attributes',
      'events',
      'span_id',
      'key',
    ],
    ...[
      'value',
      'stringValue',
      'kvlistValue',
      'values',
      'gen_ai.output.messages',
      'llm.output_messages.0.message.content',
    ],
    ...[
      'gen_ai.choice',
      'eval',
      'version',
      'samples',
      'epoch',
      'attachments',
      'output',
      'input',
      'startTimeUnixNano',
      'logprobs',
    ],
  )
  const leaf = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'user',
      'assistant',
      'text',
      'model',
      'hi there',
      '[{"role":"assistant","content":"x"}]',
      '1750000000000000000',
    ),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  )
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
    ),
  }))
  const objects = fc.array(fc.dictionary(key, tree, { maxKeys: 6 }), { minLength: 1, maxLength: 4 })
  const junk = fc.oneof(
    objects.map((list) => JSON.stringify(list)),
    objects.map((list) => list.map((one) => JSON.stringify(one)).join('\n')),
    objects.map((list) => list.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('')),
    fc.tuple(objects, fc.nat(200)).map(([list, cut]) => JSON.stringify(list).slice(0, cut)),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => `Ada: ${text}`),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )

  test.each(['lenient', 'strict'] as const)('%s: a valid record or one clear InputError', (strictness) => {
    fc.assert(
      fc.property(junk, (text) => {
        try {
          const check = createRecordCheck()
          const record = transcriptToRecord(readTranscript(text, { strictness }), arrival)
          for (const line of parseRecord(record.map(formatLine))) check(line)
        } catch (error) {
          if (!(error instanceof InputError)) throw error
          expect(error.message).toMatch(/[Ee]xpected/)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('cut anywhere, a chat is heard up to the cut', () => {
    const chat = JSON.stringify([
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two "x" \\ [y' },
      { role: 'user', content: 'end' },
    ])
    for (let cut = chat.indexOf('}') + 1; cut < chat.length; cut++) expect(allOf(chat.slice(0, cut))).toMatch(/^one/)
  })
})
