// The four models of roughness: published values, the papers' own checks, directions, what must not matter.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { revisedDissonanceFactor } from '../../../src/measure/consonance/roughness/hutchinson-knopoff-revised.ts'
import {
  hutchinsonKnopoff1978,
  hutchinsonKnopoffRevised,
  type PartialTone,
  partialsOfMidi,
  sethares1993,
  vassilakis2001,
} from '../../../src/measure/index.ts'
import { expectPublished, oddSounds, partial, published } from './outside.ts'

const models = {
  hutch_78: hutchinsonKnopoff1978,
  hutch_revised: hutchinsonKnopoffRevised,
  seth_93: sethares1993,
  vass_01: vassilakis2001,
}
const gainFree = [hutchinsonKnopoff1978, hutchinsonKnopoffRevised]
const entries = Object.entries(models)
const louder = (sound: readonly PartialTone[], gain: number) =>
  sound.map(({ hertz, amplitude }) => ({ hertz, amplitude: amplitude * gain }))

describe.each(entries)('%s', (key, model) => {
  test.each(published)('of %s as published', (_, row) => {
    expectPublished(model(partialsOfMidi(row.midi)), row[key])
  })

  test('the order of partials does not matter, nor do silent ones', () => {
    fc.assert(
      fc.property(fc.array(partial, { minLength: 1, maxLength: 12 }), (sound) => {
        const roughness = model(sound)
        expect(model([...sound].reverse())).toBe(roughness)
        const padded = model([{ hertz: 61, amplitude: 0 }, ...sound, { hertz: 277, amplitude: 0 }])
        expect(padded).toBeCloseTo(roughness ?? NaN, 12)
      }),
      { seed: 1 },
    )
  })

  test('never NaN: a number, or null when nothing sounds', () => {
    for (const sound of oddSounds) {
      const roughness = model(sound)
      if (!sound.some(({ amplitude }) => amplitude > 0)) expect(roughness).toBeNull()
      else if (roughness !== null) expect(Number.isFinite(roughness), JSON.stringify(sound)).toBe(true)
    }
    expect(model([{ hertz: 440, amplitude: 1 }])).toBe(0)
  })

  test('a cluster is rougher than a triad than a fifth, and each rougher an octave down', () => {
    const roughness = (midi: number[]) => model(partialsOfMidi(midi)) ?? NaN
    const chords = [
      [60, 61, 62, 63],
      [60, 64, 67],
      [60, 67],
    ]
    const [cluster = NaN, triad = NaN, fifth = NaN] = chords.map(roughness)
    expect(cluster).toBeGreaterThan(triad)
    expect(triad).toBeGreaterThan(fifth)
    if (key !== 'hutch_revised')
      for (const chord of chords) expect(roughness(chord.map((midi) => midi - 12))).toBeGreaterThan(roughness(chord))
  })
})

test('hutchinsonKnopoff: gain does not matter, however faint or loud', () => {
  fc.assert(
    fc.property(
      fc.array(partial, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: -900, max: 900 }),
      (sound, power) => {
        for (const model of gainFree) expect(model(louder(sound, 2 ** power))).toBeCloseTo(model(sound) ?? NaN, 12)
      },
    ),
    { seed: 1 },
  )
})

test('sethares1993 grows with amplitude, vassilakis2001 with its fifth root', () => {
  const sound = partialsOfMidi([60, 61, 67])
  expect(sethares1993(louder(sound, 8))).toBeCloseTo(8 * (sethares1993(sound) ?? NaN), 9)
  expect(vassilakis2001(louder(sound, 32))).toBeCloseTo(2 * (vassilakis2001(sound) ?? NaN), 9)
})

test('hutchinsonKnopoff1978 of pure and complex semitones in the paper', () => {
  expect(hutchinsonKnopoff1978(partialsOfMidi([60, 61], 1))).toBeCloseTo(0.499, 3)
  expect(hutchinsonKnopoff1978(partialsOfMidi([69, 70], 1))).toBeCloseTo(0.491, 3)
  expect(hutchinsonKnopoff1978(partialsOfMidi([60, 61]))).toBeCloseTo(0.484, 3)
})

test('sethares1993 in units of 440 with 460 Hz, as worked out for its published code', () => {
  const roughness = (hertz: number[], amplitudes: number[]) =>
    sethares1993(hertz.map((f, i) => ({ hertz: f, amplitude: amplitudes[i] ?? 0 }))) ?? NaN
  const unit = roughness([440, 460], [1, 1])
  expect(roughness([440, 460, 480], [1, 1, 1]) / unit).toBeCloseTo(2.9194, 1)
  expect(roughness([440, 460, 480], [1, 2, 3]) / unit).toBeCloseTo(3.9161, 1)
  expect(roughness([440, 460, 480], [3, 2, 1]) / unit).toBeCloseTo(3.9194, 1)
  expect(roughness([300, 250, 275, 425], [1.5, 2, 9, 4]) / unit).toBeCloseTo(4.8657, 1)
})

test('slow beats are liked: below 0 between a fifth and nine tenths of the slow range, as before beyond it', () => {
  expect(revisedDissonanceFactor(0)).toBeCloseTo(0, 12)
  expect(revisedDissonanceFactor(0.05)).toBeCloseTo(0.5 * (0.2 * Math.exp(0.8)) ** 2 - 1.5, 12)
  expect(revisedDissonanceFactor(0.1)).toBeCloseTo((0.4 * Math.exp(0.6)) ** 2, 12)
  expect(revisedDissonanceFactor(0.5)).toBeCloseTo(0.5413, 4)
  expect(revisedDissonanceFactor(1.3)).toBe(0)
})
