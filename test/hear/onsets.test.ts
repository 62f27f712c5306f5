// Onsets at known times: found within 50 ms (F at least .95), and late or early by no more than 3 ms on the mean.
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/random.ts'
import { hear } from './listening.ts'

const rate = 48000
const pitch = (i: number) => 440 * 2 ** (([48, 55, 60, 63, 67, 72, 50, 58, 65, 70][(7 * i) % 10] ?? 0) / 12 - 69 / 12)

type Shape = (t: number, i: number, noise: () => number) => number

const tone = (t: number, hertz: number, harmonics: number, fading: number) => {
  let x = 0
  for (let h = 1; h <= harmonics; h++)
    x += (Math.sin(2 * Math.PI * hertz * h * t) / h) * Math.exp(-t * fading * (3 + h))
  return x
}

const shapes: Record<string, { gap: number; seconds: number; shape: Shape }> = {
  click: { gap: 0.2, seconds: 0.001, shape: () => 0.5 },
  'quiet click': { gap: 0.2, seconds: 0.001, shape: () => 0.01 },
  pluck: { gap: 0.25, seconds: 1, shape: (t, i) => 0.2 * Math.min(1, t / 0.002) * tone(t, pitch(i), 9, 1) },
  'pad, attack 30 ms': {
    gap: 0.6,
    seconds: 0.5,
    shape: (t, i) => 0.1 * Math.min(1, t / 0.03, (0.5 - t) / 0.05) * tone(t, pitch(i), 7, 0),
  },
  'pad, attack 80 ms': {
    gap: 0.6,
    seconds: 0.5,
    shape: (t, i) => 0.1 * Math.min(1, t / 0.08, (0.5 - t) / 0.05) * tone(t, pitch(i), 7, 0),
  },
  kick: {
    gap: 0.3,
    seconds: 0.28,
    shape: (t) => Math.exp(-t / 0.12) * Math.sin(2 * Math.PI * (48 * t + 5 * (1 - Math.exp(-30 * t)))),
  },
  hat: { gap: 0.12, seconds: 0.1, shape: (t, _, noise) => 0.2 * Math.exp(-t / 0.02) * noise() },
  snare: {
    gap: 0.3,
    seconds: 0.25,
    shape: (t, _, noise) =>
      0.5 * Math.exp(-t / 0.07) * noise() + 0.3 * Math.exp(-t / 0.06) * Math.sin(2 * Math.PI * 190 * t),
  },
}

function played(name: string) {
  const { gap, seconds, shape } = shapes[name] as (typeof shapes)[string]
  const random = seededRandom(name)
  const noise = () => 2 * random() - 1
  const times = Array.from({ length: 30 }, (_, i) => 0.3 + i * gap + 0.02 * random())
  const sound = new Float32Array(Math.round(((times.at(-1) ?? 0) + 1) * rate))
  times.forEach((time, i) => {
    const from = Math.round(time * rate)
    for (let n = 0; n < seconds * rate && from + n < sound.length; n++)
      sound[from + n] = (sound[from + n] ?? 0) + shape(n / rate, i, noise)
  })
  return { times, sound }
}

test.each(Object.keys(shapes))('%s', (name) => {
  const { times, sound } = played(name)
  const found = hear([sound]).onsets.map((onset) => onset.timeSeconds)
  const errors = times.flatMap((time) => {
    const nearest = Math.min(...found.map((t) => Math.abs(t - time)))
    return nearest <= 0.05 ? [(found.find((t) => Math.abs(t - time) === nearest) ?? 0) - time] : []
  })
  const f = (2 * errors.length) / (found.length + times.length)
  expect(f).toBeGreaterThanOrEqual(0.95)
  const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length
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
