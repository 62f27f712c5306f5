// Dissonance curves: the intervals that people like in two timbres, the grid, what is refused.
import { expect, test } from 'vitest'
import {
  type CurveTone,
  consonanceOfRoughness,
  type DissonanceCurve,
  dissonanceCurve,
  hutchinsonKnopoff1978,
  soundTones,
} from '../../../src/measure/index.ts'
import { hertzOfMidi } from '../../../src/units.ts'

const harmonic = { harmonics: 10, rolloff: 1, octaveRatio: 2, decibelsPerOctave: 3 }
const stretched = { ...harmonic, octaveRatio: 2.1 }
const compressed = { ...harmonic, octaveRatio: 1.9 }
const nearest = ({ peaks }: DissonanceCurve, interval: number) =>
  Math.min(...peaks.map((peak) => Math.abs(peak - interval)))

// Peaks of people's pleasantness judgements in semitones: Marjieh et al. 2024 (Nature Communications 15), dyads of stretched and compressed tones.
test('stretched tones: every interval that people like best is a peak', () => {
  const curve = dissonanceCurve({ tone: stretched })
  for (const liked of [4.15, 5.25, 7.45, 9.45, 12.8])
    expect(nearest(curve, liked), `${liked}`).toBeLessThanOrEqual(0.1001)
  expect(curve.peaks).toEqual(expect.arrayContaining([4.1, 5.35, 7.55, 9.5, 12.85]))
  expect(nearest(curve, 12)).toBeGreaterThan(0.3)
})

test('harmonic tones: unison, fourth, fifth and octave; compressed ones: an octave of 11.1', () => {
  const curve = dissonanceCurve({ tone: harmonic })
  for (const liked of [0, 5, 7, 12]) expect(nearest(curve, liked), `${liked}`).toBeLessThanOrEqual(0.1)
  expect(curve.peaks.length).toBeLessThanOrEqual(12)
  expect(nearest(dissonanceCurve({ tone: compressed }), 12 * Math.log2(1.9))).toBeLessThanOrEqual(0.15)
})

test('the grid is the one asked for; smoothing off, the curve is the smoothness of each interval', () => {
  const curve = dissonanceCurve({ tone: harmonic, baseMidi: 48, fromSemitones: 3, toSemitones: 5, stepSemitones: 0.5 })
  expect(curve.semitones).toEqual([3, 3.5, 4, 4.5, 5])
  const raw = dissonanceCurve({
    tone: harmonic,
    fromSemitones: 1,
    toSemitones: 8,
    stepSemitones: 7,
    smoothingSemitones: 0,
  })
  const expected = [1, 8].map((interval) => {
    const both = soundTones([60, 60 + interval].map(hertzOfMidi), harmonic, 'coherent')
    return consonanceOfRoughness(hutchinsonKnopoff1978(both) ?? NaN)
  })
  expect(raw.consonance[0]).toBeCloseTo(expected[0] ?? NaN, 9)
  expect(raw.consonance[1]).toBeCloseTo(expected[1] ?? NaN, 9)
  expect(dissonanceCurve({ tone: harmonic })).toMatchObject({ semitones: { length: 301 }, consonance: { length: 301 } })
})

test('the step does not matter to the curve, only to how much of it is seen', () => {
  const fine = dissonanceCurve({ tone: stretched, fromSemitones: 6, toSemitones: 9 })
  const coarse = dissonanceCurve({ tone: stretched, fromSemitones: 6, toSemitones: 9, stepSemitones: 0.5 })
  for (const [i, value] of coarse.consonance.entries()) expect(value).toBeCloseTo(fine.consonance[10 * i] ?? NaN, 9)
})

test('nor does it when the smoothing is wide: narrow peaks are seen between far points too', () => {
  const wide = { tone: stretched, fromSemitones: -6, toSemitones: 6, smoothingSemitones: 6 }
  const fine = dissonanceCurve({ ...wide, stepSemitones: 0.05 })
  const coarse = dissonanceCurve({ ...wide, stepSemitones: 3 })
  for (const [i, value] of coarse.consonance.entries()) expect(value).toBeCloseTo(fine.consonance[60 * i] ?? NaN, 9)
})

test('a smoothing far below any step is none', () => {
  const grid = { tone: harmonic, stepSemitones: 1 }
  const bare = dissonanceCurve({ ...grid, smoothingSemitones: 0 })
  for (const smoothingSemitones of [5e-324, 1e-200, 1e-9])
    expect(dissonanceCurve({ ...grid, smoothingSemitones })).toEqual(bare)
})

test('a timbre and its partials at the base agree; gain does not matter', () => {
  const curve = dissonanceCurve({ tone: stretched, baseMidi: 57 })
  const partials = soundTones([hertzOfMidi(57)], stretched, 'coherent')
  const louder = partials.map((p) => ({ ...p, amplitude: 1e-5 * p.amplitude }))
  for (const tone of [partials, louder]) {
    const spelled = dissonanceCurve({ tone, baseMidi: 57 })
    expect(spelled.peaks).toEqual(curve.peaks)
    for (const [i, value] of spelled.consonance.entries()) expect(value).toBeCloseTo(curve.consonance[i] ?? NaN, 9)
  }
})

test('the lower tone may have a timbre of its own', () => {
  const mixed = dissonanceCurve({ tone: stretched, baseTone: harmonic })
  const plain = dissonanceCurve({ tone: stretched })
  expect(mixed.consonance.some((value, i) => Math.abs(value - (plain.consonance[i] ?? NaN)) > 0.01)).toBe(true)
  expect(dissonanceCurve({ tone: stretched, baseTone: stretched })).toEqual(plain)
})

test('pure tones like only what lies apart: one peak, the unison, and a flat top that is none', () => {
  const curve = dissonanceCurve({ tone: { ...harmonic, harmonics: 1 } })
  expect(curve.peaks).toEqual([0])
  expect(curve.consonance.every((value) => value >= 0 && value <= 1)).toBe(true)
  expect(curve.consonance.at(-1)).toBeCloseTo(consonanceOfRoughness(0), 9)
})

test('what is no grid and no tone is refused', () => {
  const refused = (request: Omit<Parameters<typeof dissonanceCurve>[0], 'tone'>, tone: CurveTone = harmonic) =>
    expect(() => dissonanceCurve({ tone, ...request })).toThrow(RangeError)
  for (const stepSemitones of [0, -1, NaN, Infinity, 1e-5]) refused({ stepSemitones })
  for (const stepSemitones of [9e-7, 5e-324]) refused({ stepSemitones, toSemitones: 0 })
  for (const toSemitones of [-1, NaN, Infinity]) refused({ toSemitones })
  for (const smoothingSemitones of [-1, NaN, Infinity, 1e6]) refused({ smoothingSemitones })
  refused({ fromSemitones: -Infinity })
  refused({ baseMidi: NaN })
  refused({}, [])
  refused({}, [{ hertz: 440, amplitude: 0 }])
  refused({}, [{ hertz: NaN, amplitude: 1 }])
  refused({ baseTone: [] })
  expect(dissonanceCurve({ tone: harmonic, smoothingSemitones: 1e-9, stepSemitones: 5 }).consonance).toHaveLength(4)
})
