import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BeatMeasures, measureBeats, measureOnsets } from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { largestMatching } from '../../reference/matching.ts'
import { furthest, readJson, readTimes } from './outside.ts'

const numbers = ['00', '01', '02', '03', '04', '05']
const beatFields: Record<string, keyof BeatMeasures> = {
  'F-measure': 'fMeasure',
  Cemgil: 'cemgil',
  'Cemgil Best Metric Level': 'cemgilBest',
  Goto: 'goto',
  'P-score': 'pScore',
  'Correct Metric Level Continuous': 'cmlContinuous',
  'Correct Metric Level Total': 'cmlTotal',
  'Any Metric Level Continuous': 'amlContinuous',
  'Any Metric Level Total': 'amlTotal',
  'Information gain': 'informationGain',
}

describe('mir_eval', () => {
  const match = (kind: string, n: string) => ({
    reference: readTimes(`mir_eval/${kind}/ref${n}.txt`),
    estimate: readTimes(`mir_eval/${kind}/est${n}.txt`),
  })
  test.each(numbers)('onsets %s', (n) => {
    const theirs = readJson(`mir_eval/onset/output${n}.json`)
    const { fMeasure, precision, recall } = measureOnsets(match('onset', n))
    expect(
      furthest([fMeasure, precision, recall], [theirs['F-measure'], theirs.Precision, theirs.Recall]),
    ).toBeLessThan(1e-9)
  })
  test.each(numbers)('beats %s', (n) => {
    const theirs = readJson(`mir_eval/beat/output${n}.json`)
    const measured = measureBeats(match('beat', n))
    for (const [name, field] of Object.entries(beatFields))
      expect(furthest([measured[field]], [theirs[name]]), name).toBeLessThan(1e-9)
  })
})

const steady = Array.from({ length: 60 }, (_, k) => 6 + 0.5 * k)
const late = (by: number) => steady.map((time) => time + by)

describe('known directions', () => {
  test('the same beats are right in every measure', () => {
    const { informationGain, ...others } = measureBeats({ reference: steady, estimate: steady })
    expect(new Set(Object.values(others))).toEqual(new Set([1, others.cemgilBest]))
    expect(others.cemgilBest).toBeGreaterThanOrEqual(1)
    expect(informationGain).toBeCloseTo(1, 12)
  })
  test('every fifth beat late: .3 of half an interval is tracked, .4 breaks the track', () => {
    const estimate = (fifth: number) => steady.map((time, k) => time + 0.25 * (k % 5 === 2 ? fifth : 0.1))
    expect(measureBeats({ reference: steady, estimate: estimate(0.3) }).goto).toBe(1)
    expect(measureBeats({ reference: steady, estimate: estimate(0.4) }).goto).toBe(0)
  })
  test('off-beats and half the tempo are right at another level', () => {
    const offBeat = measureBeats({ reference: steady, estimate: late(0.25) })
    expect(offBeat).toMatchObject({ fMeasure: 0, cmlTotal: 0, amlTotal: 59 / 60 })
    const half = measureBeats({ reference: steady, estimate: steady.filter((_, k) => k % 2 === 0) })
    expect(half).toMatchObject({ cmlTotal: 0, amlTotal: 1, amlContinuous: 1 })
  })
  test('a constant delay is full information', () => {
    expect(measureBeats({ reference: steady, estimate: late(0.1) }).informationGain).toBeGreaterThan(0.9)
  })
  test('beats before 5 s are not heard', () => {
    const early = { reference: [0.1, 4.9, ...steady], estimate: [1, 2, 3, ...steady] }
    expect(measureBeats(early)).toEqual(measureBeats({ reference: steady, estimate: steady }))
  })
  test('50 ms hits, 51 ms does not', () => {
    expect(measureOnsets({ reference: [1], estimate: [1.05] }).fMeasure).toBe(1)
    expect(measureOnsets({ reference: [1], estimate: [1.051] }).fMeasure).toBe(0)
  })
})

