import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clampLogprob, createTokenReader, leastLogprob } from '../../../src/node/models/server-tokens.ts'

test('bytes of one character in several tokens become one character, of the last of them', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 3 })),
      (text, sizes) => {
        const bytes = [...new TextEncoder().encode(text)]
        const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes))
        const reader = createTokenReader()
        const said: string[] = []
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % Math.max(1, sizes.length)] ?? 1
          const part = bytes.slice(at, at + size)
          at += size
          const read = reader.read('\ufffd', [{ token: '\ufffd', logprob: -1, bytes: part }])
          if (read !== null) said.push(...read.map((token) => token.text))
          else said.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(part)))
        }
        expect([...said, ...reader.finish()].join('')).toBe(whole)
      },
    ),
  )
})

test('tokens that are not the text are not believed', () => {
  const reader = createTokenReader()
  expect(reader.read('PLAY', [{ token: '<|im_end|>', logprob: -0.1 }])).toBeNull()
  expect(
    reader.read('PLAY', [
      { token: 'PL', logprob: -0.1 },
      { token: 'AY', logprob: -9999 },
    ]),
  ).toEqual([
    { text: 'PL', logprob: -0.1 },
    { text: 'AY', logprob: leastLogprob },
  ])
})

test('sentinels, certainty a hair above 0 and nonsense', () => {
  expect([-9999, -Infinity, 1e-9, -0.5].map(clampLogprob)).toEqual([leastLogprob, leastLogprob, 0, -0.5])
  expect([null, undefined, Number.NaN, '-1'].map(clampLogprob)).toEqual([null, null, null, null])
})
