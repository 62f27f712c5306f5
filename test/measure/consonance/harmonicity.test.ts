// harrison2018, milne2013 and the similarity of pitch-class spectra: published values, a drawn-out twin, what must not matter.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  defaultTimbre,
  measureHarmonicity,
  partialsOfMidi,
  pitchClassTonesOfNotes,
  pitchClassTonesOfPartials,
  spectralPitchClassSimilarity,
  type Timbre,
} from '../../../src/measure/index.ts'
import { pitchClassSpectrum, virtualPitchProfile } from '../../reference/consonance.ts'
import { expectPublished, oddSounds, partial, published } from './outside.ts'

const ofNotes = (midi: number[], timbre: Timbre = defaultTimbre) =>
  measureHarmonicity(pitchClassTonesOfNotes(midi, timbre), timbre)
const note = fc.integer({ min: 24, max: 96 })
const chord = fc.array(note, { minLength: 1, maxLength: 6 })

describe('outside truth', () => {
  test.each(published)('of %s as published', (_, row) => {
    expectPublished(ofNotes(row.midi)?.harrison2018, row['har_18'])
    expectPublished(ofNotes(row.midi)?.milne2013, row['milne_13'])
  })

  test('one pitch class, 11 and 12 harmonics', () => {
    expectPublished(ofNotes([60])?.harrison2018, 1.564295846)
    expectPublished(ofNotes([60], { ...defaultTimbre, harmonics: 12 })?.harrison2018, 1.56025992760304)
    expect(ofNotes([60])?.milne2013).toBeCloseTo(1, 12)
  })
})

test('the sparse computation equals spectra drawn in full', () => {
  fc.assert(
    fc.property(chord, fc.integer({ min: 1, max: 16 }), (midi, harmonics) => {
      const timbre = { ...defaultTimbre, harmonics }
      const tones = pitchClassTonesOfNotes(midi, timbre)
      const template = pitchClassTonesOfNotes([0], timbre)
      const profile = virtualPitchProfile(pitchClassSpectrum(tones), pitchClassSpectrum(template))
      const sum = profile.reduce((a, b) => a + b, 0)
      const bits = profile.reduce((total, v) => total + (v > 0 ? (v / sum) * Math.log2((1200 * v) / sum) : 0), 0)
      expect(measureHarmonicity(tones, timbre)?.harrison2018).toBeCloseTo(bits, 8)
      expect(measureHarmonicity(tones, timbre)?.milne2013).toBeCloseTo(Math.max(...profile), 8)
    }),
    { seed: 1, numRuns: 20 },
  )
})

test('of chords without an octave, notes and their partials agree', () => {
  for (const midi of [[60], [60, 64, 67], [59, 62, 65, 69], [60, 61]]) {
    const heard = measureHarmonicity(pitchClassTonesOfPartials(partialsOfMidi(midi)))
    expect(heard?.harrison2018).toBeCloseTo(ofNotes(midi)?.harrison2018 ?? NaN, 9)
    expect(heard?.milne2013).toBeCloseTo(ofNotes(midi)?.milne2013 ?? NaN, 9)
  }
})

test('order, octave, transposition by whole cents and doubling do not matter', () => {
  fc.assert(
    fc.property(chord, fc.integer({ min: -1200, max: 1200 }), (midi, cents) => {
      const value = ofNotes(midi)?.harrison2018 ?? NaN
      expect(ofNotes([...midi].reverse())?.harrison2018).toBe(value)
      expect(ofNotes(midi.map((m, i) => m + 12 * (i % 2)))?.harrison2018).toBe(value)
      expect(ofNotes([...midi, ...midi])?.harrison2018).toBe(value)
      expect(ofNotes(midi.map((m) => m + cents / 100))?.harrison2018).toBeCloseTo(value, 9)
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThan((ofNotes([60])?.harrison2018 ?? NaN) + 1e-9)
    }),
    { seed: 1, numRuns: 40 },
  )
})

