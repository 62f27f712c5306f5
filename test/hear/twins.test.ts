// The kernel's fast routines against their slow, clear twins in test/reference.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/random.ts'
import signals from '../outside/loudness/ebu-signals.json' with { type: 'json' }
import { fourier } from '../reference/fourier.ts'
import { partialsAt } from '../reference/partials.ts'
import { roughnessSum } from '../reference/roughness.ts'
import { filtered } from '../reference/weighting.ts'
import { hear, kernel } from './listening.ts'
import { chord, mixed, type Sine, sines } from './sounds.ts'

const seeds = fc.integer({ min: 0, max: 1e6 })
const noise = (length: number, level: number, seed: number) => {
  const random = seededRandom(seed)
  return new Float32Array(length).map(() => level * (2 * random() - 1))
}

test('the transform', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 4, max: 12 }), (seed, power) => {
      const size = 2 ** power
      const [re, im] = [noise(size, 1, seed), noise(size, 1, seed + 1)]
      const pointer = kernel.createFourier(size)
      const view = (at: number) => new Float32Array(kernel.memory.buffer, at, size)
      view(kernel.fourierRe(pointer)).set(re)
      view(kernel.fourierIm(pointer)).set(im)
      kernel.transformFourier(pointer)
      const twin = fourier({ re: Float64Array.from(re), im: Float64Array.from(im) })
      const [gotRe, gotIm] = [view(kernel.fourierRe(pointer)), view(kernel.fourierIm(pointer))]
      const scale = 2e-7 * Math.sqrt(size) * power
      twin.re.forEach((x, k) => {
        expect(Math.abs((gotRe[k] as number) - x)).toBeLessThan(scale)
        expect(Math.abs((gotIm[k] as number) - (twin.im[k] as number))).toBeLessThan(scale)
      })
      kernel.disposeFourier(pointer)
    }),
    { numRuns: 20, seed: 2 },
  )
  expect([0, 15, 48, 131072].map((size) => kernel.createFourier(size))).toEqual([0, 0, 0, 0])
})

test('partials: both find the same, by the same rule', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = seededRandom(seed)
      const played = Array.from({ length: 12 }, (): Sine => [45 * 108 ** random(), 0.3 * 0.05 ** random()])
      const sound = mixed(sines(1.12, played, 48000, seed), noise(53760, 0.002, seed))
      const heard = hear([sound]).frames[3]?.stems[0]
      const twin = partialsAt(sound, 3.5 * 7680)
      const strongest = Math.max(...(heard?.amplitudes ?? []))
      const partials = [...(heard?.partialsHz ?? [])].map((hertz, i) => ({
        hertz,
        amplitude: heard?.amplitudes[i] ?? 0,
      }))
      expect(partials.length).toBeGreaterThan(3)
      const near = (hertz: number) => (p: { hertz: number }) => Math.abs(p.hertz - hertz) < 0.05
      for (const { hertz, amplitude } of partials) {
        const same = twin.find(near(hertz))
        expect(same?.prominence).toBeGreaterThan(30)
        expect(same?.likeness).toBeGreaterThan(0.68)
        expect((same?.amplitude ?? 0) / amplitude).toBeCloseTo(1, 2)
      }
      for (const p of twin)
        if (p.prominence > 34 && p.likeness > 0.72 && p.amplitude > 0.0105 * strongest)
          expect(partials.some(near(p.hertz)), `${p.hertz} Hz`).toBe(true)
    }),
    { numRuns: 6, seed: 3 },
  )
})

test('roughness within and between three stems, to a few parts in a million', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = seededRandom(seed)
      const stems = [0, 1, 2].map((i) => chord([42 + 200 * random(), 42 + 200 * random()], 1, seed + i))
      const frame = hear(stems).frames[3]
      frame?.stems.forEach((a, k) => {
        const power = a.amplitudes.reduce((sum, x) => sum + x * x, 0)
        expect(frame.partialPower[k]).toBeCloseTo(power, 12)
        frame.stems.forEach((b, l) => {
          const twin = roughnessSum(a, b)
          expect(Math.abs((frame.roughnessSums[3 * k + l] ?? NaN) - twin)).toBeLessThan(1e-5 * twin + 1e-10)
          expect(frame.roughnessSums[3 * l + k]).toBe(frame.roughnessSums[3 * k + l])
        })
      })
    }),
    { numRuns: 8, seed: 4 },
  )
})

test.each([
  [48000, signals.kWeighting.fs48000],
  [44100, signals.kWeighting.fs44100],
] as const)('K-weighted power at %d Hz, against the published coefficients', (rate, filters) => {
  const sound = noise(rate, 0.3, rate)
  const twin = filtered(sound, filters)
  const { frames } = hear([sound], { sampleRate: rate })
  const hop = Math.round(((frames[1]?.timeSeconds ?? 0) - (frames[0]?.timeSeconds ?? 0)) * rate)
  for (const k of [0, 2, 4]) {
    const part = twin.subarray(k * hop, (k + 1) * hop)
    const power = part.reduce((sum, x) => sum + x * x, 0) / hop
    expect((frames[k]?.stems[0]?.weightedPower ?? 0) / power).toBeCloseTo(1, 6)
  }
})
