import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureInterlock } from '../../../src/measure/index.ts'
import { InputError } from '../../../src/record/index.ts'
import { cascara, hocketA, hocketB, type Manner, play, scatter, silence, son, span, toss, weavers } from './play.ts'

const parts = ['presence', 'pulse', 'space', 'evenness', 'refrain', 'variety'] as const
const names = Object.keys(weavers)
const scoreOf = (a: string, b: string, how: Manner = {}, howB: Manner = {}) =>
  measureInterlock(play(a, 1, how), play(b, 2, { ...how, ...howB }), span).score
const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const weaversPlayed = (how: Manner = {}) =>
  meanOf(names.map((name) => scoreOf(...(weavers[name] as [string, string]), how)))
const seeds = [1, 2, 3, 4, 5]

const structural: Record<string, () => number> = {
  'unison of a clave': () => scoreOf(son, son),
  'unison with pitches': () => scoreOf('12..12.1', '12..12.1'),
  'a flam of 20 ms': () => scoreOf(cascara, cascara, {}, { start: 0.12 }),
  'metronomes together': () => scoreOf('x...', 'x...'),
  'metronomes in turn': () => scoreOf('x.', '.x'),
  'metronomes 3 to 2': () => scoreOf('x..', 'x.'),
  'one silent': () => measureInterlock(play(cascara, 1), silence, span).score,
  'one hardly there': () => scoreOf(cascara, `${'.'.repeat(63)}x`),
  'flood over a clave': () => scoreOf(son, 'x'),
  'flood over a hocket': () => scoreOf(hocketA, 'x'),
  'another tempo': () => scoreOf(son, cascara, {}, { bpm: 112 * 1.137 }),
  'amadinda without its pitches': () =>
    measureInterlock({ onsets: play('1.', 1).onsets }, { onsets: play('.1', 2).onsets }, span).score,
}
const displaced: Record<string, () => number> = {
  'detuned 4 %': () => scoreOf(hocketA, hocketB, {}, { bpm: 112 * 1.04 }),
  'detuned 1 %': () => scoreOf(son, cascara, {}, { bpm: 112 * 1.01 }),
  'half a cell apart': () => scoreOf(hocketA, hocketB, {}, { start: 0.1 + 7.5 / 112 }),
  'eight seconds, then silence': () => scoreOf(hocketA, hocketB, {}, { until: 8 }),
  'no pulse at all': () => meanOf(seeds.map((s) => measureInterlock(scatter(4, s), scatter(4, 50 + s), span).score)),
  'no pulse, dense': () => meanOf(seeds.map((s) => measureInterlock(scatter(8, s), scatter(8, 50 + s), span).score)),
  'no pulse against a clave': () => meanOf(seeds.map((s) => measureInterlock(play(son, s), scatter(3, s), span).score)),
}

describe('what weaves and what does not', () => {
  test.each(names)('%s weaves', (name) => {
    const [a, b] = weavers[name] as [string, string]
    expect(scoreOf(a, b)).toBeGreaterThanOrEqual(0.75)
  })
  test.each(Object.keys(structural))('%s does not', (name) => {
    expect(structural[name]?.()).toBeLessThanOrEqual(0.15)
  })
  test.each(Object.keys(displaced))('%s does not', (name) => {
    expect(displaced[name]?.()).toBeLessThanOrEqual(0.15)
  })
  test('coin tosses on the pulse stay between', () => {
    const mean = meanOf(seeds.map((s) => measureInterlock(toss(0.4, s), toss(0.4, 50 + s), span).score))
    expect(mean).toBeGreaterThan(0.2)
    expect(mean).toBeLessThan(0.35)
  })
  test('amadinda is heard by its pitches', () => {
    const [a, b] = weavers['amadinda_pitched'] as [string, string]
    expect(scoreOf(a, b)).toBeGreaterThan(0.75)
    const bare = [play(a, 1), play(b, 2)].map(({ onsets }) => ({ onsets })) as [
      { onsets: number[] },
      { onsets: number[] },
    ]
    expect(measureInterlock(...bare, span)).toMatchObject({ score: 0, variety: 0 })
  })
})