const times = fc
  .array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 })
  .map((cells) => cells.sort((p, q) => p - q).map((cell) => cell / 64))

describe('whatever the lists', () => {
  test('the matching is a largest one', () => {
    fc.assert(
      fc.property(times, times, (reference, estimate) => {
        const hits = largestMatching(reference, estimate, 0.05)
        const { precision, recall, fMeasure } = measureOnsets({ reference, estimate })
        expect(precision).toBeCloseTo(hits === 0 ? 0 : hits / estimate.length, 12)
        expect(recall).toBeCloseTo(hits === 0 ? 0 : hits / reference.length, 12)
        const turned = measureOnsets({ reference: estimate, estimate: reference })
        expect(turned.fMeasure).toBeCloseTo(fMeasure, 12)
        expect(turned.precision).toBeCloseTo(recall, 12)
      }),
    )
  })
  test('beat measures lie in their ranges, also with doubled beats', () => {
    fc.assert(
      fc.property(times, times, (a, b) => {
        const shift = (list: number[]) => list.map((time) => 5 + 2 * time)
        const measured = measureBeats({ reference: shift(a), estimate: shift(b) })
        for (const [field, value] of Object.entries(measured)) {
          expect(value, field).toBeGreaterThanOrEqual(0)
          expect(value, field).toBeLessThanOrEqual(
            field === 'cemgilBest' ? 4 / 3 : field === 'pScore' ? Number.POSITIVE_INFINITY : 1,
          )
        }
        expect(measured.amlTotal).toBeGreaterThanOrEqual(measured.cmlTotal)
        expect(measured.cmlTotal).toBeGreaterThanOrEqual(measured.cmlContinuous)
        expect(measured.cemgilBest).toBeGreaterThanOrEqual(measured.cemgil)
      }),
    )
  })
})

describe('odd input', () => {
  test.each([
    [[], []],
    [[], steady],
    [steady, []],
  ])('%j and %j: 0 throughout', (reference, estimate) => {
    expect(new Set(Object.values(measureOnsets({ reference, estimate })))).toEqual(new Set([0]))
    expect(new Set(Object.values(measureBeats({ reference, estimate })))).toEqual(new Set([0]))
  })
  test('one beat has no intervals', () => {
    expect(measureBeats({ reference: [7], estimate: [7] })).toMatchObject({
      fMeasure: 1,
      cemgil: 1,
      goto: 0,
      pScore: 0,
      informationGain: 0,
      amlTotal: 0,
    })
  })
  test('a hundred beats at one time', () => {
    const reference = Array(100).fill(7)
    expect(measureBeats({ reference, estimate: steady })).toMatchObject({
      pScore: 0,
      cmlTotal: 0,
      informationGain: 0,
      goto: 0,
    })
    expect(measureOnsets({ reference, estimate: reference }).fMeasure).toBe(1)
  })
  test.each([
    [[2, 1], 'time-order', /reference\[1\]: expected 2 or later, got 1/],
    [[-1, 1], 'time', /reference\[0\]: expected a time from 0 up, got -1/],
    [[Number.NaN], 'time', /got NaN/],
    [[Number.POSITIVE_INFINITY], 'time', /got Infinity/],
  ])('%j is refused', (reference, code, message) => {
    for (const measure of [measureOnsets, measureBeats]) {
      const refused = () => measure({ reference, estimate: steady })
      expect(refused).toThrow(InputError)
      expect(refused).toThrow(expect.objectContaining({ code }))
      expect(refused).toThrow(message)
    }
  })
  test('a million beats', () => {
    const reference = Array.from({ length: 500_000 }, (_, k) => 6 + 0.5 * k)
    const measured = measureBeats({ reference, estimate: reference })
    expect(measured).toMatchObject({ fMeasure: 1, goto: 1, cmlContinuous: 1 })
  })
})
