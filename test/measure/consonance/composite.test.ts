// Our consonance: what people say, known ends, what must not matter, any sound at all; and the data file is what its script fits.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadRatings, type RatedChord } from '../../../samples/consonance/chords.ts'
import { chordForm } from '../../../samples/consonance/forms.ts'
import { fitRoughness, fitSound } from '../../../samples/consonance/partials-fits.ts'
import { expectedOf } from '../../../samples/consonance/reference-chords.ts'
import { fitForm } from '../../../samples/consonance/regression.ts'
import { rivals } from '../../../samples/consonance/rivals.ts'
import { correlation } from '../../../samples/consonance/statistics.ts'
import fitted from '../../../src/measure/consonance/composite.json' with { type: 'json' }
import {
  consonanceErrors,
  consonanceOfRoughness,
  consonanceOfSound,
  defaultTimbre,
  outsideScale,
  soundOfNotes,
} from '../../../src/measure/consonance/index.ts'
import { measureConsonance } from '../../../src/measure/consonance/measure-sound.ts'

const sets = loadRatings()
const bowling = sets['bowling2018'] ?? []
const rate = (midi: readonly number[]) => measureConsonance(soundOfNotes(midi)) ?? NaN
const agreement = (measure: (chord: RatedChord) => number, chords: readonly RatedChord[]) =>
  correlation(
    chords.map(measure),
    chords.map(({ liking }) => liking),
  )

describe('people', () => {
  test.each([
    ['bowling2018', 0.895],
    ['schwartz2003', 0.97],
    ['johnsonLaird2012a', 0.82],
    ['lahdelma2016', 0.98],
  ] as const)('%s: r at least %f, and above the published composite', (name, least) => {
    const chords = sets[name] ?? []
    const ours = agreement(expectedOf, chords)
    expect(ours).toBeGreaterThan(least)
    expect(ours).toBeGreaterThan(agreement(rivals['harrisonPearce2020'] as (chord: RatedChord) => number, chords))
  })

  test('the same chords from note numbers, in equal temperament', () => {
    expect(agreement(({ names }) => rate(names), bowling)).toBeGreaterThan(0.89)
  })

  test('expectation means what it says: in each fifth of the scale, people are where they are expected', () => {
    const rated = bowling.map((chord) => ({ expected: expectedOf(chord), said: chord.liking }))
    for (const low of [0, 0.2, 0.4, 0.6, 0.8]) {
      const inside = rated.filter(({ expected }) => expected >= low && expected < low + 0.2)
      const off = inside.reduce((sum, { expected, said }) => sum + said - expected, 0) / inside.length
      expect(Math.abs(off), `from ${low}`).toBeLessThan(0.05)
    }
    const errors = rated.map(({ expected, said }) => (said - expected) ** 2)
    const error = Math.sqrt(errors.reduce((sum, value) => sum + value, 0) / errors.length)
    expect(error).toBeLessThan(consonanceErrors.ofChord)
    expect(consonanceErrors.ofChord).toBeLessThan(error + 0.01)
  })
})

describe('composite.json is what the script fits', () => {
  const six = (value: number) => Number(value.toPrecision(6))
  test('of a chord', () => {
    const fit = fitForm(chordForm(fitted.ofChord.chosen), bowling)
    expect(six(fit.intercept)).toBeCloseTo(fitted.ofChord.intercept, 4)
    fit.form.terms.forEach(({ name }, i) => {
      expect(fit.weights[i]).toBeCloseTo((fitted.ofChord.weights as Record<string, number>)[name] ?? NaN, 4)
    })
    expect(Object.keys(fitted.ofChord.weights)).toEqual(fit.form.terms.map(({ name }) => name))
  })

  test('of a sound and of roughness', () => {
    const sound = fitSound('product', bowling)
    expect(sound.intercept).toBeCloseTo(fitted.ofSound.intercept, 4)
    expect(sound.weight).toBeCloseTo(fitted.ofSound.weight, 4)
    expect(sound.steepness).toBeCloseTo(fitted.ofSound.steepness, 4)
    const { smoothest, steepness } = fitRoughness(bowling)
    expect(smoothest).toBeCloseTo(fitted.ofRoughness.smoothest, 4)
    expect(steepness).toBeCloseTo(fitted.ofRoughness.steepness, 4)
  })
})

test('a tone, the unison and the octave are near the top, clusters near the bottom, the rest between in the order people give', () => {
  for (const top of [[60], [60, 60], [60, 72]]) expect(rate(top)).toBeGreaterThan(0.95)
  for (const cluster of [
    [60, 61, 62],
    [61, 62, 63],
    [60, 61, 62, 63],
  ])
    expect(rate(cluster)).toBeLessThan(0.1)
  const falling = [
    [60, 72],
    [60, 67],
    [60, 65],
    [60, 64],
    [60, 66],
    [60, 62],
    [60, 61],
  ].map(rate)
  for (const [i, value] of falling.slice(1).entries()) expect(value).toBeLessThan(falling[i] as number)
  expect(rate([60, 64, 67])).toBeGreaterThan(rate([60, 63, 67]))
  expect(rate([60, 63, 67])).toBeGreaterThan(rate([60, 64, 68]))
})

