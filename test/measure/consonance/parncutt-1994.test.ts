// Pitches noticed in a sound: the values that the R package parn94 asserts of itself, steps of the paper, what must not matter.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analysePitches, partialsOfMidi, pitchCommonality, pitchDistance } from '../../../src/measure/index.ts'
import { maskedAudibilities } from '../../reference/consonance.ts'
import { expectPublished, oddSounds, partial } from './outside.ts'

const analyse = (midi: readonly number[]) => analysePitches(partialsOfMidi(midi))
const saliences = (midi: readonly number[]) => analyse(midi)?.saliences ?? new Float64Array(121)
const chord = fc.array(fc.integer({ min: 36, max: 84 }), { minLength: 1, maxLength: 6 })

test.each([
  [[60, 64, 67], { pure: 0.6157366, complex: 0.309965, multiplicity: 2.843946 }],
  [[60, 61, 62], { complex: 0.0007320671, multiplicity: 1.293558 }],
  [[80, 83, 86], { complex: 0.181884, multiplicity: 3.242737 }],
  [[40, 54, 67], { complex: 0.44699, multiplicity: 2.220517 }],
  [[57, 60, 61, 62, 64, 65], { pure: 0, complex: 0, multiplicity: 0 }],
])('%s as published', (midi, want) => {
  const got = analyse(midi)
  for (const [name, value] of Object.entries(want)) expectPublished(got?.[name as keyof typeof want], value)
})

test('commonality and distance of chords as published', () => {
  const c = saliences([60, 64, 67])
  expectPublished(pitchCommonality(c, saliences([59, 62, 67])), 0.349625432417314)
  expectPublished(pitchCommonality(c, saliences([48, 76, 79])), 0.894901857522212)
  expectPublished(pitchDistance(c, saliences([65, 69, 72])), 3.86723877405512)
  expectPublished(pitchDistance(c, saliences([65, 63, 83])), 37.8133050960468)
})

test('masking as running sums equals masking tone by tone', () => {
  fc.assert(
    fc.property(fc.array(partial, { minLength: 1, maxLength: 20 }), (sound) => {
      const pure = 0.5 * Math.sqrt(maskedAudibilities(sound).reduce((sum, a) => sum + a * a, 0))
      expect(analysePitches(sound)?.pure).toBeCloseTo(pure, 9)
    }),
    { seed: 1 },
  )
})

test('one tone is noticed as its fundamental; a soft one less surely; a cluster hides its tones', () => {
  const profile = saliences([60])
  expect(profile.indexOf(Math.max(...profile))).toBe(60)
  const soft = analysePitches(partialsOfMidi([60]).map((p) => ({ ...p, amplitude: p.amplitude / 100 })))
  expect(soft?.pure).toBeLessThan(analyse([60])?.pure ?? NaN)
  expect(analyse([60, 61, 62])?.pure).toBeLessThan(analyse([60, 64, 67])?.pure ?? NaN)
  expect(analyse([60, 64, 67])?.multiplicity).toBeGreaterThan(analyse([60])?.multiplicity ?? NaN)
})

test('commonality and distance: same sound 1 and 0, symmetric, a known direction', () => {
  fc.assert(
    fc.property(chord, chord, (one, other) => {
      const [a, b] = [saliences(one), saliences(other)]
      const commonality = pitchCommonality(a, b)
      expect(pitchCommonality(b, a)).toBe(commonality)
      if (commonality === null) return
      expect(Math.abs(commonality)).toBeLessThanOrEqual(1)
      expect(pitchCommonality(a, a)).toBeCloseTo(1, 12)
      expect(pitchDistance(a, a)).toBeCloseTo(0, 9)
      expect(pitchDistance(a, b)).toBeCloseTo(pitchDistance(b, a) ?? NaN, 9)
    }),
    { seed: 1, numRuns: 50 },
  )
  const c = saliences([60, 64, 67])
  expect(pitchDistance(c, saliences([61, 65, 68]))).toBeLessThan(pitchDistance(c, saliences([65, 69, 72])) ?? NaN)
})

test('a tuning brings a chord off concert pitch back to its names', () => {
  const chord = [60, 64, 67].map((midi) => midi + 0.4)
  expect(analysePitches(partialsOfMidi(chord), -0.4)?.pure).toBeCloseTo(analyse([60, 64, 67])?.pure ?? NaN, 9)
})

test('nothing sounds: null; nothing audible: zeros, and nothing to compare; never NaN', () => {
  for (const sound of oddSounds) {
    const got = analysePitches(sound)
    if (!sound.some(({ amplitude }) => amplitude > 0)) expect(got).toBeNull()
    else
      expect([got?.pure, got?.complex, got?.multiplicity, ...(got?.saliences ?? [])].every(Number.isFinite)).toBe(true)
  }
  const inaudible = analysePitches([{ hertz: 440, amplitude: 1e-6 }])
  expect(inaudible).toMatchObject({ pure: 0, complex: 0, multiplicity: 0 })
  const none = inaudible?.saliences ?? new Float64Array(1)
  expect(pitchCommonality(none, saliences([60]))).toBeNull()
  expect(pitchDistance(none, saliences([60]))).toBeNull()
  expect(analysePitches([{ hertz: 20000, amplitude: 1 }])?.pure).toBe(0)
})
