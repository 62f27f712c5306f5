import fc from 'fast-check'
import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'
import { createTokenCutter, loadTokenizer } from '../../../src/node/models/cutter.ts'

const tokenizer = await loadTokenizer()

function cutIn(pieces: readonly string[]): string[] {
  const cutter = createTokenCutter(tokenizer)
  return [...pieces.flatMap((piece) => cutter.push(piece)), ...cutter.finish()]
}

test('text cut anywhere has the tokens of the whole text', () => {
  const alphabet = [...'aBxÀ\'’tsvelLd 12\n\r\t!?;"…-/'].concat(
    'ǅ',
    'ʰ',
    '字',
    '\u0301',
    '😀',
    '👩‍👩‍👧',
    '𝐀',
    "don't",
    'SAY "',
    '<|endoftext|>',
  )
  const text = fc.array(fc.constantFrom(...alphabet), { maxLength: 40 }).map((parts) => parts.join(''))
  const cuts = fc.array(fc.nat(60), { maxLength: 12 })
  fc.assert(
    fc.property(text, cuts, (whole, at) => {
      const places = [0, ...at.map((place) => Math.min(place, whole.length)).sort((a, b) => a - b), whole.length]
      const pieces = places.slice(1).map((end, i) => whole.slice(places[i], end))
      const tokens = cutIn(pieces)
      expect(tokens.join('')).toBe(whole)
      expect(tokens).toEqual(cutIn([whole]))
      expect(tokens).toHaveLength(encode(whole, { disallowedSpecial: new Set() }).length)
    }),
    { numRuns: 400 },
  )
})

test('letter by letter, twenty tokens stay twenty', () => {
  const text = 'LOAD house-04 drop; BLEND 32; SAY "let\'s roll, it\'s yours now"'
  const ids = encode(text)
  expect(cutIn([...text])).toEqual(ids.map((id) => decode([id])))
  expect([...text].flatMap((letter) => encode(letter)).length).toBeGreaterThan(ids.length)
})

test('endless words are cut, and nothing of them is lost', () => {
  const text = `${'a'.repeat(3000)}${'😀'.repeat(700)} end`
  expect(cutIn(text.match(/.{1,7}/gsu) ?? []).join('')).toBe(text)
})
