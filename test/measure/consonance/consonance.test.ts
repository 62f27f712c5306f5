// Consonance: published values, what people said, known directions, and what must not matter.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  consonanceOfRoughness,
  criticalBandwidth,
  dissonanceFactor,
  findRubbingPairs,
  harmonicPartials,
  hutchinsonKnopoff1978,
  partialsOfMidi,
  readConsonance,
  roughnessOfConsonance,
  summariseConsonance,
} from '../../../src/measure/index.ts'
import { hear } from '../../hear/listening.ts'
import { chord, drums, mixed } from '../../hear/sounds.ts'

const outside = (name: string) => readFileSync(new URL(`../../outside/consonance/${name}`, import.meta.url), 'utf8')
const { bowling2018 } = JSON.parse(outside('human-ratings.json')) as {
  bowling2018: { frequenciesHz: number[]; rating: number }[]
}
const published = JSON.parse(outside('model-values.json')) as Record<string, { midi: number[]; hutch_78: number }>
const roughnessOf = (midi: number[]) => hutchinsonKnopoff1978(partialsOfMidi(midi)) ?? NaN
const hertz = (midi: number) => 440 * 2 ** ((midi - 69) / 12)
const agents = [
  { name: 'a', stems: [0] },
  { name: 'b', stems: [1] },
]

function correlation(x: readonly number[], y: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length
  const product = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, i) => sum + (value - mean(p)) * ((q[i] ?? 0) - mean(q)), 0)
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y))
}

test('checks of the formula', () => {
  expect(dissonanceFactor(1)).toBeCloseTo(0.0397, 4)
  expect(dissonanceFactor(0.5)).toBeCloseTo(0.5413, 4)
  expect(dissonanceFactor(0.25)).toBe(1)
  expect(dissonanceFactor(1.21)).toBe(0)
  expect(criticalBandwidth(420)).toBeCloseTo(87.225, 3)
})

test.each(Object.entries(published))('%s: roughness as the R package incon has it', (_, { midi, hutch_78 }) => {
  expect(roughnessOf(midi)).toBeCloseTo(hutch_78, 6)
})

test('the scale is the one fitted to people, and its error is as stated', () => {
  const rating = bowling2018.map((c) => (c.rating - 1) / 3)
  const fitted = bowling2018.map((c) =>
    consonanceOfRoughness(hutchinsonKnopoff1978(harmonicPartials(c.frequenciesHz)) ?? NaN),
  )
  expect(correlation(fitted, rating)).toBeCloseTo(0.737, 3)
  const off = (scale: (c: number) => number) =>
    Math.sqrt(fitted.reduce((sum, c, i) => sum + (scale(c) - (rating[i] ?? 0)) ** 2, 0) / fitted.length)
  const fit = off((c) => c)
  expect(fit).toBeCloseTo(0.141, 3)
  for (const change of [0.98, 1.02]) {
    expect(off((c) => c * change)).toBeGreaterThan(fit)
    expect(off((c) => consonanceOfRoughness(roughnessOfConsonance(c) * change))).toBeGreaterThan(fit)
  }
})

