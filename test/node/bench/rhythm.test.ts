// hocket bench rhythm on a few thousand onsets: fields and counts. No times are judged.
import { expect, test } from 'vitest'
import { measureRhythmSpeed } from '../../../src/node/bench/rhythm.ts'

test('rhythm: as many onsets as were asked for, and a pair of half a minute', () => {
  const { long, short, yardstickCpuSeconds } = measureRhythmSpeed(4000, 1)
  expect(long.map(({ events }) => events)).toEqual([1000, 2000, 4000])
  expect(short.events).toBeGreaterThan(250)
  expect(short.events).toBeLessThan(450)
  for (const seconds of [short.interlockCpuSeconds, short.couplingCpuSeconds, short.allCpuSeconds, yardstickCpuSeconds])
    expect(seconds).toBeGreaterThan(0)
})
