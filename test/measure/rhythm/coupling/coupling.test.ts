import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CouplingReading, type EventStream, measureCoupling } from '../../../../src/measure/index.ts'
import { cascara, hocketA, hocketB, play, silence, son } from '../play.ts'
import { countFound, followers, partners, strangers } from './ensembles.ts'
import { swapDirections } from './figures.ts'
import { type Duet, playDuet } from './players.ts'

const fields = ['aToB', 'bToA', 'pAToB', 'pBToA', 'leader', 'channel'] as const
const many = (make: (i: number) => Duet, count: number) => Array.from({ length: count }, (_, i) => make(i))

function expectSound(reading: CouplingReading): void {
  for (const size of [reading.aToB, reading.bToA]) if (size !== null) expect(size).toBeGreaterThanOrEqual(0)
  for (const p of [reading.pAToB, reading.pBToA])
    if (p !== null) {
      expect(p).toBeGreaterThan(0)
      expect(p).toBeLessThanOrEqual(1)
    }
  for (const field of fields) expect(reading.undefined[field] === undefined, field).toBe(reading[field] !== null)
}

test('who ignores the other is found in 5 of 100 tests and two standard errors more at most', () => {
  const readings = Object.entries(strangers)
    .filter(([name]) => name !== 'tempo breathes 1 % in 6 s') // a limit: docs/measures/coupling.md
    .flatMap(([, make]) => many(make, 6).map(([a, b]) => measureCoupling(a, b)))
  const { known, aToB, bToA } = countFound(readings)
  expect(known).toBeGreaterThanOrEqual(100)
  const tests = 2 * known
  expect((aToB + bToA) / tests).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / tests))
  expect(aToB + bToA).toBeGreaterThan(0)
})

test.each(Object.keys(followers))('%s: found, with the right leader, on either side', (name) => {
  const duets = many(followers[name] as (i: number) => Duet, 6)
  const readings = duets.map(([a, b], i) =>
    i % 2 === 0 ? measureCoupling(a, b) : swapDirections(measureCoupling(b, a)),
  )
  const { aToB, bToA, leaderA, leaderB } = countFound(readings)
  expect(aToB).toBeGreaterThanOrEqual(5)
  expect(leaderA).toBe(aToB)
  expect(leaderB).toBe(0)
  expect(bToA).toBeLessThanOrEqual(2)
})

test.each(['each copies half, two minutes', 'each corrects by half, two minutes'])('%s: both ways', (name) => {
  const readings = many(partners[name] as (i: number) => Duet, 3).map(([a, b]) => measureCoupling(a, b))
  expect(countFound(readings)).toMatchObject({ aToB: 3, bToA: 3 })
})

test('a closer follower has the larger size', () => {
  const sizeAt = (chance: number) => {
    const duets = many(
      (i) => playDuet({ pattern: son }, { pattern: cascara, copies: { chance, lag: 1 } }, `closer ${i}`),
      6,
    )
    return duets.reduce((sum, [a, b]) => sum + (measureCoupling(a, b).aToB ?? 0), 0) / duets.length
  }
  const sizes = [0, 0.4, 0.7, 1].map(sizeAt)
  expect(sizes).toEqual([...sizes].sort((p, q) => p - q))
})

const duet = fc
  .record({ seed: fc.nat(1e6), chance: fc.constantFrom(0, 0.3, 0.8), swing: fc.constantFrom(0, 0.3) })
  .map(({ seed, chance, swing }) =>
    playDuet({ pattern: hocketA, swing }, { pattern: hocketB, swing, copies: { chance, lag: 2 } }, `any ${seed}`),
  )

test('a and b may change places, and the same streams give the same answer', () => {
  fc.assert(
    fc.property(duet, ([a, b]) => {
      const reading = measureCoupling(a, b)
      expect(measureCoupling(a, b)).toEqual(reading)
      expect(measureCoupling(b, a)).toEqual(swapDirections(reading))
    }),
    { numRuns: 8 },
  )
})

