// News: is a surprise taken up, or is it a slip in a loop?
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measureNews } from '../../src/measure/vitality/index.ts'
import { measureVitality } from '../../src/measure/vitality/vitality.ts'
import { randomIndex, seededRandom } from '../../src/random.ts'
import { evolvingLoop, fill, grammar, loopOf, noise, round } from './vitality-streams.ts'

const length = 400
const slips = (chance: number, seed: string) => {
  const random = seededRandom(seed)
  return loopOf(round, length).map((symbol) => (random() < chance ? String(randomIndex(random, 12)) : symbol))
}

test.each([0.05, 0.1, 0.2])('a loop with %s of blind slips passes vitality, and its news is none', (chance) => {
  for (const seed of ['a', 'b', 'c']) {
    expect(measureVitality(slips(chance, seed)).vitality).toBeGreaterThan(0.75)
    expect(measureNews(slips(chance, seed))).toBeLessThan(0.05)
  }
})

test('what is kept, or leads on, is taken up', () => {
  for (const seed of ['a', 'b', 'c'])
    for (const stream of [evolvingLoop(2, length, seed), evolvingLoop(8, length, seed), grammar(length, seed)])
      expect(measureNews(stream)).toBeGreaterThan(0.2)
})

test('slips in a time of their own are fills', () => {
  const random = seededRandom('fills')
  const fills = loopOf(round, length).map((symbol, i) => (i % 32 >= 24 ? String(randomIndex(random, 12)) : symbol))
  expect(measureNews(fills)).toBeGreaterThan(0.1)
})

test('noise is its own news, and blind; a loop has none; too little says nothing', () => {
  expect(measureNews(noise(12, length, 'n'))).toBeLessThan(0.05)
  expect(measureNews(loopOf(round, length))).toBeNull()
  expect(measureNews(fill(63, (i) => i % 5))).toBeNull()
})

test('names mean nothing', () => {
  const stream = evolvingLoop(3, 160, 'x')
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 3 }), (mark) => {
      expect(measureNews(stream.map((symbol) => `${mark}.${symbol}`))).toBe(measureNews(stream))
    }),
    { numRuns: 5 },
  )
})
