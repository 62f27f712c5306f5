import fc from 'fast-check'
import { expect, test } from 'vitest'
import { separate } from '../../src/gauntlet/index.ts'

const named = (values: readonly (number | null)[], prefix: string) =>
  values.map((value, i) => ({ name: `${prefix}${i}`, value }))
const of = (living: readonly (number | null)[], degenerate: readonly (number | null)[]) =>
  separate(named(living, 'l'), named(degenerate, 'd'))

test('by hand: chances of being above, ties half', () => {
  expect(of([0.9, 0.8], [0.1, 0.2]).auc).toBe(1)
  expect(of([0.1], [0.9]).auc).toBe(0)
  expect(of([0.5], [0.5]).auc).toBe(0.5)
  // Of six pairs four are above and one is tied.
  expect(of([3, 5], [1, 3, 4]).auc).toBeCloseTo(4.5 / 6, 12)
  expect(of([], [1]).auc).toBeNull()
})

test('the margin, and who reaches the lowest living value', () => {
  const { margin, failures } = of([0.6, 0.9], [0.1, 0.7, 0.6, 0.5])
  expect(margin).toBeCloseTo(-0.1, 12)
  expect(failures).toEqual(['d1', 'd2'])
  expect(of([0.6], [0.1]).failures).toEqual([])
})

test('what is undefined counts as lowest, and is counted', () => {
  expect(of([0.2], [null, null])).toEqual({ auc: 1, margin: null, failures: [], undefinedCount: 2 })
  expect(of([null, 0.2], [0.1])).toEqual({ auc: 0.5, margin: null, failures: ['d0'], undefinedCount: 1 })
  expect(of([null], [null]).auc).toBe(0.5)
})

test('only the order counts, and both ways add up to 1', () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(values, values, (living, degenerate) => {
      const { auc } = of(living, degenerate)
      expect((auc ?? 9) + (of(degenerate, living).auc ?? 9)).toBeCloseTo(1, 12)
      const cubes = (list: readonly number[]) => list.map((value) => value ** 3 + 7)
      expect(of(cubes(living), cubes(degenerate)).auc).toBe(auc)
      expect(auc === 1).toBe(of(living, degenerate).failures.length === 0)
    }),
  )
})
