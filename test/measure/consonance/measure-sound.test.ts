// All measures of one sound: that each field is the model it names, what must not matter, and what is null and why.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  billboard,
  consonanceOfChord,
  consonanceOfSound,
  defaultTimbre,
  harrisonPearce2020,
  measureConsonance,
  measureSound,
  type Sound,
  type SoundMeasures,
  soundOfNotes,
  soundOfTones,
  tenneyMean,
  vassilakis2001,
} from '../../../src/measure/consonance/index.ts'
import { hertzOfMidi } from '../../../src/units.ts'
import { expectPublished, oddSounds, published } from './outside.ts'

const chord = fc.array(fc.integer({ min: 36, max: 84 }), { minLength: 1, maxLength: 6 })
const ofPartials = (partials: Sound['partials']) => measureSound({ partials, notes: null, profile: 'partials' })

/** Every field by its dotted path. */
function fieldsOf(measures: object, prefix = ''): [string, number | null][] {
  return Object.entries(measures).flatMap(([key, value]: [string, unknown]) => {
    if (prefix === '' && key === 'undefined') return []
    if (typeof value === 'object' && value !== null) return fieldsOf(value, `${prefix}${key}.`)
    return [[`${prefix}${key}`, value as number | null]]
  })
}

/** Each field is a number, or null with a reason; no reason without a null. */
function expectDefined(measures: SoundMeasures): void {
  const fields = fieldsOf(measures)
  expect(fields).toHaveLength(20)
  for (const [path, value] of fields) {
    if (value === null) expect(measures.undefined[path], path).toMatch(/\w/)
    else expect(Number.isFinite(value), path).toBe(true)
  }
  expect(Object.keys(measures.undefined).sort()).toEqual(
    fields
      .filter(([, v]) => v === null)
      .map(([path]) => path)
      .sort(),
  )
}

const names: Record<string, (m: SoundMeasures) => number | null> = {
  hutch_78: (m) => m.roughness.hutchinsonKnopoff1978,
  hutch_revised: (m) => m.roughness.hutchinsonKnopoffRevised,
  seth_93: (m) => m.roughness.sethares1993,
  vass_01: (m) => m.roughness.vassilakis2001,
  har_18: (m) => m.harmonicity.harrison2018,
  milne_13: (m) => m.harmonicity.milne2013,
  gill_09: (m) => m.harmonicity.gill2009,
  stolz_15: (m) => m.harmonicity.stolzenburg2015,
  tenney_mean: (m) => m.harmonicity.tenneyMean,
  parn_88: (m) => m.harmonicity.parncutt1988,
  har_19_corpus: (m) => m.familiarity.billboard,
  huron_94: (m) => m.intervals.huron1994,
  jl_12: (m) => m.intervals.johnsonLaird2012,
  hall25_sum: (m) => m.intervals.hall2025Sum,
  hall25_type: (m) => m.intervals.hall2025Type,
  har_19_composite: (m) => m.composites.harrisonPearce2020,
}

describe('every field is the published model of that name', () => {
  test.each(published)('%s', (_, row) => {
    const measures = measureSound(soundOfNotes(row.midi))
    for (const [key, field] of Object.entries(names)) expectPublished(field(measures), row[key])
    expectDefined(measures)
  })

  test.each([
    [[60, 72], 3.0600220088801],
    [[60, 67], 2.46553060557208],
    [[60, 65], 2.14697909722111],
    [[67, 71, 76], 1.65796888268932],
    [[67, 68, 71, 73, 76], 0.144723034155414],
    [[67, 69, 71, 74, 76], 1.06124734112462],
  ])('composite of %s', (midi, value) => {
    expectPublished(measureSound(soundOfNotes(midi)).composites.harrisonPearce2020, value)
  })
})

test('consonance is that of the chord when notes are known, of the sound when they are not', () => {
  const sound = soundOfNotes([60, 64, 67])
  const measures = measureSound(sound)
  const features = {
    roughness: measures.roughness.hutchinsonKnopoff1978 ?? NaN,
    harmonicity: measures.harmonicity.harrison2018 ?? NaN,
  }
  expect(measures.consonance).toBe(consonanceOfChord({ ...features, names: [60, 64, 67] }))
  const heard = ofPartials(sound.partials)
  expect(heard.consonance).toBeCloseTo(consonanceOfSound(features), 9)
  expect(measureSound({ partials: sound.partials, notes: [], profile: 'partials' }).consonance).toBe(heard.consonance)
  expect(heard.composites.harrisonPearce2020).toBeNull()
  expect(measureConsonance(sound)).toBe(measures.consonance)
})

test('notes in hertz, in any order: the same; an octave away the pitch classes say the same', () => {
  fc.assert(
    fc.property(chord, (midi) => {
      const fields = fieldsOf(measureSound(soundOfNotes(midi)))
      for (const other of [soundOfTones(midi.map(hertzOfMidi)), soundOfNotes([...midi].reverse())])
        fieldsOf(measureSound(other)).forEach(([path, value], i) => {
          const [, expected = null] = fields[i] ?? []
          if (expected === null) expect(value, path).toBeNull()
          else expect(value, path).toBeCloseTo(expected, 9)
        })
      const up = measureSound(soundOfNotes(midi.map((m) => m + 12)))
      const here = measureSound(soundOfNotes(midi))
      expect(up.harmonicity.harrison2018).toBeCloseTo(here.harmonicity.harrison2018 ?? NaN, 9)
      expect(up.familiarity).toEqual(here.familiarity)
      expect(up.intervals).toEqual(here.intervals)
    }),
    { seed: 1, numRuns: 30 },
  )
})

