import { describe, expect, test } from 'vitest'
import { measureSurrogateSynchrony } from '../../../src/measure/index.ts'
import { randomNormal, seededRandom } from '../../../src/random.ts'
import { InputError } from '../../../src/record/index.ts'

const noise = (seed: string, length = 600) => {
  const random = seededRandom(seed)
  return Array.from({ length }, () => randomNormal(random))
}
const settings = { segment: 30, maxLag: 3, seed: 'test' }

describe('known directions', () => {
  test('the same noise is far more alike than chance', () => {
    expect(measureSurrogateSynchrony(noise('a'), noise('a'), settings).effectSize).toBeGreaterThan(10)
  })
  test('a copy within the lags too, one beyond them not', () => {
    const long = noise('a', 620)
    const late = (by: number) =>
      measureSurrogateSynchrony(long.slice(20), long.slice(20 - by, 620 - by), settings).effectSize as number
    expect(late(2)).toBeGreaterThan(1)
    expect(Math.abs(late(12))).toBeLessThan(1)
  })
  test('strangers are not, on average', () => {
    const sizes = Array.from(
      { length: 40 },
      (_, i) => measureSurrogateSynchrony(noise(`x${i}`), noise(`y${i}`), settings).effectSize as number,
    )
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
    expect(Math.abs(mean)).toBeLessThan(0.15) // some 2 standard errors: 20 real segments each
  })
  test('unit and offset of a series do not matter; the same seed gives the same answer', () => {
    const [x, y] = [noise('x', 1200), noise('y', 1200)]
    const measured = measureSurrogateSynchrony(x, y, settings)
    const moved = measureSurrogateSynchrony(
      x,
      y.map((value) => 5 + 3 * value),
      settings,
    )
    expect(moved.effectSize).toBeCloseTo(measured.effectSize as number, 9)
    expect(measureSurrogateSynchrony(x, y, settings)).toEqual(measured)
    expect(measureSurrogateSynchrony(x, y, { ...settings, seed: 'other' })).not.toEqual(measured)
  })
})

describe('odd input', () => {
  test('a series that does not vary', () => {
    const { effectSize, undefined: reasons } = measureSurrogateSynchrony(
      noise('a').map(() => 1),
      noise('b'),
      settings,
    )
    expect(effectSize).toBeNull()
    expect(reasons['effectSize']).toBe('too few segments that vary')
  })
  test('too short', () => {
    expect(measureSurrogateSynchrony(noise('a', 50), noise('b', 50), settings).undefined['real']).toBe(
      'fewer than three segments',
    )
    expect(measureSurrogateSynchrony([], [], settings).effectSize).toBeNull()
  })
  test('one loop for all: strangers are as alike as partners', () => {
    const loop = Array.from({ length: 300 }, (_, i) => (i % 10 === 0 ? 1 : 0))
    const { effectSize, real, pseudo, undefined: reasons } = measureSurrogateSynchrony(loop, loop, settings)
    expect(effectSize).toBeNull()
    expect(real).toBeCloseTo(pseudo as number, 12)
    expect(reasons).toEqual({ effectSize: 'all strangers are equally alike' })
  })
  test.each([
    [{ segment: 1 }, 'segment'],
    [{ maxLag: 16 }, 'lag'],
    [{ maxLag: -1 }, 'lag'],
    [{ surrogates: 0 }, 'surrogates'],
  ])('%j is refused', (change, code) => {
    const refused = () => measureSurrogateSynchrony(noise('a'), noise('b'), { ...settings, ...change })
    expect(refused).toThrow(InputError)
    expect(refused).toThrow(expect.objectContaining({ code }))
  })
  test('series of unequal lengths, values that are none', () => {
    expect(() => measureSurrogateSynchrony([1], [1, 2], settings)).toThrow(/expected as many values as x \(1\), got 2/)
    expect(() => measureSurrogateSynchrony([1, Number.NaN], [1, 2], settings)).toThrow(
      /expected finite numbers, got NaN/,
    )
  })
})
