import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { averagePatternSurvival, measurePatternSurvival } from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { cascara, hocketA, hocketB, type Manner, play, scatter, silence, son, span, toss } from './play.ts'

const survive = (
  own: Parameters<typeof measurePatternSurvival>[0],
  other: Parameters<typeof measurePatternSurvival>[1],
) => measurePatternSurvival(own, other, span)
const loose: Manner = { jitter: 0.01 }

describe('pattern survival', () => {
  test('beside silence all of it survives', () => {
    expect(survive(play(son, 1), silence)).toEqual({ survival: 1, periodCells: 16, undefined: {} })
    expect(survive(play(cascara, 1), { onsets: [4, 9] }).survival).toBeGreaterThan(0.95)
  })
  test('unison keeps the rhythm', () => {
    expect(survive(play(son, 1, loose), play(son, 2, loose)).survival).toBeGreaterThan(0.99)
  })
  test('a hocket of two timbres keeps both, of one timbre neither', () => {
    const timbres = [play(hocketA, 1, { mark: 'bell' }), play(hocketB, 2, { mark: 'wood' })] as const
    expect(survive(...timbres).survival).toBeGreaterThan(0.99)
    expect(survive(timbres[1], timbres[0]).survival).toBeGreaterThan(0.99)
    expect(survive(play(hocketA, 1), play(hocketB, 2)).survival).toBeLessThan(0.1)
  })
  test('a flood of the same sound leaves nothing, of another sound about half', () => {
    expect(survive(play(son, 1), play('x', 2)).survival).toBeLessThan(0.05)
    const other = survive(play(hocketA, 1), play('x', 2, { mark: 'hat' })).survival
    expect(other).toBeGreaterThan(0.3)
    expect(other).toBeLessThan(0.7)
  })
  test('the denser the other, the less survives', () => {
    for (const mark of ['x', 'other']) {
      const values = [0.1, 0.3, 0.5, 0.8].map(
        (chance) => survive(play(son, 1), toss(chance, 7, { mark })).survival as number,
      )
      values.slice(1).forEach((value, i) => {
        expect(value).toBeLessThan(values[i] as number)
      })
    }
  })
  test('without a refrain there is nothing to survive', () => {
    for (const own of [scatter(4, 3), toss(0.4, 5)]) {
      const { survival, periodCells, undefined: reasons } = survive(own, play(son, 1))
      expect([survival, periodCells]).toEqual([null, null])
      expect(reasons['survival']).toMatch(/no more than shuffled|keeps no pulse/)
    }
    expect(survive({ onsets: [1, 2, 3] }, play(son, 1)).undefined['survival']).toMatch(/3 attacks/)
  })
  test('a known clock finds the same', () => {
    const [a, b] = [play(son, 1), toss(0.5, 7)]
    const clock = { bpm: 112, startSeconds: 0.1 }
    const known = measurePatternSurvival(a, b, { ...span, clock })
    expect(known.periodCells).toBe(16)
    expect(known.survival).toBeCloseTo(survive(a, b).survival as number, 2)
  })
  test('in 0..1 or null; shift and names of marks mean nothing', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (seed, chance, same) => {
        const [own, other] = [play(hocketA, seed, { mutate: 0.15 }), toss(chance, seed + 1, { mark: same ? 'x' : 'y' })]
        const { survival } = survive(own, other)
        expect(survival === null || (survival >= 0 && survival <= 1)).toBe(true)
        const renamed = [own, other].map((s) => ({ ...s, marks: s.marks.map((m) => `${m}${m}`) })) as [
          typeof own,
          typeof own,
        ]
        expect(survive(...renamed).survival).toBe(survival)
        const later = [own, other].map((s) => ({ ...s, onsets: s.onsets.map((t) => t + 64) })) as [
          typeof own,
          typeof own,
        ]
        const shifted = measurePatternSurvival(...later, { startSeconds: 64, endSeconds: 94 }).survival
        expect(shifted ?? -1).toBeCloseTo(survival ?? -1, 6)
      }),
      { numRuns: 25 },
    )
  })
  test('bad input is named by whose it is', () => {
    expect(() => survive(play(son, 1), { onsets: [2, 1] })).toThrow(InputError)
    expect(() => survive(play(son, 1), { onsets: [2, 1] })).toThrow(/^other\.onsets\[1\]/)
    expect(() => survive({ onsets: [0], marks: [] }, silence)).toThrow(/^own\.marks/)
  })
})

describe('survival over minutes', () => {
  const settings = { windowSeconds: 15, hopSeconds: 5, startSeconds: 0, endSeconds: 60 }
  const whole = { seconds: 60 }
  const join = (early: string, late: string, seed: number) => {
    const [p, q] = [play(early, seed, { ...whole, until: 30 }), play(late, seed, whole)]
    const kept = q.onsets.filter((t) => t < 30).length
    return { onsets: [...p.onsets, ...q.onsets.slice(kept)], marks: [...p.marks, ...q.marks.slice(kept)] }
  }
  test('a refrain that changes half way is a refrain in each half', () => {
    const own = join(hocketA, cascara.replaceAll('x', '2'), 1)
    const other = play('x', 2, whole)
    const mean = averagePatternSurvival(own, other, settings).survival as number
    // flooded by its own sound in the first half, heard by its mark in the second
    expect(mean).toBeGreaterThan(0.1)
    expect(mean).toBeLessThan(0.5)
  })
  test('a steady one: the same as over the whole', () => {
    const [own, other] = [play(son, 1, whole), toss(0.4, 7, whole)]
    const { survival, periodCells } = averagePatternSurvival(own, other, settings)
    expect(periodCells).toBe(16)
    expect(survival).toBeCloseTo(
      measurePatternSurvival(own, other, { startSeconds: 0, endSeconds: 60 }).survival as number,
      0,
    )
  })
  test('never a refrain, never a window: null with the reason', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { survival, undefined: reasons } = averagePatternSurvival(scatter(4, seed, 60), silence, settings)
      expect(survival).toBeNull()
      expect(reasons['survival']).toMatch(/^own stream has a refrain in \d of 10 windows/)
    }
    const short = averagePatternSurvival(play(son, 1), silence, { ...settings, endSeconds: 10 })
    expect(short).toMatchObject({
      survival: null,
      undefined: { survival: 'own stream has a refrain in 0 of 0 windows' },
    })
    expect(() => averagePatternSurvival(silence, silence, { ...settings, hopSeconds: 0 })).toThrow(/^hopSeconds/)
  })
})
