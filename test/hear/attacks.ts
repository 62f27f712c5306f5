// Struck, plucked and bowed sounds whose beginnings are known, and how well they were found.
import { seededRandom } from '../../src/random.ts'

export const rate = 48000
const pitch = (i: number) => 440 * 2 ** (([48, 55, 60, 63, 67, 72, 50, 58, 65, 70][(7 * i) % 10] ?? 0) / 12 - 69 / 12)

type Shape = (t: number, i: number, noise: () => number) => number

const tone = (t: number, hertz: number, harmonics: number, fading: number) => {
  let x = 0
  for (let h = 1; h <= harmonics; h++)
    x += (Math.sin(2 * Math.PI * hertz * h * t) / h) * Math.exp(-t * fading * (3 + h))
  return x
}

export const shapes: Record<string, { gap: number; seconds: number; shape: Shape }> = {
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

/** Thirty sounds of one kind at uneven times. */
export function played(name: string) {
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

/** F-measure with a window of 50 ms, and mean and spread of estimate minus truth in seconds. */
export function compareOnsets(truth: readonly number[], found: readonly number[]) {
  const errors = truth.flatMap((time) => {
    const nearest = found.reduce((best, t) => (Math.abs(t - time) < Math.abs(best - time) ? t : best), Infinity)
    return Math.abs(nearest - time) <= 0.05 ? [nearest - time] : []
  })
  const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length
  const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - bias) ** 2, 0) / errors.length)
  return { f: (2 * errors.length) / (found.length + truth.length), bias, spread }
}
