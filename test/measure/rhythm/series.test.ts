import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createInterlockStream,
  interlockSeries,
  measureInterlock,
  summariseInterlock,
} from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { cascara, hocketA, hocketB, play, silence, son } from './play.ts'

const settings = { windowSeconds: 12, hopSeconds: 2 }
const a = play(hocketA, 1, { mutate: 0.1, jitter: 0.015 })
const b = play(hocketB, 2, { mutate: 0.1, jitter: 0.015, until: 24 })
const cut = (s: typeof a, end: number) => {
  const kept = s.onsets.filter((t) => t < end).length
  return { onsets: s.onsets.slice(0, kept), marks: s.marks.slice(0, kept) }
}

describe('interlock as it goes', () => {
  const moments = interlockSeries(a, b, { ...settings, endSeconds: 30 })

  test('one moment at the end of every window', () => {
    expect(moments.map(({ seconds }) => seconds)).toEqual([12, 14, 16, 18, 20, 22, 24, 26, 28, 30])
  })
  test('each is what measureInterlock says of that window', () => {
    for (const { seconds, ...moment } of moments) {
      const span = { startSeconds: seconds - 12, endSeconds: seconds }
      const { estimatedTatumSeconds, ...offline } = measureInterlock(a, b, span)
      expect(moment).toEqual(offline)
      expect(estimatedTatumSeconds).toBe(offline.tatumSeconds)
    }
  })
  test('hears a part leave', () => {
    const scores = new Map(moments.map(({ seconds, score }) => [seconds, score]))
    expect(scores.get(24)).toBeGreaterThan(0.8)
    expect(scores.get(30)).toBeLessThan(0.5)
  })
  test('what comes later changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1200, max: 3000 }), (hundredths) => {
        const end = hundredths / 100
        const early = interlockSeries(cut(a, end), cut(b, end), { ...settings, endSeconds: end })
        expect(early).toEqual(moments.slice(0, early.length))
        expect(early.length).toBe(Math.floor((end - 12) / 2) + 1)
      }),
      { numRuns: 15 },
    )
  })
  test('fed event by event, with pauses anywhere, it says the same', () => {
    const events = [
      ...a.onsets.map((t, i) => ({ t, name: 'a' as const, mark: a.marks[i] as string })),
      ...b.onsets.map((t, i) => ({ t, name: 'b' as const, mark: b.marks[i] as string })),
    ].sort((p, q) => p.t - q.t)
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: events.length, maxLength: events.length }), (pauses) => {
        const stream = createInterlockStream(settings)
        const fed = events.flatMap(({ t, name, mark }, i) => [
          ...(pauses[i] ? stream.advance(t) : []),
          ...stream.push(name, t, mark),
        ])
        expect([...fed, ...stream.advance(30)]).toEqual(moments)
      }),
      { numRuns: 5 },
    )
  })
  test('a known clock counts from the same origin in every window', () => {
    const clock = { bpm: 112, startSeconds: 0.1, swing: 0.5 }
    const swung = [play(son, 1, { swing: 0.5 }), play(cascara, 2, { swing: 0.5 })] as const
    for (const { pulse } of interlockSeries(...swung, { ...settings, hopSeconds: 1.7, clock })) expect(pulse).toBe(1)
  })
})

describe('one reading for a whole run', () => {
  test('is the mean over its windows, silent ones counted in the score only', () => {
    const moments = interlockSeries(a, b, { ...settings, hopSeconds: 6, endSeconds: 48 })
    const whole = summariseInterlock(moments)
    const scores = moments.map(({ score }) => score)
    expect(scores.at(-1)).toBe(0)
    expect(whole.score).toBeCloseTo(scores.reduce((sum, score) => sum + score, 0) / scores.length, 12)
    expect(whole.pulse).toBeCloseTo(1, 6)
    expect(whole.undefined).toEqual({})
  })
  test('of silence: 0, and null with reasons', () => {
    const whole = summariseInterlock(interlockSeries(silence, silence, { ...settings, endSeconds: 30 }))
    expect(whole).toMatchObject({ score: 0, refrain: null, tatumSeconds: null })
    expect(whole.undefined['refrain']).toMatch(/0 attacks/)
    expect(summariseInterlock([]).undefined['pulse']).toMatch(/no window/)
  })
})

describe('bad input', () => {
  test('settings', () => {
    expect(() => createInterlockStream({ windowSeconds: 0, hopSeconds: 2 })).toThrow(
      /^windowSeconds: expected .* got 0/,
    )
    expect(() => createInterlockStream({ windowSeconds: 8, hopSeconds: Number.NaN })).toThrow(InputError)
  })
  test('events out of order', () => {
    const stream = createInterlockStream(settings)
    stream.push('a', 3)
    expect(() => stream.push('b', 2)).toThrow(/^b\.onset: expected 3 s or later, got 2 s/)
  })
  test('times that count from 1970', () => {
    const epoch = { onsets: [1.7e9, 1.7e9 + 1] }
    expect(() => interlockSeries(epoch, epoch, settings)).toThrow(/^span: expected at most 86400 s/)
    expect(() => createInterlockStream(settings).push('a', 1.7e9)).toThrow(/within 86400 s/)
  })
})
