// Onsets at known times: found within 50 ms (F at least .95), and late or early by no more than 3 ms on the mean.
import { expect, test } from 'vitest'
import { compareOnsets, played, rate, shapes } from './attacks.ts'
import { hear } from './listening.ts'

test.each(Object.keys(shapes))('%s', (name) => {
  const { times, sound } = played(name)
  const { f, bias } = compareOnsets(
    times,
    hear([sound]).onsets.map((onset) => onset.timeSeconds),
  )
  expect(f).toBeGreaterThanOrEqual(0.95)
  expect(Math.abs(bias)).toBeLessThan(0.003)
})

test('onsets come in order, are as many at any gain, and a steady tone with vibrato has one', () => {
  const { sound } = played('pluck')
  const { onsets } = hear([sound])
  onsets.forEach((onset, i) => {
    expect(onset.strength).toBeGreaterThan(0)
    if (i > 0) expect(onset.timeSeconds).toBeGreaterThan(onsets[i - 1]?.timeSeconds ?? 0)
  })
  expect(hear([sound.map((x) => x / 4)]).onsets).toHaveLength(onsets.length)
  const vibrato = new Float32Array(4 * rate).map((_, n) => {
    const phase = (2 * Math.PI * 220 * n) / rate + 4 * Math.sin((2 * Math.PI * 5.5 * n) / rate)
    return Math.min(1, n / 480, (4 * rate - n) / 9600) * (0.3 * Math.sin(phase) + 0.15 * Math.sin(2 * phase))
  })
  expect(hear([vibrato]).onsets.length).toBe(1)
})