test('a chord off concert pitch keeps its names, and its pitches are those of its names', () => {
  const here = measureSound(soundOfNotes([60, 64, 67]))
  const sharp = measureSound(soundOfNotes([60.4, 64.4, 67.4]))
  expect(sharp.familiarity).toEqual(here.familiarity)
  expect(sharp.harmonicity.tenneyMean).toBe(tenneyMean([60, 64, 67]))
  expect(sharp.harmonicity.parncutt1994.pure).toBeCloseTo(here.harmonicity.parncutt1994.pure ?? NaN, 9)
  expect(sharp.roughness.hutchinsonKnopoff1978).not.toBeCloseTo(here.roughness.hutchinsonKnopoff1978 ?? NaN, 4)
})

test('the timbre of notes reaches both their partials and their pitch classes', () => {
  const [plain, steep] = [defaultTimbre, { ...defaultTimbre, rolloff: 2 }].map((timbre) =>
    measureSound(soundOfNotes([60, 64, 67], timbre)),
  )
  expect(steep?.roughness.hutchinsonKnopoff1978).toBeLessThan(plain?.roughness.hutchinsonKnopoff1978 ?? NaN)
  expect(steep?.harmonicity.harrison2018).not.toBeCloseTo(plain?.harmonicity.harrison2018 ?? NaN, 3)
})

test('coincident partials are one, silent ones none', () => {
  const sound = soundOfNotes([60, 64, 67]).partials
  const halves = [...sound, ...sound].map((p) => ({ ...p, amplitude: p.amplitude / Math.SQRT2 }))
  const silent = [{ hertz: 61, amplitude: 0 }, ...sound, { hertz: 277, amplitude: 0 }]
  const fields = fieldsOf(ofPartials(sound))
  for (const other of [halves, silent])
    fieldsOf(ofPartials(other)).forEach(([path, value], i) => {
      const [, expected = null] = fields[i] ?? []
      if (expected === null) expect(value, path).toBeNull()
      else expect(value, path).toBeCloseTo(expected, 9)
    })
})

test('one note: all but the means over intervals are defined', () => {
  const measures = measureSound(soundOfNotes([60]))
  expectDefined(measures)
  expect(Object.keys(measures.undefined).sort()).toEqual(['harmonicity.tenneyMean', 'intervals.hall2025Type'])
  expect(measures.roughness.hutchinsonKnopoff1978).toBeCloseTo(0, 2)
  expect(measures.familiarity.billboard).toBe(billboard([60]))
  expect(measures.composites.harrisonPearce2020).toBe(
    harrisonPearce2020(
      measures.roughness.hutchinsonKnopoff1978,
      measures.harmonicity.harrison2018,
      measures.familiarity.billboard,
    ),
  )
})

test('silence, one partial, the faintest and the loudest: a value or a reason, never NaN', () => {
  for (const partials of oddSounds) {
    const measures = ofPartials(partials)
    expectDefined(measures)
    const sounds = partials.some(({ amplitude }) => amplitude > 0)
    expect(measures.consonance === null, JSON.stringify(partials)).toBe(!sounds)
    if (!sounds) expect(measures.undefined['consonance']).toBe('no partial sounds')
    expectDefined(measureSound({ partials, notes: [], profile: defaultTimbre }))
  }
  const faint = ofPartials([{ hertz: 440, amplitude: 1e-6 }])
  expect(vassilakis2001([{ hertz: 440, amplitude: 1e-6 }])).toBeNull()
  expect(faint.undefined['roughness.vassilakis2001']).toBe('every partial is softer than 0.00001')
})

test('what is no partial and no note is refused by name', () => {
  expect(() => ofPartials([{ hertz: NaN, amplitude: 1 }])).toThrow(/partial 1: .* got NaN/)
  expect(() =>
    ofPartials([
      { hertz: 440, amplitude: 1 },
      { hertz: 440, amplitude: -1 },
    ]),
  ).toThrow(/partial 2: .* got -1/)
  expect(() => soundOfNotes([NaN])).toThrow(RangeError)
  expect(() => soundOfTones([0])).toThrow(RangeError)
  expect(() => measureSound({ ...soundOfNotes([60]), notes: [NaN] })).toThrow(/note 1/)
})

test('off concert pitch, parncutt1994 hears the intervals of the note names: 60.4 64.6 as 60 64', () => {
  const here = measureSound(soundOfNotes([60.4, 64.6])).harmonicity.parncutt1994
  const there = measureSound(soundOfNotes([60, 64])).harmonicity.parncutt1994
  for (const name of ['pure', 'complex', 'multiplicity'] as const) expect(here[name]).toBeCloseTo(there[name] ?? NaN, 9)
})
