// The n-gram model: against a slow twin, its sums, its bytes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  buildLevels,
  countNgrams,
  createBaseModel,
  decodeNgrams,
  encodeNgrams,
  endToken,
  type NgramModel,
  probabilityOf,
  rankTokens,
  seenTokens,
  surpriseOfPieces,
  surpriseOfText,
  textTokens,
  vocabularySize,
} from '../../../src/djs/embedded/index.ts'
import { slowKneserNey } from '../../reference/kneser-ney.ts'

const least = [1, 1, 2, 2]

function build(texts: readonly (readonly number[])[], order = 4): NgramModel {
  const counted = countNgrams(texts, order)
  const ranking = rankTokens(seenTokens(counted))
  return createBaseModel(buildLevels(counted, ranking.rankOf, least), ranking)
}

/** Texts of few tokens, so that contexts come back. */
const texts = fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 25 }), { minLength: 1, maxLength: 8 })

test('gives the probabilities of a slow twin, after any history', () => {
  const history = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 })
  fc.assert(
    fc.property(texts, history, fc.integer({ min: 0, max: 6 }), (given, past, next) => {
      const model = build(given)
      const { rankOf } = model.ranking
      const twin = slowKneserNey(
        given.map((text) => text.map(String)),
        { order: 4, least, vocabulary: vocabularySize },
      )
      // 6 stands for the end, 5 is never seen.
      const id = next === 6 ? endToken : next
      const told = [endToken, ...past].map((token) => rankOf[token] as number)
      const p = probabilityOf(model, told, rankOf[id] as number)
      const q = twin.probabilityOf(['begin', ...past.map(String)], next === 6 ? 'end' : String(next))
      expect(p / q).toBeCloseTo(1, 9)
    }),
    { numRuns: 60 },
  )
})

test('probabilities over the whole vocabulary sum to 1, and none is 0', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }), (given, past) => {
      const model = build(given)
      const history = past.map((token) => model.ranking.rankOf[token] as number)
      let sum = 0
      let least = 1
      for (let rank = 0; rank < vocabularySize; rank++) {
        const p = probabilityOf(model, history, rank)
        least = Math.min(least, p)
        sum += p
      }
      expect(least).toBeGreaterThan(0)
      expect(sum).toBeCloseTo(1, 9)
    }),
    { numRuns: 3 },
  )
})

test('becomes bytes and comes back the same', () => {
  fc.assert(
    fc.property(texts, (given) => {
      const counted = countNgrams(given, 4)
      const tokens = seenTokens(counted)
      const file = { levels: buildLevels(counted, rankTokens(tokens).rankOf, least), tokens }
      const bytes = encodeNgrams(file)
      expect(decodeNgrams(bytes)).toEqual(file)
      expect(encodeNgrams(decodeNgrams(bytes))).toEqual(bytes)
    }),
    { numRuns: 40 },
  )
})

test('refuses bytes that are cut off, too long or something else', () => {
  const counted = countNgrams([[1, 2, 3, 1, 2]], 4)
  const tokens = seenTokens(counted)
  const bytes = encodeNgrams({ levels: buildLevels(counted, rankTokens(tokens).rankOf, least), tokens })
  expect(() => decodeNgrams(bytes.slice(0, -1))).toThrow(/cut off/)
  expect(() => decodeNgrams(Uint8Array.of(...bytes, 0))).toThrow(/expected .* bytes to be used/)
  expect(() => decodeNgrams(Uint8Array.of(1, 2, 3))).toThrow(/hocket-ngram/)
})

test('ranks every token of the vocabulary once', () => {
  const { idOf, rankOf } = rankTokens([7, 3, endToken])
  expect([...idOf.slice(0, 5)]).toEqual([7, 3, endToken, 0, 1])
  expect(idOf.every((id, rank) => rankOf[id] === rank)).toBe(true)
  expect(() => rankTokens([7, 7])).toThrow(/once each/)
})

test('the surprise of a text is what its tokens and its end cost', () => {
  const model = build([
    [0, 1, 2, 0, 1, 3],
    [0, 1, 2],
  ])
  const { rankOf } = model.ranking
  const rank = (id: number) => rankOf[id] as number
  const [first, second, last] = surpriseOfText(model, [0, 1])
  expect(first).toBe(-Math.log2(probabilityOf(model, [rank(endToken)], rank(0))))
  expect(second).toBe(-Math.log2(probabilityOf(model, [rank(endToken), rank(0)], rank(1))))
  expect(last).toBe(-Math.log2(probabilityOf(model, [endToken, 0, 1].map(rank), rank(endToken))))
  expect(surpriseOfText(model, [0, textTokens - 1])[1]).toBeGreaterThan(17)
})

test('pieces share out the bits of the tokens that they lie in, in whole 64ths', () => {
  const model = build([[0, 1, 2, 0, 1, 3]])
  const tokens = [
    { id: 0, bytes: 4 },
    { id: 1, bytes: 2 },
  ]
  const [first = 0, second = 0] = surpriseOfText(model, [0, 1])
  const round = (bits: number) => Math.round(64 * bits) / 64
  expect(surpriseOfPieces(model, ['abc', '', 'dé'], tokens)).toEqual([
    { text: 'abc', bits: round(0.75 * first), source: 'reference' },
    { text: '', bits: 0, source: 'reference' },
    { text: 'dé', bits: round(0.25 * first + second), source: 'reference' },
  ])
  expect(() => surpriseOfPieces(model, ['abc'], tokens)).toThrow(/got more/)
  expect(() => surpriseOfPieces(model, ['abcdefghi'], tokens)).toThrow(/got fewer/)
})
