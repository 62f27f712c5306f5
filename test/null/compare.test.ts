import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareWithTwins } from '../../src/null/index.ts'

describe('a value among its twins', () => {
  test('counted by hand', () => {
    const { mean, sd, z, percentile, p, count } = compareWithTwins(9, [2, 4, 4, 4, 5, 5, 7, 9])
    expect([mean, count]).toEqual([5, 8])
    expect(sd).toBeCloseTo(Math.sqrt(32 / 7), 12)
    expect(z).toBeCloseTo(4 / Math.sqrt(32 / 7), 12)
    expect(percentile).toBe(7.5 / 8)
    expect(p).toBe(2 / 9)
  })
  test('above all: the smallest p there is, never 0', () => {
    expect(compareWithTwins(1, Array(99).fill(0.5))).toMatchObject({ percentile: 1, p: 0.01, sd: 0, z: null })
    expect(compareWithTwins(0, Array(99).fill(0.5))).toMatchObject({ percentile: 0, p: 1 })
  })
  test('what is not defined is null with its reason', () => {
    expect(compareWithTwins(null, [1, 2])).toMatchObject({ mean: 1.5, z: null, percentile: null, p: null })
    expect(compareWithTwins(null, [1, 2]).undefined['z']).toMatch(/value itself/)
    expect(compareWithTwins(1, [null, null])).toMatchObject({ count: 0, mean: null, sd: null, p: null })
    expect(compareWithTwins(1, []).undefined['mean']).toMatch(/no twin/)
    expect(compareWithTwins(1, [null, 0.1])).toMatchObject({ count: 1, mean: 0.1, sd: null, percentile: 1, p: 0.5 })
    expect(compareWithTwins(1, [0.1, 0.1, 0.1]).undefined).toEqual({ z: 'all twins have the same value' })
  })
  test('the order of twins and a common scale mean nothing', () => {
    const values = fc.integer({ min: -50, max: 50 })
    fc.assert(
      fc.property(values, fc.array(values, { minLength: 2, maxLength: 40 }), (value, twins) => {
        const here = compareWithTwins(value, twins)
        const there = compareWithTwins(3 + 2 * value, twins.map((twin) => 3 + 2 * twin).reverse())
        expect([there.percentile, there.p]).toEqual([here.percentile, here.p])
        expect(there.z ?? 0).toBeCloseTo(here.z ?? 0, 9)
        expect(here.z === null).toBe(here.sd === 0)
      }),
    )
  })
  test('p is honest: drawn like its twins, a value has p <= .05 in one case of twenty', () => {
    const ranks = Array.from({ length: 20 }, (_, i) => i)
    const significant = ranks.filter(
      (rank) =>
        (compareWithTwins(
          rank,
          ranks.filter((r) => r !== rank),
        ).p as number) <= 0.05,
    )
    expect(significant).toEqual([19])
  })
  test('NaN is refused', () => {
    expect(() => compareWithTwins(Number.NaN, [1])).toThrow(/expected finite numbers or null, got NaN/)
    expect(() => compareWithTwins(1, [Number.POSITIVE_INFINITY])).toThrow(RangeError)
  })
})
