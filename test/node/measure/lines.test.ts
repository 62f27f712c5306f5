// The rules that hold for every kind: order, ids, errors in place, UTF-8, long lines, line ends, nothing read ahead.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { longestInputLine } from '../../../src/node/measure/input-lines.ts'
import { id, type MeasureKind } from '../../../src/node/measure/kind.ts'
import { measureLines } from '../../../src/node/measure/measure-lines.ts'
import { InputError } from '../../../src/record/index.ts'
import { freshKernel } from '../../kernel.ts'
import { askBytes } from './ask.ts'

const schema = z.strictObject({ id, x: z.number(), list: z.array(z.string().min(2)).max(2).optional() })
/** A square; none above 1000; infinite at 13; a fault at 14. */
const square: MeasureKind<typeof schema> = {
  name: 'square',
  summary: 'x times x',
  schema,
  answers: 'square',
  examples: [],
  measure({ x }) {
    if (x === 13) return { square: 1 / 0 }
    if (x === 14) throw new RangeError('beyond')
    if (x === 15) throw new InputError('odd', 'expected no 15, got 15. Take 16.')
    if (x > 1000) return { square: null, undefined: { square: 'too large' } }
    return { square: x * x, undefined: {} }
  },
}
const askSquare = (...pieces: (string | Uint8Array)[]) => askBytes(square, pieces)

test('answers come in order and repeat the id; undefined values carry their reason', async () => {
  const { answers, count } = await askSquare('{"id":"a","x":3}\n{"x":4,"id":""}\n{"id":"a","x":2000}\n')
  expect(answers).toEqual([
    { id: 'a', square: 9 },
    { id: '', square: 16 },
    { id: 'a', square: null, undefined: { square: 'too large' } },
  ])
  expect(count).toEqual({ lines: 3, refused: 0 })
})

test.each([
  ['text', 'hello', null, 'not-json', /^line 2: expected one JSON object, got "hello" \(.+\)\. Correct the line\.$/],
  ['half a line', '{"id":"b","x":', null, 'not-json', /^line 2: expected one JSON object, got /],
  ['NaN', '{"id":"b","x":NaN}', null, 'not-json', /^line 2: /],
  ['a list', '[1]', null, 'not-an-object', /^line 2: expected one JSON object, got "\[1\]"/],
  ['null', 'null', null, 'not-an-object', /got "null"/],
  [
    'no id',
    '{"x":1}',
    null,
    'bad-field',
    /^line 2: field "id": expected a text, got nothing\. See `hocket measure square --help`\.$/,
  ],
  ['an id that is a number', '{"id":7,"x":1}', null, 'bad-field', /field "id": expected a text, got 7/],
  ['a missing field', '{"id":"b"}', 'b', 'bad-field', /field "x": expected a number, got nothing/],
  ['a text for a number', '{"id":"b","x":"3"}', 'b', 'bad-field', /field "x": expected a number, got "3"/],
  ['too large a number', '{"id":"b","x":1e999}', 'b', 'bad-field', /field "x": expected a number, got Infinity/],
  ['an unknown field', '{"id":"b","x":1,"y":2}', 'b', 'bad-field', /expected known fields only, got "y"/],
  ['a hidden field', '{"id":"b","x":1,"__proto__":{"x":2}}', 'b', 'bad-field', /got "__proto__"/],
  [
    'two faults',
    '{"id":"b","x":null,"list":["a"]}',
    'b',
    'bad-field',
    /field "x": expected a number, got null \(and 1 more\)/,
  ],
  [
    'a short text',
    '{"id":"b","x":1,"list":["a"]}',
    'b',
    'bad-field',
    /field "list\.0": expected at least 2 characters, got "a"/,
  ],
  [
    'a long list',
    '{"id":"b","x":1,"list":["aa","aa","aa"]}',
    'b',
    'bad-field',
    /expected at most 2 entries, got a list of 3/,
  ],
  ['what the kind refuses', '{"id":"b","x":15}', 'b', 'odd', /^line 2: expected no 15, got 15\. Take 16\.$/],
])('%s is refused in its place', async (_, line, id, code, message) => {
  const { answers, count, faults } = await askSquare(`{"id":"a","x":3}\n${line}\n{"id":"c","x":5}\n`)
  expect(answers[1]).toEqual({ id, error: { code, message: expect.stringMatching(message) } })
  expect([answers[0], answers[2]]).toEqual([
    { id: 'a', square: 9 },
    { id: 'c', square: 25 },
  ])
  expect(count).toEqual({ lines: 3, refused: 1 })
  expect(faults).toEqual([])
})