describe('played by people', () => {
  const steady = weaversPlayed()
  test('20 ms of looseness is forgiven, 50 ms is no pulse', () => {
    expect(weaversPlayed({ jitter: 0.02 })).toBeGreaterThan(0.9)
    expect(weaversPlayed({ jitter: 0.05 })).toBeLessThan(0.15)
  })
  test('looser never scores higher', () => {
    const means = [0.005, 0.02, 0.03, 0.05].map((jitter) => weaversPlayed({ jitter }))
    means.slice(1).forEach((mean, i) => {
      expect(mean).toBeLessThanOrEqual((means[i] as number) + 0.01)
    })
  })
  test.each([0.1, 0.2, 0.33])('swing %f costs little', (swing) => {
    expect(steady - weaversPlayed({ swing })).toBeLessThan(0.02)
  })
  test.each([0.08, 0.15, -0.15])('tempo drifting by %f costs little', (drift) => {
    expect(steady - weaversPlayed({ drift })).toBeLessThan(0.02)
  })
  test.each([80, 140, 170])('%i bpm: the same score, the right tatum', (bpm) => {
    expect(Math.abs(steady - weaversPlayed({ bpm }))).toBeLessThan(0.02)
    const [a, b] = [play(son, 1, { bpm }), play(cascara, 2, { bpm })]
    expect((measureInterlock(a, b, span).tatumSeconds as number) * bpm).toBeCloseTo(15, 1)
  })
  test('the more a pattern is changed, the less refrain', () => {
    const means = [0, 0.1, 0.3, 0.5].map((mutate) =>
      meanOf(
        seeds.map(
          (s) =>
            measureInterlock(play(hocketA, s, { mutate }), play(hocketB, 50 + s, { mutate }), span).refrain as number,
        ),
      ),
    )
    means.slice(1).forEach((mean, i) => {
      expect(mean).toBeLessThanOrEqual(means[i] as number)
    })
    expect(means[1]).toBeGreaterThan(0.95)
    expect(means[3]).toBeLessThan(0.3)
  })
})

describe('a known clock', () => {
  const clock = { bpm: 112, startSeconds: 0.1 }
  test('gives the score that estimation gives, and estimation agrees', () => {
    const [a, b] = [play(hocketA, 1, { jitter: 0.02 }), play(hocketB, 2, { jitter: 0.02 })]
    const known = measureInterlock(a, b, { ...span, clock })
    expect(known.score).toBeCloseTo(measureInterlock(a, b, span).score, 1)
    expect(known.tatumSeconds).toBe(15 / 112)
    expect((known.estimatedTatumSeconds as number) / (15 / 112)).toBeCloseTo(1, 2)
  })
  test('two who keep another tempo do not keep the pulse, and estimation says which', () => {
    const [a, b] = [play(hocketA, 1, { bpm: 120 }), play(hocketB, 2, { bpm: 120 })]
    const known = measureInterlock(a, b, { ...span, clock })
    expect(known).toMatchObject({ score: 0, pulse: 0 })
    expect((known.estimatedTatumSeconds as number) * 120).toBeCloseTo(15, 1)
  })
  test('swing is taken out, however strong', () => {
    const [a, b] = [play(hocketA, 1, { swing: 0.5 }), play(hocketB, 2, { swing: 0.5 })]
    expect(measureInterlock(a, b, { ...span, clock: { ...clock, swing: 0.5 } }).pulse).toBe(1)
    expect(measureInterlock(a, b, { ...span, clock }).pulse).toBeLessThan(0.2)
  })
  test('both may be late together, one alone by half a cell may not', () => {
    const late = { start: 0.1 + 7.5 / 112 }
    const lateB = play(hocketB, 2, late)
    expect(measureInterlock(play(hocketA, 1, late), lateB, { ...span, clock }).score).toBeGreaterThan(0.9)
    expect(measureInterlock(play(hocketA, 1), lateB, { ...span, clock }).score).toBe(0)
  })
})

