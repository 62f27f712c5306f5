import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureAngles, measurePhases } from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { readJson } from './outside.ts'

const { circmean, rayleightest } = readJson('circular.json')
const radians = (degrees: number[]) => degrees.map((degree) => (degree * Math.PI) / 180)

test('astropy', () => {
  const mean = measureAngles(radians(circmean.degrees))
  expect(((mean.meanRadians as number) * 180) / Math.PI).toBeCloseTo(circmean.meanDegrees, 12)
  expect(1 - (mean.resultantLength as number)).toBeCloseTo(circmean.variance, 12)
  expect(measureAngles(radians(rayleightest.degrees)).rayleighP).toBeCloseTo(rayleightest.p, 12)
})

const angles = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 80 })

describe('whatever the directions', () => {
  test('ranges hold, and turning all of them turns only the mean', () => {
    fc.assert(
      fc.property(angles, fc.double({ min: -3, max: 3, noNaN: true }), (directions, by) => {
        const measured = measureAngles(directions)
        const turned = measureAngles(directions.map((angle) => angle + by))
        for (const field of ['resultantLength', 'rayleighP'] as const) {
          expect(measured[field]).toBeGreaterThanOrEqual(0)
          expect(measured[field]).toBeLessThanOrEqual(1)
          expect(turned[field]).toBeCloseTo(measured[field] as number, 9)
        }
        expect(measured.phaseConsistency).toBeLessThanOrEqual(1 + 1e-12)
        if (measured.meanRadians === null || (measured.resultantLength as number) < 1e-6) return
        expect(Math.cos((turned.meanRadians as number) - measured.meanRadians - by)).toBeCloseTo(1, 9)
      }),
    )
  })
  test('equal directions', () => {
    expect(measureAngles([1, 1, 1])).toMatchObject({ resultantLength: 1, circularSd: 0, rayleighZ: 3 })
  })
})

describe('events on a cycle', () => {
  test('an offset is a direction', () => {
    const onsets = Array.from({ length: 20 }, (_, i) => 0.1 + 0.5 * i)
    const measured = measurePhases(onsets, { periodSeconds: 0.5 })
    expect(measured.meanRadians).toBeCloseTo(0.4 * Math.PI, 9)
    expect(measured.resultantLength).toBeCloseTo(1, 9)
    expect(measurePhases(onsets, { periodSeconds: 0.5, startSeconds: 0.1 }).meanRadians).toBeCloseTo(0, 9)
  })
  test('two halves cancel, and have no direction', () => {
    const measured = measurePhases([0, 0.5, 1, 1.5], { periodSeconds: 1 })
    expect(measured).toMatchObject({ meanRadians: null, circularSd: null })
    expect(measured.undefined).toEqual({ meanRadians: 'the directions cancel', circularSd: 'the directions cancel' })
    expect(measured.rayleighP).toBeCloseTo(1, 1)
  })
})

describe('odd input', () => {
  test('none', () => {
    const { count, undefined: reasons, ...fields } = measureAngles([])
    expect(count).toBe(0)
    expect(Object.values(fields).every((value) => value === null)).toBe(true)
    expect(Object.keys(reasons)).toEqual(Object.keys(fields))
  })
  test('one', () => {
    expect(measureAngles([2])).toMatchObject({
      phaseConsistency: null,
      undefined: { phaseConsistency: 'fewer than two directions' },
    })
  })
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a period of %d is refused', (periodSeconds) => {
    expect(() => measurePhases([1], { periodSeconds })).toThrow(InputError)
  })
  test('angles that are none are refused', () => {
    expect(() => measureAngles([1, Number.NaN])).toThrow(/angles\[1\]: expected finite radians, got NaN/)
  })
})