test('a later start changes nothing, on an estimated pulse and on a known clock', () => {
  const later = (stream: EventStream): EventStream => ({ onsets: stream.onsets.map((onset) => onset + 7.25) })
  const beat = { bpm: 112, startSeconds: 0.1 }
  fc.assert(
    fc.property(duet, fc.boolean(), ([a, b], known) => {
      const reading = measureCoupling(a, b, { endSeconds: 30, clock: known ? beat : undefined })
      const moved = {
        startSeconds: 7.25,
        endSeconds: 37.25,
        clock: known ? { ...beat, startSeconds: 7.35 } : undefined,
      }
      const same = measureCoupling(later(a), later(b), moved)
      expect(same.pAToB).toBe(reading.pAToB)
      expect(same.pBToA).toBe(reading.pBToA)
      expect(same.leader).toBe(reading.leader)
      expect(same.aToB).toBeCloseTo(reading.aToB ?? Number.NaN, 6)
      expect(same.bToA).toBeCloseTo(reading.bToA ?? Number.NaN, 6)
    }),
    { numRuns: 6 },
  )
})

test('what the marks are called, and whether there are any, changes nothing', () => {
  const [a, b] = [play(son, 1, { mutate: 0.1 }), play(cascara, 2, { mutate: 0.1 })]
  const named = measureCoupling(a, b)
  const renamed = ({ onsets }: EventStream) => ({ onsets, marks: onsets.map((_, i) => `mark ${i % 3}`) })
  expect(measureCoupling(renamed(a), renamed(b))).toEqual(named)
  expect(measureCoupling({ onsets: a.onsets }, { onsets: b.onsets })).toEqual(named)
})

const loop = play(son, 1, { mutate: 0.1 })
const regular = (pattern: string) => play(pattern, 1, { jitter: 0 })
test.each<[string, EventStream, EventStream, RegExp]>([
  ['silence', loop, silence, /0 attacks, a rhythm needs 6/],
  ['few events', loop, { onsets: [1, 2, 3, 4, 5] }, /5 attacks/],
  ['one and the same stream', loop, loop, /both streams are the same/],
  ['two seconds together', loop, play(cascara, 2, { until: 2 }), /sound together for \d+ cells, a test needs 70/],
  ['one after the other', play(son, 1, { until: 9 }), play(son, 2, { start: 12 }), /together for 0 cells/],
  ['two machines', regular(son), regular(cascara), /departs neither/],
])('%s: nothing is said, and why', (_, a, b, reason) => {
  const reading = measureCoupling(a, b)
  expectSound(reading)
  for (const field of ['aToB', 'bToA', 'pAToB', 'pBToA'] as const) {
    expect(reading[field]).toBeNull()
    expect(reading.undefined[field]).toMatch(reason)
  }
  expect(reading.leader).toBeNull()
})

test('any two ascending lists of onsets give a sound reading', () => {
  const onsets = fc
    .array(
      fc.oneof(
        fc.double({ min: 0, max: 40, noNaN: true }),
        fc.integer({ min: 0, max: 300 }).map((n) => n / 8),
      ),
      {
        maxLength: 120,
        size: 'max',
      },
    )
    .map((times) => ({ onsets: times.sort((p, q) => p - q) }))
  fc.assert(
    fc.property(onsets, onsets, (a, b) => expectSound(measureCoupling(a, b))),
    { numRuns: 40 },
  )
})

test('swing that is longer than what is looked at', () => {
  const [a, b] = [
    { onsets: [0.375, 8.375, 14.25, 16.25, 23.125, 39.999999999999964] },
    { onsets: [0, 1.625, 3.25, 3.375, 24.5, 26.125] },
  ]
  expectSound(measureCoupling(a, b))
})

test('refuses what interlock refuses', () => {
  expect(() => measureCoupling({ onsets: [2, 1] }, loop)).toThrow(/a\.onsets\[1\]/)
  expect(() => measureCoupling(loop, { onsets: [Number.POSITIVE_INFINITY] })).toThrow(/b\.onsets\[0\]/)
})
