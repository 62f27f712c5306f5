import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { interlockOfPrepared, interlockSeries, prepareRhythm } from '../../../src/measure/index.ts'
import { hocketA, hocketB, play, son } from './play.ts'

const windows = { windowSeconds: 30, hopSeconds: 10, endSeconds: 65 }
const clock = { bpm: 120, startSeconds: 0, swing: 0 }

const streams = fc
  .array(
    fc.record({
      cell: fc.integer({ min: 0, max: 510 }),
      off: fc.constantFrom(0, 0, 0, 0.01, -0.03, 0.06),
      mark: fc.constantFrom('a', 'b'),
    }),
    { maxLength: 160 },
  )
  .map((events) => {
    const sorted = events
      .map(({ cell, off, mark }) => ({ onset: Math.max(0, cell * 0.125 + off), mark }))
      .sort((p, q) => p.onset - q.onset)
    return { onsets: sorted.map(({ onset }) => onset), marks: sorted.map(({ mark }) => mark) }
  })

describe('interlock of prepared streams', () => {
  test('equals interlockSeries, on the grid and off it, with swing and without', () => {
    fc.assert(
      fc.property(streams, streams, fc.constantFrom(0, 0.2), (a, b, swing) => {
        const settings = { ...windows, clock: { ...clock, swing } }
        const found = interlockOfPrepared(prepareRhythm(a, settings), prepareRhythm(b, settings))
        const wanted = interlockSeries(a, b, settings)
        expect(found.length).toBe(wanted.length)
        found.forEach((moment, w) => {
          const other = wanted[w] as typeof moment
          expect(moment.undefined).toEqual(other.undefined)
          for (const field of [
            'seconds',
            'score',
            'presence',
            'pulse',
            'space',
            'evenness',
            'refrain',
            'variety',
          ] as const)
            expect(moment[field] ?? -1).toBeCloseTo(other[field] ?? -1, 9)
        })
      }),
      { numRuns: 30 },
    )
  })
  test('weaving players, and with both late by the same', () => {
    const settings = { ...windows, clock: { ...clock, bpm: 112 } }
    for (const start of [0, 0.05]) {
      const manner = { seconds: 65, start }
      const [a, b] = [play(hocketA, 1, manner), play(hocketB, 2, manner)]
      const found = interlockOfPrepared(prepareRhythm(a, settings), prepareRhythm(b, settings))
      const wanted = interlockSeries(a, b, settings)
      expect(found.map(({ score }) => score)).toEqual(wanted.map(({ score }) => expect.closeTo(score, 12)))
      expect(found[0]?.score).toBeGreaterThan(0.7)
    }
  })
  test('without a clock it is the search itself', () => {
    const [a, b] = [play(son, 1), play(hocketB, 2)]
    const settings = { windowSeconds: 10, hopSeconds: 10, endSeconds: 20 }
    expect(interlockOfPrepared(prepareRhythm(a, settings), prepareRhythm(b, settings))).toEqual(
      interlockSeries(a, b, settings),
    )
  })
  test('streams of other windows are refused', () => {
    const a = prepareRhythm({ onsets: [1] }, { ...windows, clock })
    const b = prepareRhythm({ onsets: [1] }, { ...windows, clock, endSeconds: 40 })
    expect(() => interlockOfPrepared(a, b)).toThrow(/equally many windows/)
  })
})
