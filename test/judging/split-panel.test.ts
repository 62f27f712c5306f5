// Split panels: judges who agree, judges who answer by chance, and two halves that contradict each other by design.
import { expect, test } from 'vitest'
import { askJudges, type Comparison, measureSplitPanel, type Population, rankItems } from '../../src/judging/index.ts'
import { seededRandom } from '../../src/random.ts'

const items = ['a', 'b', 'c', 'd', 'e']
const population = (strengths: readonly number[], spread: number): Population => ({
  items,
  strengths,
  tie: 0.5,
  orderEffect: 0,
  spread: { strength: spread, tie: 0, order: 0 },
})
const ask = (strengths: readonly number[], spread: number, judges: number) =>
  askJudges({ population: population(strengths, spread), judges, rounds: 2 }, seededRandom(4))
const settings = { priorVariance: 2.25, seed: 's' }

test('who agree correlate wholly, who answer by chance not at all', () => {
  const agreed = measureSplitPanel(items, ask([2, 1, 0, -1, -2], 0, 24), settings)
  expect(agreed.correlation).toBeGreaterThan(0.95)
  expect(agreed.halvings).toBe(20)
  const chance = measureSplitPanel(items, ask([0, 0, 0, 0, 0], 0, 24), settings)
  expect(Math.abs(chance.correlation ?? 1)).toBeLessThan(0.6)
})

// Two judges who say everything one way, two who say it the other: halves are alike (0 known) or opposite (-1), 1 : 2 by chance.
test('four judges, two against two: -1 where a half is of one mind', () => {
  const votes = [1, 1, -1, -1].flatMap((mind, j) =>
    items.flatMap((a, i) =>
      items.slice(i + 1).map((b): Comparison => ({ a, b, result: mind > 0 ? 'a' : 'b', judge: `j${j}` })),
    ),
  )
  const { correlation, halvings } = measureSplitPanel(items, votes, settings)
  expect(correlation).toBeCloseTo(-1, 6)
  expect(halvings).toBeLessThan(20)
})

test('judges of unlike taste: separation reliability flatters, the split panel does not', () => {
  const votes = ask([0.4, 0.2, 0, -0.2, -0.4], 1.2, 8)
  const { separationReliability } = rankItems({ items, comparisons: votes, model: 'davidson' })
  expect(measureSplitPanel(items, votes, settings).correlation ?? 1).toBeLessThan((separationReliability ?? 0) - 0.1)
})

test('the same seed, the same halves; too few judges or entries, and a reason', () => {
  const votes = ask([1, 0.5, 0, -0.5, -1], 0.5, 9)
  expect(measureSplitPanel(items, votes, settings)).toEqual(measureSplitPanel(items, votes, settings))
  expect(measureSplitPanel(items, ask([0, 0, 0, 0, 0], 0, 3), settings)).toMatchObject({
    correlation: null,
    undefined: 'needs 4 judges',
  })
  const two = votes.filter(({ a, b }) => a + b === 'ab')
  expect(measureSplitPanel(['a', 'b'], two, settings).undefined).toMatch(/two entries/)
})
