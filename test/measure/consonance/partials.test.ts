// Tones as partials, and names for notes: the definitions, what merges, what must not matter, what is refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { strongestAsOne } from '../../../src/measure/consonance/partials.ts'
import { defaultTimbre, harmonicPartials, mergePartials, nameNotes, soundTones } from '../../../src/measure/index.ts'

const frequency = fc.double({ min: 20, max: 8000, noNaN: true })
const amplitude = fc.double({ min: 0, max: 10, noNaN: true })
const partial = fc.record({ hertz: frequency, amplitude })

test('partial n of a stretched tone lies at f0 2.1^log2(n), its level falls by the decibels asked for', () => {
  const tone = soundTones([200], { harmonics: 8, rolloff: 1, octaveRatio: 2.1, decibelsPerOctave: 3 }, 'incoherent')
  expect(tone).toHaveLength(8)
  expect(tone[1]?.hertz).toBeCloseTo(420, 4)
  expect(tone[3]?.hertz).toBeCloseTo(882, 4)
  expect(tone[2]?.hertz).toBeCloseTo(200 * 3 ** (Math.log(2.1) / Math.log(2)), 4)
  expect(20 * Math.log10(tone[3]?.amplitude ?? 0)).toBeCloseTo(-6, 9)
  const plain = soundTones([200], defaultTimbre, 'incoherent')
  plain.forEach(({ hertz, amplitude }, i) => {
    expect(hertz).toBeCloseTo(200 * (i + 1), 4)
    expect(amplitude).toBeCloseTo(1 / (i + 1), 12)
  })
  expect(soundTones([200], { harmonics: 2, rolloff: 2, octaveRatio: 2 }, 'incoherent')[1]?.amplitude).toBe(0.25)
})

test('an octave shares five partials of eleven: powers add, or amplitudes', () => {
  const [incoherent, coherent] = (['incoherent', 'coherent'] as const).map((kind) =>
    soundTones([200, 400], defaultTimbre, kind),
  )
  expect(incoherent).toHaveLength(17)
  expect(incoherent?.[1]?.amplitude).toBeCloseTo(Math.hypot(1 / 2, 1), 12)
  expect(coherent?.[1]?.amplitude).toBeCloseTo(1.5, 12)
})

test('tones of two tunings a rounding error apart coincide: a just fifth shares every third partial', () => {
  for (const lower of [100, 123.456, 261.6255653])
    expect(soundTones([lower, 1.5 * lower], defaultTimbre, 'incoherent')).toHaveLength(11 + 11 - 3)
  expect(soundTones([440, 440 * 2 ** (7 / 12)], defaultTimbre, 'incoherent')).toHaveLength(22)
})

test('only what coincides merges: a hundredth of a cent apart stays apart', () => {
  expect(
    mergePartials(
      [440, 440 * 2 ** (1e-4 / 12)].map((hertz) => ({ hertz, amplitude: 1 })),
      'coherent',
    ),
  ).toHaveLength(2)
  expect(
    mergePartials(
      [440, 440 * 2 ** (1e-7 / 12)].map((hertz) => ({ hertz, amplitude: 1 })),
      'coherent',
    ),
  ).toHaveLength(1)
})

test('merging keeps the power, ascends, drops silence, and sees no order', () => {
  fc.assert(
    fc.property(fc.array(partial, { maxLength: 20 }), (partials) => {
      const doubled = [...partials, ...partials]
      const merged = mergePartials(doubled, 'incoherent')
      const power = (list: typeof partials) => list.reduce((sum, p) => sum + p.amplitude ** 2, 0)
      expect(power(merged)).toBeCloseTo(power(doubled), 6)
      expect(merged.every((p, i) => p.amplitude > 0 && p.hertz > (merged[i - 1]?.hertz ?? 0))).toBe(true)
      expect(mergePartials([...doubled].reverse(), 'incoherent')).toEqual(merged)
    }),
    { seed: 1 },
  )
})

test('the strongest partial becomes 1, however faint; silence is empty', () => {
  const faint = [5e-324, 1.5e-323].map((amplitude) => ({ hertz: 100, amplitude }))
  expect(strongestAsOne(faint).map((p) => p.amplitude)).toEqual([1 / 3, 1])
  expect(strongestAsOne([{ hertz: 100, amplitude: 0 }])).toEqual([])
  expect(strongestAsOne([])).toEqual([])
})

test('a tone or timbre that is none is refused by name', () => {
  expect(() => soundTones([220, NaN], defaultTimbre, 'coherent')).toThrow(/partial 12: .*NaN/)
  expect(() => soundTones([-220], defaultTimbre, 'coherent')).toThrow(/above 0 Hz/)
  for (const harmonics of [0, -1, 1.5, NaN, Infinity])
    expect(() => harmonicPartials([220], harmonics)).toThrow(/whole number of harmonics/)
  for (const octaveRatio of [1, 0, NaN, Infinity])
    expect(() => soundTones([220], { ...defaultTimbre, octaveRatio }, 'coherent')).toThrow(/octave ratio/)
  expect(() => soundTones([220], { ...defaultTimbre, rolloff: NaN }, 'coherent')).toThrow(/rolloff/)
  expect(() => soundTones([220], { ...defaultTimbre, decibelsPerOctave: Infinity }, 'coherent')).toThrow(/decibels/)
  expect(() => soundTones([220], { ...defaultTimbre, rolloff: -1000 }, 'coherent')).toThrow(/amplitude/)
  expect(soundTones([], defaultTimbre, 'coherent')).toEqual([])
})

test('names follow the lowest note and the intervals above it', () => {
  expect(nameNotes([60.4, 64.6])).toEqual([60, 64])
  expect(nameNotes([67, 60, 64])).toEqual([60, 64, 67])
  expect(nameNotes([60, 60, 60.2])).toEqual([60])
  expect(nameNotes([])).toEqual([])
  expect(() => nameNotes([60, NaN])).toThrow(/note 2/)
  expect(() => nameNotes([Infinity])).toThrow(RangeError)
})

test('a chord keeps its names when all of it moves by less than half a semitone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 24, max: 96 }), { minLength: 1, maxLength: 6 }),
      fc.double({ min: -0.49, max: 0.49, noNaN: true }),
      (midi, detuning) => {
        expect(nameNotes(midi.map((m) => m + detuning))).toEqual([...new Set(midi)].sort((a, b) => a - b))
      },
    ),
    { seed: 1 },
  )
})

test('partials a few millionths of a semitone apart are two, closer than half of one they are one', () => {
  const count = (semitones: number) =>
    mergePartials(
      [440, 440 * 2 ** (semitones / 12)].map((hertz) => ({ hertz, amplitude: 1 })),
      'incoherent',
    ).length
  expect([2e-7, 4e-7, 6e-7, 5e-6].map(count)).toEqual([1, 1, 2, 2])
})