test('no order, no scale: roughness of a sound is a property of its partials', () => {
  const partial = fc.record({
    hertz: fc.double({ min: 40, max: 5000, noNaN: true }),
    amplitude: fc.double({ min: 0.001, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(
      fc.array(partial, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      (sound, gain) => {
        const roughness = hutchinsonKnopoff1978(sound) ?? NaN
        const other = sound.map((p) => ({ ...p, amplitude: p.amplitude * gain })).reverse()
        expect(hutchinsonKnopoff1978(other)).toBeCloseTo(roughness, 9)
        const consonance = consonanceOfRoughness(roughness)
        expect(consonance).toBeGreaterThanOrEqual(0)
        expect(consonance).toBeLessThanOrEqual(1)
      },
    ),
    { seed: 1 },
  )
  expect(hutchinsonKnopoff1978([])).toBeNull()
  expect(hutchinsonKnopoff1978([{ hertz: 440, amplitude: 0 }])).toBeNull()
})

test('heard roughness agrees with that of the notes', () => {
  const some = bowling2018.filter((_, i) => i % 5 === 0)
  const truth = some.map((c) => hutchinsonKnopoff1978(harmonicPartials(c.frequenciesHz)) ?? NaN)
  const heard = some.map((c, i) => {
    const frame = hear([chord(c.frequenciesHz, 0.8, i)]).frames[2]
    return (frame?.roughnessSums[0] ?? NaN) / (frame?.partialPower[0] ?? NaN)
  })
  expect(correlation(heard, truth)).toBeGreaterThan(0.98)
  const ratios = heard.map((r, i) => r / (truth[i] ?? NaN)).sort((a, b) => a - b)
  expect(Math.abs((ratios[Math.floor(ratios.length / 2)] ?? 0) - 1)).toBeLessThan(0.1)
})

test('drums as loud as the chord hardly change its consonance', () => {
  const tones = [60, 64, 67].map(hertz)
  const clean = chord(tones, 2, 1)
  const alone = summariseConsonance(hear([clean]).frames, [{ name: 'a', stems: [0] }])
  const drummed = summariseConsonance(hear([mixed(clean, drums(2, 1, 0.45))]).frames, [{ name: 'a', stems: [0] }])
  expect(Math.abs((drummed.together ?? NaN) - (alone.together ?? NaN))).toBeLessThan(0.05)
})

test('identical agents; a fifth against a semitone; near against far apart', () => {
  const low = chord([hertz(60)], 1, 1)
  const between = (midi: number) => {
    const heard = summariseConsonance(hear([low, chord([hertz(midi)], 1, 2)]).frames, agents)
    return heard.pairs[0]?.consonance ?? NaN
  }
  const self = summariseConsonance(hear([low, low]).frames, agents)
  expect(self.within['a']).toBe(self.within['b'])
  expect(self.pairs[0]?.gain).toBeGreaterThan(-0.05)
  const [semitone, fifth, octave] = [between(61), between(67), between(72)]
  expect(semitone).toBeLessThan(fifth)
  expect(fifth).toBeLessThan(octave + 0.05)
  expect(semitone).toBeLessThan(0.45)
  expect(fifth).toBeGreaterThan(0.8)
})

test('within, between and together add up, whatever the grouping', () => {
  const stems = [60, 66, 71, 73].map((midi, i) => chord([hertz(midi)], 1, i))
  const { frames } = hear(stems)
  const groups = [
    { name: 'a', stems: [0, 1] },
    { name: 'b', stems: [2, 3] },
  ]
  const reading = readConsonance(frames[3] as (typeof frames)[0], groups)
  const one = readConsonance(frames[3] as (typeof frames)[0], [{ name: 'all', stems: [0, 1, 2, 3] }])
  expect(reading.together).toBeCloseTo(one.together ?? NaN, 12)
  expect(one.within[0]).toBe(one.together)
  const frame = frames[3]
  const power = [...(frame?.partialPower ?? [])]
  const share = (group: number[]) =>
    group.reduce((sum, s) => sum + (power[s] ?? 0), 0) / power.reduce((a, b) => a + b, 0)
  const roughness = roughnessOfConsonance(reading.together ?? NaN)
  const parts =
    roughnessOfConsonance(reading.within[0] ?? NaN) * share([0, 1]) +
    roughnessOfConsonance(reading.within[1] ?? NaN) * share([2, 3]) +
    roughnessOfConsonance(reading.pairs[0]?.consonance ?? NaN)
  expect(parts).toBeCloseTo(roughness, 9)
})

test('silence and drums alone: undefined, with reasons', () => {
  const silent = new Float32Array(48000)
  const summary = summariseConsonance(hear([chord([220], 1, 1), silent]).frames, agents)
  expect(summary.within['b']).toBeNull()
  expect(summary.pairs[0]?.consonance).toBeNull()
  expect(summary.pairs[0]?.gain).toBeNull()
  expect(summary.together).not.toBeNull()
  expect(Object.keys(summary.undefined)).toEqual(['within.b', 'between.a.b'])
  expect(summary.pairs[0]?.series.values.every((x) => x === null)).toBe(true)
  const nothing = summariseConsonance([], agents)
  expect(nothing.together).toBeNull()
  expect(nothing.undefined['together']).toBe('nothing was heard yet')
})

test('the rubbing pair is the one that was played', () => {
  const { frames } = hear([chord([hertz(60)], 1, 1), chord([hertz(61)], 1, 2)])
  const pairs = findRubbingPairs(frames, { name: 'a', stems: [0] }, { name: 'b', stems: [1] }, 3)
  expect(pairs).toHaveLength(3)
  expect(pairs[0]?.aHz).toBeCloseTo(hertz(60), 0)
  expect(pairs[0]?.bHz).toBeCloseTo(hertz(61), 0)
  expect(pairs.reduce((sum, p) => sum + p.share, 0)).toBeLessThanOrEqual(1)
  expect(findRubbingPairs(frames, { name: 'a', stems: [0] }, { name: 'none', stems: [] })).toEqual([])
})
