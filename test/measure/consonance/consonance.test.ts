// Consonance: published values, what people said, known directions, and what must not matter.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HeardFrame } from '../../../src/hear/index.ts'
import {
  consonanceOfRoughness,
  criticalBandwidth,
  dissonanceFactor,
  findRubbingPairs,
  harmonicPartials,
  hutchinsonKnopoff1978,
  partialsOfMidi,
  planMixtures,
  readConsonance,
  roughnessOfConsonance,
  type StemGroup,
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

/** Frames of stems, heard as these groups want them. */
const heardAs = (stems: Float32Array[], groups: readonly StemGroup[]) =>
  hear(stems, { mixtures: planMixtures(groups).mixtures }).frames

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
    const heard = summariseConsonance(heardAs([low, chord([hertz(midi)], 1, 2)], agents), agents)
    return heard.pairs[0]?.smoothness ?? NaN
  }
  const self = summariseConsonance(heardAs([low, low], agents), agents)
  expect(self.within['a']).toBe(self.within['b'])
  expect(self.pairs[0]?.gain).toBeGreaterThan(-0.05)
  const [semitone, fifth, octave] = [between(61), between(67), between(72)]
  expect(semitone).toBeLessThan(fifth)
  expect(fifth).toBeLessThan(octave + 0.05)
  expect(semitone).toBeLessThan(0.45)
  expect(fifth).toBeGreaterThan(0.8)
})

test('roughness within, between and together adds up, whatever the grouping', () => {
  const stems = [60, 66, 71, 73].map((midi, i) => chord([hertz(midi)], 1, i))
  const groups = [
    { name: 'a', stems: [0, 1] },
    { name: 'b', stems: [2, 3] },
  ]
  const frame = heardAs(stems, groups)[3] as HeardFrame
  const all = [{ name: 'all', stems: [0, 1, 2, 3] }]
  const one = readConsonance(heardAs(stems, all)[3] as HeardFrame, all, planMixtures(all))
  const reading = readConsonance(frame, groups, planMixtures(groups))
  expect(reading.together).toBeCloseTo(one.together ?? NaN, 6)
  expect(one.within[0]).toBe(one.together)
  const total = frame.partialPower.reduce((sum, power) => sum + power, 0)
  const cross = [2, 3, 6, 7].reduce((sum, at) => sum + (frame.roughnessSums[at] ?? NaN), 0)
  expect(reading.pairs[0]?.roughness).toBeCloseTo(cross / total, 12)
  expect(reading.pairs[0]?.smoothness).toBeCloseTo(consonanceOfRoughness(cross / total), 12)
  expect(reading.pairs[0]?.gain).toBeCloseTo(
    (reading.together ?? NaN) - ((reading.within[0] ?? NaN) + (reading.within[1] ?? NaN)) / 2,
    12,
  )
})

test('three agents: every pair has its own gain and likeness; a plan for the wrong groups is refused', () => {
  const groups = [0, 1, 2].map((stem) => ({ name: `${stem}`, stems: [stem] }))
  const stems = [60, 67, 61].map((midi, i) => chord([hertz(midi)], 1, i))
  const summary = summariseConsonance(heardAs(stems, groups), groups)
  const [fifth, semitone, tritone] = summary.pairs
  expect(summary.pairs.map(({ a, b }) => `${a}${b}`)).toEqual(['01', '02', '12'])
  expect(fifth?.gain ?? NaN).toBeGreaterThan(semitone?.gain ?? NaN)
  expect(fifth?.spectralPitchClassSimilarity ?? NaN).toBeGreaterThan(semitone?.spectralPitchClassSimilarity ?? NaN)
  expect(tritone?.smoothness ?? NaN).toBeGreaterThan(semitone?.smoothness ?? NaN)
  expect(() => summariseConsonance(hear(stems, { mixtures: [] }).frames, groups)).toThrow(/planMixtures/)
})

test('the likeness of agents is that of what they sound', () => {
  const agentsOf = (midi: number) => {
    const stems = [
      chord([hertz(60), hertz(64), hertz(67)], 1, 1),
      chord([hertz(midi), hertz(midi + 4), hertz(midi + 7)], 1, 2),
    ]
    return summariseConsonance(heardAs(stems, agents), agents).pairs[0]?.spectralPitchClassSimilarity ?? NaN
  }
  expect(agentsOf(60)).toBeGreaterThan(0.98)
  expect(agentsOf(72)).toBeGreaterThan(0.9)
  expect(agentsOf(67)).toBeGreaterThan(agentsOf(66) + 0.1)
})

test('silence and drums alone: undefined, with reasons', () => {
  const silent = new Float32Array(48000)
  const summary = summariseConsonance(heardAs([chord([220], 1, 1), silent], agents), agents)
  expect(summary.within['b']).toBeNull()
  expect(summary.pairs[0]?.smoothness).toBeNull()
  expect(summary.pairs[0]?.gain).toBeNull()
  expect(summary.together).not.toBeNull()
  expect(Object.keys(summary.undefined)).toEqual(['within.b', 'between.a.b'])
  expect(summary.pairs[0]?.series.values.every((x) => x === null)).toBe(true)
  const nothing = summariseConsonance([], agents)
  expect(nothing.together).toBeNull()
  expect(nothing.undefined['together']).toBe('nothing was heard yet')
})

test('drums alone have no consonance, nor any with a partner', () => {
  const summary = summariseConsonance(heardAs([chord([220, 330], 3, 1), drums(3, 2, 0.5)], agents), agents)
  expect(summary.within['b']).toBeNull()
  expect(summary.pairs[0]).toMatchObject({ smoothness: null, gain: null, roughness: null })
  expect(summary.together).toBeCloseTo(summary.within['a'] ?? NaN, 2)
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
