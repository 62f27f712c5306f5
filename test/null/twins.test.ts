import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EventStream, measureCollisions, measureInterlock } from '../../src/measure/index.ts'
import { compareWithTwins, drawShiftTwins, drawShuffledTwins } from '../../src/null/index.ts'
import { hocketA, hocketB, play } from '../measure/rhythm/play.ts'

const tatumSeconds = 0.125
const plan = { tatumSeconds, startSeconds: 0, endSeconds: 30, count: 200, seed: 7 }
const onGrid = fc
  .uniqueArray(fc.nat(239), { maxLength: 80 })
  .map((cells) => cells.sort((p, q) => p - q))
  .map((cells) => ({ onsets: cells.map((cell) => cell * tatumSeconds), marks: cells.map((cell) => `m${cell % 5}`) }))

describe('shift twins', () => {
  test('every event goes as many cells on, round the span, with its mark', () => {
    fc.assert(
      fc.property(onGrid, fc.nat(50), (stream, seed) => {
        for (const twin of drawShiftTwins(stream, { ...plan, count: 3, seed })) {
          expect(twin.onsets).toEqual([...twin.onsets].sort((p, q) => p - q))
          const events = (s: typeof stream, by: number) =>
            s.onsets.map((t, i) => `${(Math.round(t / tatumSeconds) + by) % 240} ${s.marks[i]}`).sort()
          const shifts = Array.from({ length: 240 - 31 }, (_, i) => i + 16)
          expect(shifts.some((by) => events(stream, by).join() === events(twin as typeof stream, 0).join())).toBe(true)
        }
      }),
      { numRuns: 20 },
    )
  })
  test('all different, by the seed, as many as there are', () => {
    const stream = { onsets: [1] }
    const onsets = [...drawShiftTwins(stream, plan)].map((twin) => twin.onsets[0])
    expect(new Set(onsets).size).toBe(200)
    expect([...drawShiftTwins(stream, plan)].map((twin) => twin.onsets[0])).toEqual(onsets)
    expect([...drawShiftTwins(stream, { ...plan, seed: 8 })].map((twin) => twin.onsets[0])).not.toEqual(onsets)
    expect([...drawShiftTwins(stream, { ...plan, count: 1000 })]).toHaveLength(240 - 31)
    expect([...drawShiftTwins(stream, { ...plan, endSeconds: 3.9 })]).toHaveLength(0)
  })
  test('what lies outside the whole tatums of the span is left out', () => {
    const [twin] = drawShiftTwins({ onsets: [0.5, 1, 5.99, 6.01, 9] }, { ...plan, startSeconds: 1, endSeconds: 6.1 })
    expect(twin?.onsets).toHaveLength(2)
    expect(twin?.marks).toBeUndefined()
  })
  test('keep pulse and refrain, break the fit', () => {
    const how = { bpm: 120, jitter: 0, start: 0, seconds: 32 }
    const [a, b] = [play(hocketA, 1, how), play(hocketB, 2, how)]
    const span = { startSeconds: 0, endSeconds: 32 }
    const twins = [...drawShiftTwins(b, { ...plan, endSeconds: 32, count: 40 })]
    for (const twin of twins) {
      const { pulse, refrain } = measureInterlock(a, twin, span)
      expect(Math.min(pulse as number, refrain as number)).toBeGreaterThan(0.99)
    }
    const collisions = (other: EventStream) => measureCollisions(a, other, span).collisions
    expect(collisions(b)).toBe(0)
    // one shift in sixteen falls on the refrain again
    expect(compareWithTwins(0, twins.map(collisions)).percentile).toBeLessThan(0.1)
  })
})

describe('shuffled twins', () => {
  const intervals = ({ onsets }: { onsets: readonly number[] }) =>
    onsets.slice(1).map((t, i) => Math.round((t - (onsets[i] as number)) / tatumSeconds))
  test('the same steps in another order, between the same ends', () => {
    fc.assert(
      fc.property(onGrid, fc.nat(50), (stream, seed) => {
        const steps = (s: typeof stream) =>
          intervals(s)
            .map((cells, i) => `${cells} ${s.marks[i]}`)
            .sort()
        for (const twin of drawShuffledTwins(stream, { count: 3, seed })) {
          expect(steps(twin as typeof stream)).toEqual(steps(stream))
          expect([twin.onsets[0], twin.onsets.at(-1)]).toEqual([stream.onsets[0], stream.onsets.at(-1)])
          expect(twin.onsets).toEqual([...twin.onsets].sort((p, q) => p - q))
        }
      }),
      { numRuns: 40 },
    )
  })
  test('break the refrain: the stream stands out among them', () => {
    const [a, b] = [play(hocketA, 1), play(hocketB, 2)]
    const refrain = (own: EventStream) => measureInterlock(own, b, { startSeconds: 0, endSeconds: 30 }).refrain
    const twins = [...drawShuffledTwins(a, { count: 39, seed: 3 })].map(refrain)
    expect(compareWithTwins(refrain(a), twins)).toMatchObject({ p: 1 / 40, percentile: 1 })
  })
  test('by the seed', () => {
    const draw = (seed: number) => [...drawShuffledTwins(play(hocketA, 1), { count: 2, seed })]
    expect(draw(4)).toEqual(draw(4))
    expect(draw(4)).not.toEqual(draw(5))
    expect(draw(4)[0]).not.toEqual(draw(4)[1])
  })
  test('of nothing, nothing', () => {
    expect([...drawShuffledTwins({ onsets: [] }, { count: 1, seed: 1 })]).toEqual([{ onsets: [] }])
    expect([...drawShuffledTwins({ onsets: [3], marks: ['x'] }, { count: 1, seed: 1 })]).toEqual([
      { onsets: [3], marks: ['x'] },
    ])
  })
})

test('plans that cannot be are refused', () => {
  const stream = { onsets: [1, 2] }
  expect(() => [...drawShiftTwins(stream, { ...plan, tatumSeconds: 0 })]).toThrow(
    /tatumSeconds: expected seconds above 0, got 0/,
  )
  expect(() => [...drawShiftTwins(stream, { ...plan, endSeconds: -1 })]).toThrow(RangeError)
  expect(() => [...drawShiftTwins(stream, { ...plan, leastCells: 0 })]).toThrow(/leastCells/)
  expect(() => [...drawShuffledTwins(stream, { count: 1.5, seed: 1 })]).toThrow(/count: expected a whole number/)
})
