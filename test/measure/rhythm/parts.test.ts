// The formulas inside interlock against slow, plain readings of their sources.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createComb } from '../../../src/measure/rhythm/comb.ts'
import { readPair } from '../../../src/measure/rhythm/events.ts'
import { layGrid } from '../../../src/measure/rhythm/grid.ts'
import { phaseConsistency, sumPhasors, sumPowers } from '../../../src/measure/rhythm/phasors.ts'
import { findPulse } from '../../../src/measure/rhythm/pulse.ts'
import { drawShuffles, findRefrain, foretell } from '../../../src/measure/rhythm/refrain.ts'
import { measureEvenness, measurePresence, measureSpace, measureVariety } from '../../../src/measure/rhythm/weave.ts'
import { seededRandom, shuffled, shuffledIndices } from '../../../src/random.ts'
import { cascara, hocketA, hocketB, play, son, span } from './play.ts'

const attacks = (times: number[], sounds: number[] = times.map(() => 0)) => ({
  times: Float64Array.from(times),
  sounds: Int32Array.from(sounds),
})

describe('phasors', () => {
  test('PPC is the mean cosine between all pairs of phases (Vinck et al. 2010)', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 2, maxLength: 30 }), (cycles) => {
        const { re, im, count } = sumPhasors(Float64Array.from(cycles), 0, cycles.length, 1)
        const pairs = cycles.flatMap((p, i) => cycles.slice(i + 1).map((q) => Math.cos(2 * Math.PI * (p - q))))
        const mean = pairs.reduce((sum, cosine) => sum + cosine, 0) / pairs.length
        expect(phaseConsistency(re * re + im * im, count)).toBeCloseTo(mean, 9)
      }),
    )
  })
  test('a comb of frequencies is turning at each of them', () => {
    const frequencies = Float64Array.of(16.6, 16.59, 7.3, 3.125, 1.61)
    const comb = createComb(frequencies, 1)
    const sums = new Float64Array(2 * frequencies.length + 4).fill(7)
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 9 }), (away) => {
        const times = Float64Array.from([-9, ...away.toSorted((p, q) => p - q), 9], (time) => 40_001 + time)
        const range = { from: 1, to: times.length - 1 }
        comb.sum(times, { ...range, originSeconds: 40_001 }, sums, 2)
        for (const [k, frequency] of frequencies.entries()) {
          const moved = times.map((time) => time - 40_001)
          const exact = sumPhasors(moved, range.from, range.to, frequency)
          expect(Math.abs((sums[2 + 2 * k] as number) - exact.re)).toBeLessThan(1e-9 * away.length + 1e-12)
          expect(Math.abs((sums[3 + 2 * k] as number) - exact.im)).toBeLessThan(1e-9 * away.length + 1e-12)
        }
        expect([...sums.subarray(0, 2), ...sums.subarray(-2)]).toEqual([7, 7, 7, 7])
      }),
    )
  })
  test('a comb refuses times beyond its reach', () => {
    const comb = createComb(Float64Array.of(16, 15), 1)
    const far = () => comb.sum(Float64Array.of(1.5), { from: 0, to: 1, originSeconds: 0 }, new Float64Array(4), 0)
    expect(far).toThrow(RangeError)
  })
  test('powers of phasors are phasors of as many cycles', () => {
    const times = Float64Array.from({ length: 30 }, (_, i) => 0.3171 * i)
    const sums = { re: new Float64Array(4), im: new Float64Array(4) }
    sumPowers(times, { from: 2, to: 29 }, 3.7, sums)
    for (let p = 1; p <= 4; p++) {
      const exact = sumPhasors(times, 2, 29, 3.7 * p)
      expect(sums.re[p - 1]).toBeCloseTo(exact.re, 11)
      expect(sums.im[p - 1]).toBeCloseTo(exact.im, 11)
    }
  })
})

describe('refrain', () => {
  const patterns = fc
    .array(fc.integer({ min: 0, max: 1 }), { minLength: 40, maxLength: 90 })
    .map((cells) => Uint8Array.from(cells))
  test('foretelling from its own cells is leave-one-out, cell by cell', () => {
    fc.assert(
      fc.property(patterns, fc.integer({ min: 2, max: 16 }), (cells, period) => {
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
        const others = (i: number, p: number) => [...cells].filter((_, j) => j !== i && (j - i) % p === 0)
        const errors = (p: number) => [...cells].reduce((sum, x, i) => sum + (x - mean(others(i, p))) ** 2, 0)
        fc.pre(errors(1) > 0)
        expect(foretell(cells, Float64Array.from(cells), period)).toBeCloseTo(1 - errors(period) / errors(1), 9)
      }),
    )
  })
  test('indices are shuffled as any list is', () => {
    const items = Array.from({ length: 500 }, (_, i) => i)
    expect([...shuffledIndices(seededRandom('cards'), 500)]).toEqual(shuffled(seededRandom('cards'), items))
    expect(drawShuffles(30).map((order) => order.length)).toEqual([30, 30, 30, 30])
  })
  test('a line of thousands of cells is folded as cell by cell', () => {
    const random = seededRandom('long line')
    const cells = Uint8Array.from({ length: 40_003 }, (_, i) => ((i % 37) % 5 === 0 || random() < 0.3 ? 1 : 0))
    const skill = (p: number) => foretell(cells, Float64Array.from(cells), p)
    const periods = Array.from({ length: 63 }, (_, i) => i + 2)
    const best = periods.reduce((most, p) => (skill(p) > skill(most) ? p : most))
    const { period, excess } = findRefrain(cells, drawShuffles(cells.length))
    expect(period).toBe(best)
    expect(best).toBe(37)
    expect(Math.abs(skill(best) - excess)).toBeLessThan(0.02) // shuffled cells reach next to nothing
  })
  test('a loop is found with its period, coin tosses are not', () => {
    const looped = Uint8Array.from({ length: 200 }, (_, i) => (son[i % 16] === 'x' ? 1 : 0))
    expect(findRefrain(looped, drawShuffles(200))).toMatchObject({ strength: 1, period: 16 })
    const tossed = Uint8Array.from(shuffled(seededRandom('cells'), Array.from(looped)))
    expect(findRefrain(tossed, drawShuffles(200)).strength).toBeLessThan(0.2)
  })
  test('what never changes, or is heard once, is no refrain', () => {
    expect(findRefrain(new Uint8Array(100).fill(1), drawShuffles(100)).period).toBe(0)
    expect(findRefrain(Uint8Array.of(1, 0, 1), drawShuffles(3)).period).toBe(0)
  })
})