describe('silence', () => {
  test('fewer than six events: score 0, the rest null with reasons', () => {
    const five = { onsets: [0, 1, 2, 3, 4] }
    const reading = measureInterlock(play(son, 1), five, span)
    expect(reading).toMatchObject({ score: 0, pulse: null, variety: null, tatumSeconds: null })
    for (const field of [...parts, 'tatumSeconds', 'estimatedTatumSeconds'] as const) {
      expect(reading[field]).toBeNull()
      expect(reading.undefined[field]).toMatch(/5 attacks/)
    }
  })
  test('chords are one attack', () => {
    const chords = { onsets: [0, 0.001, 1, 1, 2, 2, 3, 3], marks: ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'] }
    expect(measureInterlock(chords, play(son, 1), span).undefined['pulse']).toMatch(/4 attacks/)
  })
})

const times = fc
  .array(fc.integer({ min: 0, max: 20000 }), { maxLength: 80 })
  .map((ms) => ms.sort((p, q) => p - q).map((t) => t / 1000))
const streams = times.chain((onsets) =>
  fc.record({
    onsets: fc.constant(onsets),
    marks: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: onsets.length, maxLength: onsets.length }),
  }),
)
const pairs = fc.oneof(
  fc.record({ a: streams, b: streams }),
  fc
    .record({
      seed: fc.nat(1000),
      mutate: fc.double({ min: 0, max: 0.5, noNaN: true }),
      jitter: fc.double({ min: 0, max: 0.04, noNaN: true }),
    })
    .map(({ seed, ...how }) => ({ a: play(hocketA, seed, how), b: play(son, seed + 1, how) })),
)
const fields = (reading: ReturnType<typeof measureInterlock>) => [reading.score, ...parts.map((part) => reading[part])]

describe('told otherwise', () => {
  test('in 0..1 or null, never NaN, and symmetric', () => {
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        const forth = fields(measureInterlock(a, b, span))
        for (const value of forth) if (value !== null) expect(value >= 0 && value <= 1).toBe(true)
        fields(measureInterlock(b, a, span)).forEach((value, i) => {
          expect(value ?? -1).toBeCloseTo(forth[i] ?? -1, 9)
        })
      }),
      { numRuns: 60 },
    )
  })
  test('names of marks mean nothing', () => {
    const rename = (s: { onsets: number[]; marks: string[] }) => ({ ...s, marks: s.marks.map((mark) => `<${mark}>`) })
    fc.assert(
      fc.property(pairs, ({ a, b }) => {
        expect(measureInterlock(rename(a), rename(b), span)).toEqual(measureInterlock(a, b, span))
      }),
      { numRuns: 40 },
    )
  })
  test('a later start means nothing', () => {
    const shift = (s: { onsets: number[]; marks: string[] }, by: number) => ({
      ...s,
      onsets: s.onsets.map((t) => t + by),
    })
    fc.assert(
      fc.property(fc.nat(100), fc.integer({ min: 1, max: 4000 }), (seed, quarters) => {
        const by = quarters / 4
        const [a, b] = [play(hocketA, seed, { mutate: 0.2 }), play(son, seed + 1, { jitter: 0.015 })]
        const later = measureInterlock(shift(a, by), shift(b, by), { startSeconds: by, endSeconds: by + 30 })
        const here = fields(measureInterlock(a, b, span))
        fields(later).forEach((value, i) => {
          expect(value).toBeCloseTo(here[i] as number, 6)
        })
      }),
      { numRuns: 25 },
    )
  })
})

describe('bad input', () => {
  const good = play(son, 1)
  const cases: [string, Parameters<typeof measureInterlock>, RegExp][] = [
    ['unsorted', [{ onsets: [0, 2, 1] }, good], /^a\.onsets\[2\]: expected 2 s or later, got 1 s/],
    ['negative', [good, { onsets: [-1, 2] }], /^b\.onsets\[0\].*got -1/],
    ['infinite', [good, { onsets: [0, Number.POSITIVE_INFINITY] }], /^b\.onsets\[1\].*finite/],
    ['not a number', [{ onsets: [Number.NaN] }, good], /^a\.onsets\[0\].*got NaN/],
    [
      'marks missing',
      [{ onsets: [0, 1], marks: ['x'] }, good],
      /^a\.marks: expected as many marks as onsets \(2\), got 1/,
    ],
    ['a span that runs back', [good, good, { startSeconds: 3, endSeconds: 2 }], /^endSeconds/],
    ['a clock that stands still', [good, good, { clock: { bpm: 0, startSeconds: 0 } }], /^clock\.bpm/],
    ['a swing of a whole cell', [good, good, { clock: { bpm: 120, startSeconds: 0, swing: 1 } }], /^clock\.swing/],
  ]
  test.each(cases)('%s', (_, args, message) => {
    expect(() => measureInterlock(...args)).toThrow(InputError)
    expect(() => measureInterlock(...args)).toThrow(message)
  })
})