test('an octave up or down moves no chord of two or three notes by more than a tenth', () => {
  for (let i = 1; i <= 12; i++)
    for (let j = i; j <= 12; j++) {
      const [low, here, high] = [48, 60, 72].map((bass) => rate([bass, bass + i, bass + j])) as [number, number, number]
      expect(Math.max(Math.abs(low - here), Math.abs(high - here)), `${i} ${j}`).toBeLessThan(0.1)
    }
})

test('chords of any size: a number from 0 to 1, and a clash of a semitone never sweetens one by more than .07', () => {
  const chord = fc.uniqueArray(fc.integer({ min: 36, max: 90 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(chord, fc.constantFrom(-1, 1), (notes, side) => {
      const before = rate(notes)
      expect(before).toBeGreaterThan(0)
      expect(before).toBeLessThan(1)
      expect(rate([...notes, (notes[0] as number) + side]) - before).toBeLessThan(0.07)
    }),
    { seed: 1, numRuns: 300 },
  )
})

// Peaks of people's pleasantness judgements of stretched dyads: Marjieh et al. 2024 (Nature Communications 15).
test('tones stretched or compressed: intervals are named in their own octaves, and those that people like are tops', () => {
  const rateIn = (octaveRatio: number) => (interval: number) =>
    measureConsonance(soundOfNotes([60, 60 + interval], { ...defaultTimbre, harmonics: 10, octaveRatio })) ?? NaN
  const stretched = rateIn(2.1)
  for (const liked of [5.25, 7.45, 9.45, 12.8]) {
    const near = Math.max(...[-0.1, 0, 0.1].map((by) => stretched(liked + by)))
    expect(near, `${liked}`).toBeGreaterThan(Math.max(stretched(liked - 0.8), stretched(liked + 0.8)))
  }
  expect(stretched(12.85)).toBeGreaterThan(stretched(12) + 0.2)
  expect(rateIn(1.9)(11.1)).toBeGreaterThan(rateIn(1.9)(12) + 0.2)
  expect(rateIn(2)(12)).toBeGreaterThan(rateIn(2)(12.8) + 0.2)
})

test('timbre counts: a stretched octave likes stretched tones, and few harmonics do not count as harmonic', () => {
  const stretched = { harmonics: 11, rolloff: 1, octaveRatio: 2.1 }
  const rateIn = (midi: number[], timbre: typeof stretched) => measureConsonance(soundOfNotes(midi, timbre)) ?? NaN
  const plain = { ...stretched, octaveRatio: 2 }
  expect(rateIn([60, 72], plain)).toBeGreaterThan(rateIn([60, 72], stretched) + 0.1)
  expect(rateIn([60, 61], { ...plain, harmonics: 1 })).toBeLessThan(rateIn([60, 64], plain))
})

test('of a sound: rougher is worse, more harmonic is better up to one tone, both count at once', () => {
  const inside = fc.double({ min: 0, max: 3, noNaN: true })
  fc.assert(
    fc.property(inside, inside, fc.double({ min: 0.01, max: 1, noNaN: true }), (roughness, harmonicity, more) => {
      const value = consonanceOfSound({ roughness, harmonicity })
      expect(value).toBeGreaterThan(0)
      expect(value).toBeLessThan(1)
      expect(consonanceOfSound({ roughness: roughness + more, harmonicity })).toBeLessThan(value)
      expect(consonanceOfSound({ roughness, harmonicity: harmonicity + more })).toBeGreaterThanOrEqual(value)
    }),
    { seed: 1 },
  )
  const oneTone = consonanceOfSound({ roughness: 0, harmonicity: fitted.mostHarmonicity })
  expect(oneTone).toBeGreaterThan(0.95)
  expect(consonanceOfSound({ roughness: 0, harmonicity: 3 })).toBe(oneTone)
  // Two pure tones a semitone apart are as harmonic as a tone, and rough all the same.
  expect(consonanceOfSound({ roughness: 0.5, harmonicity: 2 })).toBeLessThan(0.5)
  expect(consonanceOfSound({ roughness: 1.7, harmonicity: 0.46 })).toBeLessThan(0.05)
  expect(consonanceOfRoughness(0)).toBeCloseTo(fitted.ofRoughness.smoothest, 12)
})

test('outside a scale: triads of the white keys 0, augmented 1, all twelve 5; the key does not matter', () => {
  expect(outsideScale([60, 64, 67])).toBe(0)
  expect(outsideScale([59, 62, 65, 69])).toBe(0)
  expect(outsideScale([60, 64, 68])).toBe(1)
  expect(outsideScale(Array.from({ length: 12 }, (_, i) => 60 + i))).toBe(5)
  expect(outsideScale([61, 65, 69])).toBe(1)
  expect(outsideScale([])).toBeNull()
})
