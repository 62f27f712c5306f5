// Origin: who was first with it?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measureOrigin, measureOwnVoice, toneRows, wordRuns } from '../../src/measure/vitality/index.ts'
import { randomIndex, seededRandom } from '../../src/random.ts'
import { evolvingLoop, grammar, loopOf, noise, round } from './vitality-streams.ts'

const length = 480
const bar = 8
const inStep = Array.from({ length }, (_, i) => i + 1)
const other = evolvingLoop(1, length, 'origin')
const barsOf = (line: readonly string[]) =>
  Array.from({ length: length / bar }, (_, k) => line.slice(bar * k, bar * (k + 1)))

/** Each bar some earlier bar of the other, one to eight back. */
function anyBar(): string[] {
  const random = seededRandom('any bar')
  const bars = barsOf(other)
  return bars.flatMap(
    (_, k) => bars[k - 1 - randomIndex(random, Math.max(1, Math.min(k, 8)))] ?? noise(12, bar, 'lead'),
  )
}
const backwards = () =>
  barsOf(['8', ...noise(12, bar - 1, 'lead'), ...other].slice(0, length)).flatMap((one) => one.toReversed())

test('copies of any earlier bar, and of bars turned round, have their news from the other', () => {
  expect(measureOwnVoice(backwards(), other, inStep).share).toBeGreaterThan(0.6) // what foretelling does not see
  for (const copy of [anyBar(), backwards()]) {
    expect(measureOrigin(copy, other, inStep, toneRows)).toBeLessThan(0.35)
    expect(measureOrigin(other, copy, inStep, toneRows)).toBeGreaterThan(0.6)
  }
})

test('no transposition or inversion makes a copy another voice', () => {
  fc.assert(
    fc.property(fc.integer({ min: -12, max: 12 }), fc.boolean(), (by, inverted) => {
      const turned = anyBar().map((tone) => String((((inverted ? -1 : 1) * Number(tone) + by) % 12) + 12))
      expect(measureOrigin(turned, other, inStep, toneRows)).toBeLessThan(0.35)
    }),
    { numRuns: 8 },
  )
})

test('who goes its own way keeps its own; what the other has not said yet is no copy', () => {
  for (const own of [grammar(length, 'g'), evolvingLoop(2, length, 'own'), noise(12, length, 'n')])
    expect(
      measureOrigin(
        own,
        evolvingLoop(2, length, 'else').map((tone) => String(11 - Number(tone) ** 2)),
        inStep,
        toneRows,
      ),
    ).toBeGreaterThan(0.6)
  expect(measureOrigin(anyBar(), other, new Array(length).fill(0), toneRows)).toBe(1)
})

test('words by fours; no surprise and too little are null', () => {
  const words = noise(40, length, 'words')
  const quoted = barsOf(words).toReversed().flat()
  expect(measureOrigin(quoted, words, new Array(length).fill(length), wordRuns)).toBeLessThan(0.01)
  expect(measureOrigin(noise(40, length, 'other'), words, inStep, wordRuns)).toBeGreaterThan(0.95)
  expect(measureOrigin(loopOf(round, length), other, inStep, toneRows)).toBeNull()
  expect(measureOrigin(['1'], ['1'], [1], toneRows)).toBeNull()
})
