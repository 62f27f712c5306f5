import { describe, expect, test } from 'vitest'
import { testUniform } from '../../src/null/index.ts'
import { seededRandom } from '../../src/random.ts'

describe('even draws', () => {
  test('as scipy.stats.kstest has it', () => {
    // kstest([.05, .1, .2, .35, .6, .61, .7, .95], 'uniform', method='exact'): .175, p .9336; of [.01, .02, .03, .1, .2, .25]: .75, p .00052
    const even = testUniform([0.05, 0.1, 0.2, 0.35, 0.6, 0.61, 0.7, 0.95])
    expect(even.distance).toBeCloseTo(0.175, 9)
    expect(even.p).toBeCloseTo(0.9336, 1)
    const low = testUniform([0.01, 0.02, 0.03, 0.1, 0.2, 0.25])
    expect(low.distance).toBeCloseTo(0.75, 9)
    expect(low.p).toBeLessThan(0.002)
  })
  test('its own p is even: one in twenty falls below .05', () => {
    const random = seededRandom('even')
    const ps = Array.from({ length: 4000 }, () => testUniform(Array.from({ length: 30 }, random)).p)
    const share = ps.filter((p) => p <= 0.05).length / ps.length
    expect(share).toBeGreaterThan(0.04)
    expect(share).toBeLessThan(0.06)
  })
  test('none, or no share', () => {
    expect(() => testUniform([])).toThrow(/got none/)
    expect(() => testUniform([0.5, 1.5])).toThrow(/got 1.5/)
    expect(() => testUniform([Number.NaN])).toThrow(RangeError)
  })
})
