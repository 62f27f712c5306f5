// The plain spectral work that is timed against other libraries: it is the work it is said to be.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/random.ts'
import { freshKernel } from '../kernel.ts'
import { chromaOf, setharesBetween, type TwinTone, tonesOf } from '../reference/yardstick.ts'
import { mixed, type Sine, sines } from './sounds.ts'

const kernel = freshKernel()
const block = kernel.allocate(4 * 2048)

/** A frame's partials through the kernel, into one of its two lists. */
function hearFrame(yardstick: number, frame: Float32Array, list: number): TwinTone[] {
  new Float32Array(kernel.memory.buffer, block, 2048).set(frame)
  const count = kernel.yardstickPartials(yardstick, block, list)
  const hertz = new Float32Array(kernel.memory.buffer, kernel.yardstickHertz(yardstick, list), count)
  const amplitudes = new Float32Array(kernel.memory.buffer, kernel.yardstickAmplitudes(yardstick, list), 32)
  expect([...amplitudes.subarray(count)].every((x) => x === 0)).toBe(true)
  return Array.from(hertz, (h, i) => ({ hertz: h, amplitude: amplitudes[i] as number }))
}

function frameOf(seed: number, rate: number, noiseLevel: number): Float32Array {
  const random = seededRandom(seed)
  const played = Array.from({ length: 10 }, (): Sine => [50 * 150 ** random(), 0.3 * 0.05 ** random()])
  const noise = new Float32Array(2048).map(() => noiseLevel * (2 * random() - 1))
  return mixed(sines(2048 / rate, played, rate, seed), noise)
}

test.each([16000, 48000, 96000])('partials, roughness and chroma agree with the slow twin at %d Hz', (rate) => {
  const yardstick = kernel.createYardstick(rate)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0, 0.001, 0.1), (seed, level) => {
      const frames = [frameOf(seed, rate, level), frameOf(seed + 1, rate, level)]
      const heard = frames.map((frame, list) => hearFrame(yardstick, frame, list)) as [TwinTone[], TwinTone[]]
      const twins = frames.map((frame) => tonesOf(frame, rate)) as [TwinTone[], TwinTone[]]
      heard.forEach((tones, list) => {
        expectSame(tones, twins[list] as TwinTone[])
      })
      const near = (got: number, want: number) => expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-4 * want + 1e-4)
      near(kernel.yardstickRoughness(yardstick), setharesBetween(...heard))
      near(kernel.yardstickWithin(yardstick), setharesBetween(heard[0], heard[0]) / 2)
      const chroma = new Float32Array(kernel.memory.buffer, kernel.yardstickChroma(yardstick), 12)
      chromaOf(heard[0]).forEach((share, k) => {
        expect(Math.abs((chroma[k] as number) - share)).toBeLessThan(1e-5)
      })
    }),
    { numRuns: 15, seed: 5 },
  )
  kernel.disposeYardstick(yardstick)
})

/** Equal but for tones so near the least kept that rounding may decide. */
function expectSame(got: readonly TwinTone[], want: readonly TwinTone[]): void {
  expect(got.length).toBe(want.length)
  const weakest = Math.min(...want.map(({ amplitude }) => amplitude))
  for (const [some, others] of [
    [got, want],
    [want, got],
  ] as const)
    for (const { hertz, amplitude } of some) {
      const same = others.find((other) => Math.abs(other.hertz - hertz) < 0.05)
      if (same === undefined) expect(amplitude / weakest).toBeLessThan(1.001)
      else expect(Math.abs(amplitude / same.amplitude - 1)).toBeLessThan(1e-3)
    }
}

test('more maxima than 32: the strongest stay, ascending; silence has none; other rates are refused', () => {
  const yardstick = kernel.createYardstick(48000)
  const tones = hearFrame(yardstick, frameOf(3, 48000, 0.2), 0)
  expect(tones).toHaveLength(32)
  expect(tones.map(({ hertz }) => hertz)).toEqual(tones.map(({ hertz }) => hertz).sort((p, q) => p - q))
  expect(hearFrame(yardstick, new Float32Array(2048), 0)).toEqual([])
  expect(kernel.yardstickRoughness(yardstick)).toBe(0)
  expect([...new Float32Array(kernel.memory.buffer, kernel.yardstickChroma(yardstick), 12)].every((x) => x === 0)).toBe(
    true,
  )
  expect([8000, 400000, Number.NaN].map((rate) => kernel.createYardstick(rate))).toEqual([0, 0, 0])
  kernel.disposeYardstick(yardstick)
})
