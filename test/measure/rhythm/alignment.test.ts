import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureAsynchrony, measureCollisions } from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { cascara, hocketA, hocketB, play, silence, son, span } from './play.ts'

const onsetLists = fc
  .array(fc.integer({ min: 0, max: 9000 }), { maxLength: 40 })
  .map((ms) => ms.sort((p, q) => p - q).map((t) => t / 1000))

describe('collisions', () => {
  const share = (a: number[], b: number[]) => measureCollisions({ onsets: a }, { onsets: b }).collisions
  test('counted by hand', () => {
    expect(share([1, 2, 3, 4], [0.97, 2.031, 3.02, 5, 6])).toBe(0.5)
    expect(share([1, 2], [1.02, 1.97, 2.02, 8])).toBe(1)
  })
  test('unison all, hocket none, silence null', () => {
    expect(share(play(son, 1).onsets, play(son, 2).onsets)).toBe(1)
    expect(share(play(hocketA, 1).onsets, play(hocketB, 2).onsets)).toBe(0)
    expect(measureCollisions(silence, play(son, 1))).toEqual({
      collisions: null,
      undefined: { collisions: 'a stream is silent' },
    })
  })
  test('son inside cascara: the three of five that meet', () => {
    expect(share(play(son, 1).onsets, play(cascara, 2).onsets)).toBeCloseTo(3 / 5, 1)
  })
  test('symmetric and as a slow count says', () => {
    const slow = (a: number[], b: number[]) =>
      a.filter((t) => b.some((u) => Math.abs(t - u) < 0.0305)).length / a.length
    const sparse = (list: number[]) => list.filter((t, i) => i === 0 || t - (list[i - 1] as number) > 0.0051)
    fc.assert(
      fc.property(onsetLists, onsetLists, (p, q) => {
        const [a, b] = [sparse(p), sparse(q)]
        const got = share(a, b)
        expect(share(b, a)).toBe(got)
        if (a.length === 0 || b.length === 0) expect(got).toBeNull()
        else if (a.length < b.length) expect(got).toBeCloseTo(slow(a, b), 12)
      }),
    )
  })
  test('bad input', () => {
    expect(() => share([1, Number.NaN], [])).toThrow(InputError)
  })
})

describe('asynchrony', () => {
  test('of one who is late by 12 ms, give or take 4', () => {
    const cells = Array.from({ length: 120 }, (_, k) => 0.5 + k * 0.125)
    const late = cells.map((t, k) => t + 0.012 + (k % 2 === 0 ? 0.004 : -0.004))
    const { meanSeconds, sdSeconds, count } = measureAsynchrony({ onsets: late }, { onsets: cells })
    expect(count).toBe(120)
    expect(meanSeconds).toBeCloseTo(0.012, 9)
    expect(sdSeconds).toBeCloseTo(0.004 * Math.sqrt(120 / 119), 9)
  })
  test('a and b exchanged: the sign turns, the rest stays', () => {
    const [a, b] = [play(son, 1, { jitter: 0.01 }), play(cascara, 2, { jitter: 0.01, start: 0.11 })]
    const [forth, back] = [measureAsynchrony(a, b, span), measureAsynchrony(b, a, span)]
    expect(forth.meanSeconds).toBeLessThan(0)
    expect(back.meanSeconds).toBeCloseTo(-(forth.meanSeconds as number), 12)
    expect([back.sdSeconds, back.count]).toEqual([forth.sdSeconds, forth.count])
  })
  test('itself: no difference at all', () => {
    expect(measureAsynchrony(play(son, 1), play(son, 1), span)).toMatchObject({ meanSeconds: 0, sdSeconds: 0 })
  })
  test('nothing in common: null with a reason', () => {
    for (const other of [silence, play(hocketB, 2)]) {
      const { meanSeconds, sdSeconds, count, undefined: reasons } = measureAsynchrony(play(hocketA, 1), other, span)
      expect([meanSeconds, sdSeconds, count]).toEqual([null, null, 0])
      expect(reasons['meanSeconds']).toMatch(/no cell/)
    }
  })
  test('finite or null, whatever comes', () => {
    fc.assert(
      fc.property(onsetLists, onsetLists, (a, b) => {
        const { meanSeconds, sdSeconds, count, undefined: reasons } = measureAsynchrony({ onsets: a }, { onsets: b })
        expect(meanSeconds === null).toBe(count === 0)
        expect(sdSeconds === null).toBe(count < 2)
        expect(Number.isFinite(meanSeconds ?? 0) && Number.isFinite(sdSeconds ?? 0)).toBe(true)
        expect('sdSeconds' in reasons).toBe(sdSeconds === null)
      }),
      { numRuns: 60 },
    )
  })
})
