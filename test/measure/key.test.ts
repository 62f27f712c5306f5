// Key from chroma: Krumhansl's own correlations, transposition, and what has no key.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HeardFrame } from '../../src/hear/index.ts'
import { findKey, measureKey } from '../../src/measure/index.ts'
import { relateKeys } from '../../src/node/second-ear/index.ts'
import { hear } from '../hear/listening.ts'
import { chromaOfNotes } from '../node/second-ear/notes.ts'
import { cadence } from '../node/second-ear/sounds.ts'
import { shippedLibrary } from '../party/library.ts'

const scale = (tonic: number, steps: readonly number[]) =>
  Float64Array.from({ length: 12 }, (_, i) => (steps.includes((i - tonic + 12) % 12) ? 1 : 0))
const major = [0, 2, 4, 5, 7, 9, 11]

describe('findKey', () => {
  test('a scale with its tonic and fifth stressed is in that key', () => {
    const chroma = scale(2, major)
    for (const stressed of [2, 9]) chroma[stressed] = 2
    expect(findKey(chroma)).toMatchObject({ tonic: 2, mode: 'major' })
  })
  test('a minor triad is in its minor key, a major triad in its major key', () => {
    expect(findKey(scale(9, [0, 3, 7]))).toMatchObject({ tonic: 9, mode: 'minor' })
    expect(findKey(scale(5, [0, 4, 7]))).toMatchObject({ tonic: 5, mode: 'major' })
  })
  const chromas = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 })
  test('transposing moves the tonic and nothing else', () => {
    fc.assert(
      fc.property(chromas, fc.integer({ min: 0, max: 11 }), (chroma, up) => {
        const here = findKey(chroma)
        const there = findKey(chroma.map((_, i) => chroma[(i - up + 12) % 12] as number))
        expect(there?.strength ?? null).toEqual(here === null ? null : expect.closeTo(here.strength, 9))
        if (here === null || there === null) return
        const moved = { tonic: (here.tonic + up) % 12, mode: here.mode }
        // Two keys may fit equally well; then either may be named.
        if (there.tonic !== moved.tonic) expect(there.strength).toBeCloseTo(here.strength, 9)
        else expect(there.mode).toBe(moved.mode)
      }),
    )
  })
  test('scale and offset of the chroma do not matter; strength is a correlation', () => {
    fc.assert(
      fc.property(chromas, fc.integer({ min: 1, max: 1000 }), (chroma, factor) => {
        const here = findKey(chroma)
        const louder = findKey(chroma.map((value) => factor * value))
        fc.pre(here !== null && louder !== null && here.strength > 0.01)
        expect(louder?.strength).toBeCloseTo(here?.strength ?? NaN, 6)
        expect(Math.abs(here?.strength ?? NaN)).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })
  test('nothing and evenness have no key', () => {
    expect(findKey(new Float64Array(12))).toBeNull()
    expect(findKey(new Float64Array(12).fill(0.3))).toBeNull()
  })
  test("the notes of the library's tracks: 50 or more of 72 keys are found, as docs/second-ear.md says", () => {
    const right = shippedLibrary.tracks.filter((track) => {
      const key = findKey(chromaOfNotes(track, ['drop', 'break']))
      return key !== null && relateKeys(track.key, key) === 'same'
    })
    expect(right.length).toBeGreaterThanOrEqual(50)
  })
})

describe('measureKey', () => {
  test('a heard cadence in C major', () => {
    const { key, undefined: none } = measureKey(hear([cadence(0.5)]).frames, [0])
    expect(key).toMatchObject({ tonic: 0, mode: 'major' })
    expect(key?.strength).toBeGreaterThan(0.8)
    expect(none).toEqual({})
  })
  test('the stems in question count, others do not', () => {
    const silence = new Float32Array(96_000)
    const { frames } = hear([silence, cadence(0.5)])
    expect(measureKey(frames, [1]).key).toMatchObject({ tonic: 0, mode: 'major' })
    expect(measureKey(frames, [0])).toEqual({ key: null, undefined: { key: 'silence, or sound without tones' } })
    expect(measureKey(frames, [0, 1])).toEqual(measureKey(frames, [1]))
  })
  test('no frames, no key', () => {
    expect(measureKey([] as HeardFrame[], [0])).toEqual({
      key: null,
      undefined: { key: 'silence, or sound without tones' },
    })
  })
})
