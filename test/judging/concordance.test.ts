// Kendall's W of judges' own orders: a table worked by hand, judges of one mind and of chance, incomplete judges left out and told.
import { expect, test } from 'vitest'
import { type Comparison, measureConcordance } from '../../src/judging/index.ts'
import { seededRandom, shuffled } from '../../src/random.ts'

const items = ['a', 'b', 'c', 'd']

/** Every pair once, as `order` has it, best first. */
const votesOf = (judge: string, order: readonly string[]): Comparison[] =>
  order.flatMap((a, k) => order.slice(k + 1).map((b): Comparison => ({ a: b, b: a, result: 'b', judge })))

// Rank sums of a b c d: 4 5 9 12, about their mean of 7.5 -3.5 -2.5 1.5 4.5; S = 41; W = 12 * 41 / (3^2 * (4^3 - 4)) = .9111.
test('three orders, worked by hand', () => {
  const votes = [
    ['a', 'b', 'c', 'd'],
    ['a', 'b', 'c', 'd'],
    ['b', 'a', 'c', 'd'],
  ].flatMap((order, k) => votesOf(`j${k}`, order))
  const found = measureConcordance(items, votes)
  expect(found).toEqual({ kendallW: expect.closeTo(41 / 45, 12), judges: 3, of: 3, byChance: 1 / 3, undefined: null })
})

test('a tie is half a vote for each, several votes on one pair are one', () => {
  const tied = votesOf('j0', items).map(
    (one): Comparison => (`${one.a}${one.b}` === 'ba' ? { ...one, result: 'tie' } : one),
  )
  const twice = tied.flatMap((one): Comparison[] =>
    one.result === 'tie'
      ? [
          { ...one, result: 'a' },
          { ...one, a: one.b, b: one.a, result: 'a' },
        ]
      : [one, one, one],
  )
  const other = votesOf('j1', ['b', 'a', 'c', 'd'])
  expect(measureConcordance(items, [...twice, ...other])).toEqual(measureConcordance(items, [...tied, ...other]))
  // Rank sums 3.5 2.5 6 8, about 5; S = 2.25 + 6.25 + 1 + 9; ties of two once: T = 6. W = 12 * 18.5 / (4 * 60 - 2 * 6).
  expect(measureConcordance(items, [...tied, ...other]).kendallW).toBeCloseTo((12 * 18.5) / 228, 12)
})

test('orders by chance have 1 / judges on average', () => {
  const random = seededRandom('orders')
  const found = Array.from({ length: 200 }, () =>
    measureConcordance(
      items,
      [0, 1, 2, 3, 4].flatMap((k) => votesOf(`j${k}`, shuffled(random, items))),
    ),
  )
  const mean = found.reduce((sum, { kendallW }) => sum + (kendallW ?? Number.NaN), 0) / found.length
  expect(mean).toBeGreaterThan(0.17)
  expect(mean).toBeLessThan(0.23)
  expect(found[0]?.byChance).toBe(0.2)
})

test('who did not compare all pairs is left out, and counted', () => {
  const whole = [...votesOf('j0', items), ...votesOf('j1', items)]
  const some = votesOf('j2', ['d', 'c', 'b', 'a']).slice(1)
  expect(measureConcordance(items, [...whole, ...some])).toMatchObject({ kendallW: 1, judges: 2, of: 3 })
  expect(measureConcordance(items, [...votesOf('j0', items), ...some])).toEqual({
    kendallW: null,
    judges: 1,
    of: 2,
    byChance: null,
    undefined: 'needs two judges who compared every pair of entries, got 1 of 2',
  })
  expect(measureConcordance(items, []).undefined).toMatch(/got 0 of 0/)
})

test('all ties have no order', () => {
  const ties = ['j0', 'j1'].flatMap((judge) =>
    votesOf(judge, items).map((one): Comparison => ({ ...one, result: 'tie' })),
  )
  expect(measureConcordance(items, ties)).toMatchObject({
    kendallW: null,
    judges: 2,
    undefined: expect.stringMatching(/equal/),
  })
})