test('pitch classes that differ by rounding only are one, also across the octave', () => {
  const one = ofNotes([60])?.harrison2018
  expect(ofNotes([60, 72 + 1e-9])?.harrison2018).toBe(one)
  expect(ofNotes([60 + 1e-9, 71.999999])?.harrison2018).toBeCloseTo(one ?? NaN, 9)
  expect(ofNotes([60, 60.5])?.harrison2018).toBeLessThan(one ?? NaN)
})

test('gain of partials does not matter; silence has no harmonicity; nothing is NaN', () => {
  fc.assert(
    fc.property(
      fc.array(partial, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: -900, max: 900 }),
      (sound, power) => {
        const value = measureHarmonicity(pitchClassTonesOfPartials(sound))
        const louder = sound.map((p) => ({ ...p, amplitude: p.amplitude * 2 ** power }))
        expect(measureHarmonicity(pitchClassTonesOfPartials(louder))?.harrison2018).toBeCloseTo(
          value?.harrison2018 ?? NaN,
          9,
        )
        expect(value?.milne2013).toBeGreaterThan(0)
        expect(value?.milne2013).toBeLessThanOrEqual(1)
      },
    ),
    { seed: 1, numRuns: 40 },
  )
  for (const sound of oddSounds) {
    const value = measureHarmonicity(pitchClassTonesOfPartials(sound))
    if (value === null) expect(sound.every(({ amplitude }) => amplitude === 0)).toBe(true)
    else expect(Number.isFinite(value.harrison2018) && Number.isFinite(value.milne2013)).toBe(true)
  }
  expect(ofNotes([])).toBeNull()
})

test('a stretched tone is less harmonic; a timbre with fewer harmonics has the template to match', () => {
  expect(ofNotes([60], { ...defaultTimbre, octaveRatio: 2.1 })?.milne2013).toBeLessThan(0.95)
  expect(ofNotes([60], { ...defaultTimbre, harmonics: 3 })?.milne2013).toBeCloseTo(1, 12)
  const steep = ofNotes([60, 64, 67], { ...defaultTimbre, rolloff: 2 })
  const decibels = ofNotes([60, 64, 67], { ...defaultTimbre, decibelsPerOctave: 40 * Math.log10(2) })
  expect(decibels?.harrison2018).toBeCloseTo(steep?.harrison2018 ?? NaN, 9)
})

test('similarity: 1 with itself and its octave, symmetric, falling with distance on the circle of fifths', () => {
  const tones = (midi: number[]) => pitchClassTonesOfNotes(midi, defaultTimbre)
  const similarity = (a: number[], b: number[]) => spectralPitchClassSimilarity(tones(a), tones(b)) ?? NaN
  const [c, g, fSharp] = [
    [60, 64, 67],
    [59, 62, 67],
    [61, 66, 70],
  ] as const
  expect(similarity([...c], [...c])).toBeCloseTo(1, 12)
  expect(
    similarity(
      [...c],
      c.map((m) => m + 12),
    ),
  ).toBeCloseTo(1, 12)
  expect(similarity([...c], [...g])).toBeCloseTo(similarity([...g], [...c]), 12)
  expect(similarity([...c], [...g])).toBeGreaterThan(similarity([...c], [...fSharp]))
  const drawn = [pitchClassSpectrum(tones([...c])), pitchClassSpectrum(tones([...g]))] as const
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0)
  const cosine = dot(drawn[0], drawn[1]) / Math.sqrt(dot(drawn[0], drawn[0]) * dot(drawn[1], drawn[1]))
  expect(similarity([...c], [...g])).toBeCloseTo(cosine, 9)
  expect(spectralPitchClassSimilarity(tones([60]), [])).toBeNull()
})

test('a pitch class is one on both sides of C', () => {
  const around = ofNotes([59.998, 67, 72.002])
  expect(around?.harrison2018).toBeCloseTo(ofNotes([67, 72.002])?.harrison2018 ?? NaN, 9)
})
