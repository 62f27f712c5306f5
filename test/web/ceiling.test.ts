// The end of the mix: nothing above -1 dBFS, nothing changed below -3 dBFS, and many are turned down as a whole.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { headroomOf } from '../../src/web/sound/headroom.ts'
import { ceiling, knee, limitSample } from '../../worklets/ceiling.ts'

const sample = fc.float({ noNaN: true })

test('the ceiling is -1 dBFS and the knee -3 dBFS', () => {
  expect(20 * Math.log10(ceiling)).toBeCloseTo(-1, 4)
  expect(ceiling).toBeLessThanOrEqual(10 ** (-1 / 20))
  expect(Math.fround(ceiling)).toBeLessThanOrEqual(10 ** (-1 / 20))
  expect(20 * Math.log10(knee)).toBeCloseTo(-3, 2)
})

test('no sample passes the ceiling, whatever comes; what is quieter than the knee stays as it is', () => {
  fc.assert(fc.property(sample, (x) => Math.abs(limitSample(x)) <= ceiling))
  fc.assert(
    fc.property(fc.float({ min: Math.fround(-0.7), max: Math.fround(0.7), noNaN: true }), (x) =>
      Object.is(limitSample(x), x),
    ),
  )
  expect([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN].map(limitSample)).toEqual([
    ceiling,
    -ceiling,
    0,
  ])
})

test('louder stays louder, up and down alike, without a corner at the knee', () => {
  fc.assert(fc.property(sample, sample, (a, b) => a > b || limitSample(a) <= limitSample(b)))
  fc.assert(fc.property(sample, (x) => limitSample(-x) === -limitSample(x)))
  const slope = (limitSample(knee + 1e-4) - knee) / 1e-4
  expect(slope).toBeGreaterThan(0.999)
  expect(slope).toBeLessThanOrEqual(1)
})

test('one and two are left as they are; of more the power of two is left', () => {
  expect([1, 2, 8].map(headroomOf)).toEqual([1, 1, 0.5])
  for (const agents of [3, 4, 16, 64]) expect(agents * headroomOf(agents) ** 2).toBeCloseTo(2, 12)
})
