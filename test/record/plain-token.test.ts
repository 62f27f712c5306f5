// The short way past the schema takes only what the schema takes, and takes it as it is.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordLineSchema } from '../../src/record/index.ts'
import { isPlainToken } from '../../src/record/plain-token.ts'
import { smallRecord } from '../node/records.ts'

const plain = { ...smallRecord(2)[1], logprob: -0.5 } as Record<string, unknown>
const strange = fc.constantFrom<unknown>(
  null,
  -1,
  0.5,
  1e300,
  Number.POSITIVE_INFINITY,
  '',
  'A',
  'speech',
  [],
  {},
  true,
  2 ** 53,
)

test('what is plainly a token line is one by the schema, unchanged', () => {
  const changes = fc.dictionary(
    fc.constantFrom(...Object.keys(plain), 'top', 'more', '__proto__', 'toString'),
    fc.oneof(strange, fc.jsonValue(), fc.nat(), fc.double({ min: -3, max: 3, noNaN: true })),
    { maxKeys: 2 },
  )
  let taken = 0
  fc.assert(
    fc.property(changes, fc.subarray(Object.keys(plain), { minLength: 9 }), (change, kept) => {
      const whole = Object.fromEntries(kept.map((name) => [name, plain[name]]))
      const value: unknown = JSON.parse(JSON.stringify({ ...whole, ...change }))
      if (!isPlainToken(value)) return
      taken++
      const parsed = recordLineSchema.safeParse(value)
      expect(parsed.success).toBe(true)
      expect(parsed.data).toEqual(value)
    }),
    { numRuns: 3000 },
  )
  expect(taken).toBeGreaterThan(100)
})

test('token lines with and without probability take the short way; candidates and further fields do not', () => {
  const { logprob: _, ...bare } = plain
  expect([plain, bare].map(isPlainToken)).toEqual([true, true])
  for (const other of [
    { ...plain, top: [] },
    { ...plain, more: 1 },
    { ...plain, kind: 'end' },
    { ...plain, logprob: 0.1 },
    null,
    7,
  ])
    expect(isPlainToken(other)).toBe(false)
})
