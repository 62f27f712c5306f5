// Consonance of motifs, likeness of meanings, evenness of ranks.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consonanceOfMotifs,
  createMeanings,
  likenessOfMeanings,
  measureSound,
  soundOfNotes,
  testUniformity,
} from '../../../src/measure/index.ts'
import { seededRandom } from '../../../src/random.ts'

const motifs = fc.array(fc.integer({ min: 40, max: 80 }), { minLength: 1, maxLength: 6 })
const dyad = (a: number, b: number) => measureSound(soundOfNotes([a, b])).consonance ?? 0

describe('motifs', () => {
  test('note against note, each dyad rated as any other; the shorter begins again', () => {
    const wanted = (dyad(60, 67) + dyad(62, 67) + dyad(64, 67)) / 3
    expect(consonanceOfMotifs([60, 62, 64], [67])).toBeCloseTo(wanted, 12)
  })
  test('nothing is as consonant as itself; fifths above semitones; silence is null', () => {
    expect(consonanceOfMotifs([60, 62], [60, 62])).toBeGreaterThan(0.9)
    expect(consonanceOfMotifs([60], [67])).toBeGreaterThan((consonanceOfMotifs([60], [61]) ?? 1) + 0.5)
    expect(consonanceOfMotifs([], [60])).toBeNull()
  })
  test('who is named first does not matter', () => {
    fc.assert(
      fc.property(motifs, motifs, (a, b) => {
        expect(consonanceOfMotifs(a, b)).toBeCloseTo(consonanceOfMotifs(b, a) ?? Number.NaN, 12)
      }),
      { numRuns: 30 },
    )
  })
})

describe('meanings', () => {
  const meanings = createMeanings(['east', 'north', 'nowhere'], Int8Array.from([100, 0, 0, 50, 0, 0]))
  test('cosine of mean directions, each word counting the same', () => {
    expect(likenessOfMeanings(meanings, ['east'], ['east'])).toBe(1)
    expect(likenessOfMeanings(meanings, ['east'], ['north'])).toBe(0)
    expect(likenessOfMeanings(meanings, ['east', 'north'], ['north'])).toBeCloseTo(Math.SQRT1_2, 12)
  })
  test('without a known word, or with one that has no direction, null', () => {
    expect(likenessOfMeanings(meanings, ['south'], ['east'])).toBeNull()
    expect(likenessOfMeanings(meanings, ['nowhere'], ['east'])).toBeNull()
    expect(() => createMeanings(['one', 'two'], new Int8Array(3))).toThrow(RangeError)
  })
})

describe('evenness', () => {
  test("Kolmogorov's own: D of 20 points is beyond .294 in 1 of 20", () => {
    const points = Array.from({ length: 20 }, (_, i) => Math.min(1, i / 20 + 0.294))
    const { distance, p } = testUniformity(points)
    expect(distance).toBeCloseTo(0.294, 12)
    expect(p).toBeGreaterThan(0.045)
    expect(p).toBeLessThan(0.055)
  })
  test('even numbers pass as often as they should, lopsided ones fail', () => {
    const random = seededRandom(1)
    const rejected = Array.from({ length: 400 }, () => testUniformity(Array.from({ length: 40 }, random)).p).filter(
      (p) => p < 0.05,
    ).length
    expect(rejected).toBeGreaterThan(8)
    expect(rejected).toBeLessThan(34)
    expect(testUniformity(Array.from({ length: 40 }, () => random() ** 3)).p).toBeLessThan(0.001)
    expect(() => testUniformity([])).toThrow(RangeError)
    expect(() => testUniformity([1.5])).toThrow(RangeError)
  })
})
