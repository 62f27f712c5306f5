// The kernel's onsets against their slow twin: the same ones, at the same moments.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/random.ts'
import { findOnsets } from '../reference/onsets.ts'
import { hear } from './listening.ts'

const sampleRate = 24000

/** Three seconds of tones that begin at random, sharp and slow, over each other, in a little noise. */
function struckTones(seed: number): Float32Array {
  const random = seededRandom(seed)
  const sound = new Float32Array(3 * sampleRate).map(() => 0.002 * (2 * random() - 1))
  for (let i = 0; i < 12; i++) {
    const [from, hertz, level] = [Math.floor(66000 * random()), 80 * 20 ** random(), 0.02 + 0.2 * random()]
    const [attack, fall, held] = [0.001 + 0.04 * random() ** 3, 0.05 + 0.4 * random(), 0.08 + 0.3 * random()]
    for (let n = 0; n < held * sampleRate && from + n < sound.length; n++) {
      const t = n / sampleRate
      const envelope = level * Math.min(1, t / attack, (held - t) / 0.02) * Math.exp(-t / fall)
      const wave = [1, 2, 3, 4, 5].reduce((sum, h) => sum + Math.sin(2 * Math.PI * hertz * h * t) / h, 0)
      sound[from + n] = (sound[from + n] as number) + envelope * wave
    }
  }
  return sound
}

test('the kernel and the twin hear the same onsets at the same moments', () => {
  let heard = 0
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const sound = struckTones(seed)
      const { onsets } = hear([sound], { sampleRate, mixtures: [] })
      const twins = findOnsets(sound)
      heard += onsets.length
      expect(onsets).toHaveLength(twins.length)
      onsets.forEach(({ timeSeconds, strength }, i) => {
        expect(Math.abs(timeSeconds - (twins[i]?.timeSeconds ?? Number.NaN))).toBeLessThan(1e-4)
        expect(strength / (twins[i]?.strength ?? Number.NaN)).toBeCloseTo(1, 2)
      })
    }),
    { numRuns: 2, seed: 5 },
  )
  expect(heard).toBeGreaterThan(12)
})