describe('pulse and grid', () => {
  const pairOf = (a: string, b: string, how = {}, howB = {}) =>
    readPair(play(a, 1, how), play(b, 2, { ...how, ...howB }), span)
  test('the path follows the tempo', () => {
    const { a, b, seconds } = pairOf(son, cascara, { drift: 0.15 })
    const { periods } = findPulse(a, b, seconds)
    const cell = 15 / 112
    periods.forEach((period, w) => {
      expect(period / (cell / (1 + (0.15 * (3 + 2 * w)) / 30))).toBeCloseTo(1, 1.8)
    })
    expect((periods[0] as number) / (periods.at(-1) as number)).toBeGreaterThan(1.1)
  })
  test('players who alternate share a division', () => {
    const { a, b, seconds } = pairOf('1.', '.1')
    const pulse = findPulse(a, b, seconds)
    expect(pulse.division).toBe(2)
    expect(pulse.consistency.cross).toBeGreaterThan(0.9)
  })
  test.each([0, 0.2, 0.33, 0.38])('swing %f: every attack in its cell', (swing) => {
    const pair = pairOf(hocketA, hocketB, { swing, jitter: 0.003, drift: 0.05 })
    const grid = layGrid(pair)
    for (const [cells, pattern] of [
      [grid.a, hocketA],
      [grid.b, hocketB],
    ] as const)
      for (const cell of cells) expect(pattern[cell % 16]).not.toBe('.')
    expect(grid.cells).toBe(new Set([...grid.a, ...grid.b]).size)
  })
  test('a stream of a few attacks is laid under the other', () => {
    const pair = readPair(play(son, 1, { jitter: 0 }), { onsets: [0.1 + (15 / 112) * 33] }, span)
    expect([...layGrid(pair).b]).toEqual([33])
  })
})

describe('the counted parts', () => {
  test('presence: two must be heard in most stretches of eight seconds', () => {
    const whole = attacks(Array.from({ length: 60 }, (_, i) => i / 2))
    const half = attacks(Array.from({ length: 30 }, (_, i) => i / 2))
    const pair = { a: whole, b: whole, seconds: 30, clock: undefined }
    expect(measurePresence(pair)).toBe(1)
    // windows 0..22; alive while at least two attacks of the half lie in [w, w + 8): w = 0..14
    expect(measurePresence({ ...pair, b: half })).toBeCloseTo((14 / 23 + 1 / 23 - 0.5) / 0.35, 9)
    expect(measurePresence({ ...pair, b: attacks([0, 1, 2, 3, 4, 5]) })).toBe(0)
  })
  test('space: free cells on both sides', () => {
    expect(measureSpace({ a: Int32Array.of(0, 2, 4, 6), b: Int32Array.of(0, 1, 2, 3), cells: 7 })).toBe(1)
    expect(
      measureSpace({
        a: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
        b: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 11),
        cells: 12,
      }),
    ).toBeCloseTo(0.1 / 0.35, 9)
    expect(measureSpace({ a: Int32Array.of(0, 2), b: Int32Array.of(0, 1, 2, 3), cells: 4 })).toBe(0)
  })
  test('evenness: equal intervals 1, bursts 0, flams merged', () => {
    expect(measureEvenness(attacks([0, 2, 4]), attacks([1, 3, 5]), 0.2)).toBe(1)
    expect(measureEvenness(attacks([0, 2, 4]), attacks([0.03, 2.03, 4.03]), 0.2)).toBe(1)
    expect(measureEvenness(attacks([0, 0.1, 0.2, 0.3, 9]), attacks([0.05, 0.4]), 0.2)).toBe(0)
    // intervals 1 and 3 in turn: (4 * 2)^2 / (4 * 20) = .8
    expect(measureEvenness(attacks([0, 4, 8]), attacks([1, 5]), 0.2)).toBeCloseTo((0.8 - 0.5) / 0.35, 9)
  })
  test('variety: entropy of steps in bits', () => {
    const cells = Int32Array.from({ length: 41 }, (_, i) => i * 2)
    const plain = attacks(Array.from(cells))
    const pitched = attacks(
      Array.from(cells),
      Array.from(cells, (_, i) => i % 2),
    )
    const pair = { a: plain, b: plain, seconds: 90, clock: undefined }
    expect(measureVariety(cells, cells, pair)).toBe(0)
    expect(measureVariety(cells, cells, { ...pair, b: pitched })).toBeCloseTo(0.5 / 0.6, 9)
  })
})
