// Several voices: own and cross parts add up, published commonalities, directions, and what is null and why.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  defaultTimbre,
  hutchinsonKnopoff1978,
  measureSound,
  measureVoices,
  mergePartials,
  type Sound,
  soundOfNotes,
} from '../../../src/measure/index.ts'
import { expectPublished, partial } from './outside.ts'

const heard = (partials: Sound['partials']): Sound => ({ partials, notes: null, profile: 'partials' })
const voice = fc.oneof(
  fc.array(fc.integer({ min: 36, max: 84 }), { minLength: 1, maxLength: 3 }).map((midi) => soundOfNotes(midi)),
  fc.array(partial, { minLength: 1, maxLength: 6 }).map(heard),
)
const power = (sound: Sound) =>
  mergePartials(sound.partials, 'incoherent').reduce((sum, p) => sum + p.amplitude ** 2, 0)
const c = soundOfNotes([60, 64, 67])
const g = soundOfNotes([59, 62, 67])
const fSharp = soundOfNotes([61, 66, 70])

test('commonality of chords as published; similarity of a chord with itself and its octave', () => {
  expectPublished(measureVoices([c, g]).between.pitchCommonality, 0.349625432417314)
  expectPublished(measureVoices([c, soundOfNotes([48, 76, 79])]).between.pitchCommonality, 0.894901857522212)
  expect(measureVoices([c, c]).between.pitchCommonality).toBeCloseTo(1, 12)
  expect(measureVoices([c, c]).between.spectralPitchClassSimilarity).toBeCloseTo(1, 12)
  expect(measureVoices([c, soundOfNotes([72, 76, 79])]).between.spectralPitchClassSimilarity).toBeCloseTo(1, 9)
})

test('own and cross roughness add up to the joint roughness; within and gain are of each alone', () => {
  fc.assert(
    fc.property(fc.array(voice, { minLength: 2, maxLength: 4 }), (voices) => {
      const measures = measureVoices(voices)
      const total = voices.reduce((sum, v) => sum + power(v), 0)
      const own = voices.reduce(
        (sum, v) => sum + ((measureSound(v).roughness.hutchinsonKnopoff1978 ?? NaN) * power(v)) / total,
        0,
      )
      const joint =
        hutchinsonKnopoff1978(
          mergePartials(
            voices.flatMap((v) => v.partials),
            'incoherent',
          ),
        ) ?? NaN
      expect(measures.roughness.hutchinsonKnopoff1978).toBeCloseTo(joint, 12)
      expect(own + (measures.between.roughness ?? NaN)).toBeCloseTo(joint, 9)
      expect(measures.within).toEqual(voices.map((v) => measureSound(v).consonance))
      const mean = measures.within.reduce((sum: number, value) => sum + (value ?? NaN), 0) / voices.length
      expect(measures.between.gain).toBeCloseTo((measures.consonance ?? NaN) - mean, 12)
      const reversed = measureVoices([...voices].reverse()).between
      for (const key of ['roughness', 'spectralPitchClassSimilarity', 'pitchCommonality', 'gain'] as const) {
        if (measures.between[key] === null) expect(reversed[key]).toBeNull()
        else expect(reversed[key]).toBeCloseTo(measures.between[key], 9)
      }
    }),
    { seed: 1, numRuns: 40 },
  )
})

test('voices of one timbre are the chord they make', () => {
  const apart = measureVoices([soundOfNotes([60, 64]), soundOfNotes([67])])
  const together = measureSound(c)
  expect(apart.consonance).toBeCloseTo(together.consonance ?? NaN, 9)
  expect(apart.harmonicity.stolzenburg2015).toBe(together.harmonicity.stolzenburg2015)
  expect(apart.harmonicity.harrison2018).toBeCloseTo(together.harmonicity.harrison2018 ?? NaN, 9)
  const mixed = measureVoices([soundOfNotes([60, 64]), heard(soundOfNotes([67]).partials)])
  expect(mixed.familiarity.billboard).toBeNull()
  expect(mixed.undefined['familiarity.billboard']).toBe('the notes are not known')
  const timbres = measureVoices([soundOfNotes([60, 64]), soundOfNotes([67], { ...defaultTimbre, harmonics: 5 })])
  expect(timbres.familiarity).toEqual(together.familiarity)
})

test('a near key is nearer, a far one rubs more', () => {
  const [near, far] = [measureVoices([c, g]).between, measureVoices([c, fSharp]).between]
  expect(near.spectralPitchClassSimilarity).toBeGreaterThan(far.spectralPitchClassSimilarity ?? NaN)
  expect(near.pitchCommonality).toBeGreaterThan(far.pitchCommonality ?? NaN)
  const wide = measureVoices([c, soundOfNotes([48, 76, 79])]).between
  expect(far.roughness).toBeGreaterThan(wide.roughness ?? NaN)
  expect(far.gain).toBeLessThan(wide.gain ?? NaN)
})

test('of three voices similarity and commonality are means over the pairs', () => {
  const pairs = [
    [c, g],
    [c, fSharp],
    [g, fSharp],
  ].map((pair) => measureVoices(pair).between)
  const { between } = measureVoices([c, g, fSharp])
  for (const key of ['spectralPitchClassSimilarity', 'pitchCommonality'] as const)
    expect(between[key]).toBeCloseTo(pairs.reduce((sum, pair) => sum + (pair[key] ?? NaN), 0) / 3, 9)
})

test('level matters to roughness between, not to similarity; the faintest partner is no error', () => {
  const softly = (gain: number) => heard(g.partials.map((p) => ({ ...p, amplitude: p.amplitude * gain })))
  const [even, soft] = [measureVoices([c, softly(1)]).between, measureVoices([c, softly(0.01)]).between]
  expect(soft.roughness).toBeLessThan((even.roughness ?? NaN) / 10)
  expect(soft.spectralPitchClassSimilarity).toBeCloseTo(even.spectralPitchClassSimilarity ?? NaN, 9)
  const faint = measureVoices([c, softly(1e-200)])
  expect(faint.between.roughness).toBeCloseTo(0, 12)
  expect(faint.between.pitchCommonality).toBeNull()
  expect(faint.undefined['between.pitchCommonality']).toBe('a voice has no audible pitch')
  expect(measureVoices([softly(1e-200), softly(1e-200)]).between.roughness).toBeCloseTo(0, 9)
})

test('a silent voice, a single voice: null with reasons; no voice is refused', () => {
  const silent = measureVoices([c, heard([])])
  expect(silent.within[1]).toBeNull()
  expect(silent.undefined['within.1']).toBe('no partial sounds')
  expect(silent.between).toEqual({
    roughness: null,
    spectralPitchClassSimilarity: null,
    pitchCommonality: null,
    gain: null,
  })
  expect(silent.undefined['between.gain']).toBe('no partial of voice 2 sounds')
  expect(silent.consonance).not.toBeNull()
  const one = measureVoices([c])
  expect(one.within).toEqual([measureSound(c).consonance])
  expect(one.between.gain).toBeNull()
  expect(one.undefined['between.gain']).toBe('one voice has no other')
  expect(() => measureVoices([])).toThrow(RangeError)
})

test('off concert pitch, voices are brought to their names by one tuning: 60.4 with 64.6 as 60 with 64', () => {
  const commonality = (...midi: number[]) =>
    measureVoices(midi.map((note) => soundOfNotes([note]))).between.pitchCommonality
  expect(commonality(60.4, 64.6)).toBeCloseTo(commonality(60, 64) ?? NaN, 9)
})
