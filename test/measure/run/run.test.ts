// The small parts under the scores of a run.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rankCorrelation } from '../../../src/measure/run/correlation.ts'
import { createRunEvents } from '../../../src/measure/run/events.ts'
import { groupStems, thinSeries } from '../../../src/measure/run/sound.ts'

test('Spearman: the ten boys of Kendall 1938 (order of mathematics and music) with rho .1030', () => {
  const mathematics = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  const music = [6, 5, 1, 4, 2, 7, 8, 10, 3, 9]
  const squares = mathematics.reduce((sum, rank, i) => sum + (rank - (music[i] ?? 0)) ** 2, 0)
  expect(rankCorrelation(mathematics, music)).toBeCloseTo(1 - (6 * squares) / 990, 12)
})

test('Spearman: ties share their rank, no spread is undefined, a rising map changes nothing', () => {
  expect(rankCorrelation([1, 1, 2], [1, 1, 2])).toBeCloseTo(1, 12)
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull()
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 3 }),
      (pairs) => {
        const [x, y] = [pairs.map(([p]) => p), pairs.map(([, q]) => q)]
        const plain = rankCorrelation(x, y)
        const mapped = rankCorrelation(
          x.map((v) => v ** 3 + 5),
          y,
        )
        if (plain === null) expect(mapped).toBeNull()
        else {
          expect(mapped).toBeCloseTo(plain, 12)
          expect(Math.abs(plain)).toBeLessThanOrEqual(1 + 1e-12)
        }
      },
    ),
  )
})

test('a thinned series keeps the mean of what was defined and says null where nothing was', () => {
  const series = { seconds: [0.1, 0.2, 0.9, 2.5], values: [1, 3, null, 7] }
  expect(thinSeries(series, 1, 3)).toEqual({ seconds: [0.5, 1.5, 2.5], values: [2, null, 7] })
})

test('events come out in order of onset however they came in', () => {
  const note = (onsetSeconds: number, agent = 'a') =>
    ({
      agent,
      layer: 'voice',
      onsetSeconds,
      durationSeconds: 0.1,
      midi: 60,
      velocity: 1,
      timbre: 'bell',
      mark: String(onsetSeconds),
    }) as const
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 60 }), (times, from) => {
      const events = createRunEvents()
      for (const time of times) events.add([note(time), note(time + 0.5, 'b')])
      const expected = [...times].sort((p, q) => p - q).filter((time) => from === 0 || time >= from)
      expect(events.streamOf('a', 'voice', from).onsets).toEqual(expected)
      expect(events.streamOf('c', 'voice').onsets).toEqual([])
    }),
  )
})

test("an agent's stems make one group", () => {
  const stems = ['a.voice', 'a.deck', 'b.voice', 'b.deck'].map((name) => {
    const [agent, layer] = name.split('.') as [string, 'voice' | 'deck']
    return { agent, layer, name }
  })
  expect(groupStems(stems)).toEqual([
    { name: 'a', stems: [0, 1] },
    { name: 'b', stems: [2, 3] },
  ])
})
