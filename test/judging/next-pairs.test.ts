// Expected information against numerical integration; spanning trees against every other tree.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { choosePairs, expectInformation } from '../../src/judging/index.ts'
import { table } from './outside.ts'

test.each<{ mean: number; var: number; eig: number }>(table('agreement_and_information_gain').eig_bernoulli_nats)(
  'one vote at mean $mean, variance $var',
  ({ mean, var: variance, eig }) => {
    expect(Math.abs(expectInformation(mean, variance) - eig)).toBeLessThan(1e-6)
  },
)

test('what is known tells nothing, what is wide open tells up to a bit', () => {
  expect(expectInformation(0.3, 0)).toBeLessThan(1e-12)
  const most = expectInformation(0, 1e6)
  expect(most).toBeGreaterThan(0.99 * Math.LN2)
  expect(most).toBeLessThanOrEqual(Math.LN2)
})

const items = ['p', 'q', 'r', 's']
const beliefs = fc.record({
  mean: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 }),
  variances: fc.array(fc.double({ min: 0.05, max: 2, noNaN: true }), { minLength: 4, maxLength: 4 }),
})

test('the default batch links all items, and no tree of pairs tells more', () => {
  fc.assert(
    fc.property(beliefs, ({ mean, variances }) => {
      const covariance = variances.map((v, i) => variances.map((_, j) => (i === j ? v : 0)))
      const all = choosePairs({ items, mean, covariance, count: 6 })
      const tree = choosePairs({ items, mean, covariance })
      const gain = new Map(all.pairs.map((pair, k) => [[...pair].sort().join(), all.gainsNats[k] ?? 0]))
      expect(gain.size).toBe(6)
      const total = tree.gainsNats.reduce((sum, value) => sum + value, 0)
      expect(total).toBeGreaterThanOrEqual(bestTree(gain) - 1e-12)
      expect(tree.gainsNats).toEqual([...tree.gainsNats].sort((a, b) => b - a))
    }),
    { numRuns: 50 },
  )
})

/** By trying all 20 choices of three pairs. */
function bestTree(gain: ReadonlyMap<string, number>): number {
  const pairs = [...gain.keys()]
  let best = 0
  pairs.forEach((a, i) => {
    pairs.slice(i + 1).forEach((b, j) => {
      for (const c of pairs.slice(i + j + 2)) {
        const linked = new Set([a, b, c].flatMap((pair) => pair.split(',')))
        // Three pairs over four items without a ring are a tree.
        if (linked.size === 4)
          best = Math.max(
            best,
            [a, b, c].reduce((sum, pair) => sum + (gain.get(pair) ?? 0), 0),
          )
      }
    })
  })
  return best
}

test.each([
  ['shape', { covariance: [[1, 0]] }, /covariance: expected 2 rows of 2/],
  ['mean', { mean: [1] }, /mean: expected 2 numbers/],
  [
    'negative variance',
    {
      covariance: [
        [-1, 0],
        [0, 1],
      ],
    },
    /variance of at least 0, got -1/,
  ],
  [
    'not symmetric',
    {
      covariance: [
        [1, 0.5],
        [0, 1],
      ],
    },
    /same as covariance/,
  ],
  [
    'no covariance at all',
    {
      covariance: [
        [1, 3],
        [3, 1],
      ],
    },
    /difference of variance at least 0/,
  ],
])('%s is refused', (_, wrong, message) => {
  expect(() =>
    choosePairs({
      items: ['p', 'q'],
      mean: [0, 0],
      covariance: [
        [1, 0],
        [0, 1],
      ],
      ...wrong,
    }),
  ).toThrow(message)
})
