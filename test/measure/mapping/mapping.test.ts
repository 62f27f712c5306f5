// Consonance of motifs and likeness of meanings.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consonanceOfMotifs,
  createMeanings,
  likenessOfMeanings,
  measureSound,
  soundOfNotes,
} from '../../../src/measure/index.ts'

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