test.each([13, 14])('a fault of ours is told as one, and the next line is measured: %i', async (x) => {
  const { answers, faults } = await askSquare(`{"id":"a","x":${x}}\n{"id":"b","x":2}\n`)
  expect(answers[0]?.error?.code).toBe('fault')
  expect(answers[0]?.error?.message).toMatch(/^line 1: this is a fault of hocket.+(came out as Infinity|beyond)/)
  expect(answers[1]).toEqual({ id: 'b', square: 4 })
  expect(faults).toHaveLength(1)
})

test('nothing in, nothing out; blank lines count and are left out', async () => {
  expect(await askSquare()).toMatchObject({ answers: [], count: { lines: 0 } })
  expect(await askSquare('')).toMatchObject({ answers: [] })
  expect(await askSquare('\n \r\n\t')).toMatchObject({ answers: [] })
  const { answers } = await askSquare('\n\n{"id":"a","x":2}\n\nno\n')
  expect(answers).toMatchObject([
    { id: 'a', square: 4 },
    { id: null, error: { message: expect.stringMatching(/^line 5:/) } },
  ])
})

test('CRLF, a byte order mark and a missing last line end', async () => {
  const { answers } = await askSquare('\ufeff{"id":"a","x":2}\r\n{"id":"b","x":3}\r\n{"id":"c","x":4}')
  expect(answers.map(({ square }) => square)).toEqual([4, 9, 16])
})

test('bytes that are no UTF-8, also cut off at the end', async () => {
  const bad = Buffer.from([0x7b, 0xff, 0x7d, 0x0a])
  const { answers } = await askSquare(bad, '{"id":"b","x":3}\n', Buffer.from([0xe2, 0x82]))
  expect(answers.map(({ error, square }) => error?.code ?? square)).toEqual(['not-utf8', 9, 'not-utf8'])
  expect(answers[2]?.error?.message).toMatch(/^line 3: expected UTF-8 text/)
})

test('a line that is too long is counted, not kept', async () => {
  const block = Buffer.alloc(1 << 20, 'x')
  const long = Array.from({ length: 33 }, () => block)
  const { answers } = await askSquare('{"id":"a","x":3}\n', ...long, '\n{"id":"b","x":3}\n')
  expect(answers.map(({ error, square }) => error?.code ?? square)).toEqual([9, 'line-too-long', 9])
  expect(answers[1]?.error?.message).toBe(
    `line 2: expected at most ${longestInputLine} bytes in a line, got ${33 << 20}. Split the line.`,
  )
})

test('however the bytes are cut, the answers are the same', async () => {
  const ids = fc.string({ unit: 'grapheme', maxLength: 5 })
  const lines = fc.array(
    fc.oneof(
      ids.map((id) => JSON.stringify({ id, x: 2 })),
      fc.constant('nö'),
    ),
    { maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(lines, fc.array(fc.nat(40)), async (list, cuts) => {
      const bytes = Buffer.from(list.join('\n'))
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
      const pieces = places.slice(1).map((place, i) => bytes.subarray(places[i], place))
      expect((await askSquare(...pieces)).answers).toEqual((await askSquare(bytes)).answers)
    }),
    { numRuns: 100 },
  )
})

test('each answer is written before more is read, and reading waits for a slow writer', async () => {
  const events: string[] = []
  async function* input() {
    for (const name of ['a', 'b', 'c']) {
      events.push(`read ${name}`)
      yield Buffer.from(`{"id":"${name}","x":1}\n`)
    }
  }
  const kernel = freshKernel()
  await measureLines(square, input(), {
    tools: { kernel: () => kernel },
    async write(line) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      events.push(`wrote ${JSON.parse(line).id}`)
    },
  })
  expect(events).toEqual(['read a', 'wrote a', 'read b', 'wrote b', 'read c', 'wrote c'])
})
