// Stems heard as one sound: harmonicity, likeness and notes against their slow twins, and what each mixture may depend on.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnalyser, frameNumbers, type HeardFrame, type HeardMixture } from '../../src/hear/index.ts'
import { measureHarmonicity, pitchClassTonesOfPartials, spectralPitchClassSimilarity } from '../../src/measure/index.ts'
import { seededRandom } from '../../src/random.ts'
import { joinPartials } from '../reference/join.ts'
import { estimateNotes } from '../reference/notes.ts'
import { hear, kernel } from './listening.ts'
import { chord, drums, mixed, sines } from './sounds.ts'

const groups = [[0], [1], [2], [0, 1], [0, 1, 2]]
const just = (midi: number) => 440 * 2 ** ((midi - 69) / 12)

/** Three stems of one to three tones with random levels, one of them with a hum, one with drums. */
function randomStems(seed: number): Float32Array[] {
  const random = seededRandom(seed)
  return [0, 1, 2].map((i) => {
    const tones = Array.from({ length: 1 + Math.floor(3 * random()) }, () => just(48 + Math.floor(25 * random())))
    const sound = chord(tones, 1, seed + i, 0.1 * 0.1 ** random())
    if (i === 1) return mixed(sound, sines(1, [[45 + 60 * random(), 0.1 * random()]]))
    return i === 2 ? mixed(sound, drums(1, seed, 0.05)) : sound
  })
}

test('harmonicity, likeness and notes are those of the slow twins', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const { frames } = hear(randomStems(seed), { mixtures: groups })
      for (const frame of [frames[2], frames[3]] as HeardFrame[]) {
        const joined = groups.map((group) => joinPartials(group.map((s) => frame.stems[s] as HeardFrame['stems'][0])))
        const tones = joined.map(pitchClassTonesOfPartials)
        frame.mixtures.forEach(({ partialsHz, amplitudes, weightedPower, harmonicity, notes }, m) => {
          const powers = (groups[m] as number[]).map((s) => frame.stems[s]?.weightedPower ?? NaN)
          expect(weightedPower).toBeCloseTo(
            powers.reduce((sum, power) => sum + power, 0),
            12,
          )
          expect([...partialsHz]).toEqual(joined[m]?.map((p) => p.hertz))
          joined[m]?.forEach((p, i) => {
            expect(amplitudes[i]).toBeCloseTo(p.amplitude, 12)
          })
          const twin = measureHarmonicity(tones[m] ?? [])?.harrison2018 ?? NaN
          expect(Math.abs((harmonicity ?? NaN) - twin)).toBeLessThan(1e-5)
          const partials = joined[m] ?? []
          const expected = estimateNotes({
            hertz: partials.map((p) => p.hertz),
            amplitudes: partials.map((p) => p.amplitude),
          })
          expect(notes?.midi.length).toBe(expected.length)
          expected.forEach(({ midi, salience }, i) => {
            expect(notes?.midi[i]).toBeCloseTo(midi, 9)
            expect(notes?.saliences[i]).toBeCloseTo(salience, 9)
          })
          groups.forEach((_, other) => {
            const similarity = frame.similarities[groups.length * m + other] ?? NaN
            const cosine = spectralPitchClassSimilarity(tones[m] ?? [], tones[other] ?? []) ?? NaN
            expect(Math.abs(similarity - cosine)).toBeLessThan(1e-5)
          })
        })
      }
    }),
    { numRuns: 12, seed: 5 },
  )
})

test('block size changes no bit, nor do other stems and mixtures, nor the order of a group', () => {
  const stems = randomStems(7)
  const whole = hear(stems, { mixtures: groups })
  const numbers = (frames: readonly HeardFrame[]) => frames.map((frame) => [...frameNumbers(frame)])
  for (const cuts of [[1], [999, 128], [5000]])
    expect(numbers(hear(stems, { mixtures: groups, cuts }).frames)).toEqual(numbers(whole.frames))
  const mixture = (frames: readonly HeardFrame[], m: number) => frames.map((frame) => frame.mixtures[m] as HeardMixture)
  expect(mixture(hear(stems.slice(0, 2), { mixtures: [[1, 0]] }).frames, 0)).toEqual(mixture(whole.frames, 3))
  expect(mixture(hear(stems, { mixtures: [[2, 0, 1, 2]] }).frames, 0)).toEqual(mixture(whole.frames, 4))
  expect(mixture(hear(stems).frames, 2)).toEqual(mixture(whole.frames, 2))
  const many = Array.from({ length: 60 }, (_, m) => groups[m % groups.length] as number[])
  const crowded = hear(stems, { mixtures: many }).frames
  expect(crowded.map((frame) => frame.index)).toEqual(whole.frames.map((frame) => frame.index))
  expect(mixture(crowded, 58)).toEqual(mixture(whole.frames, 3))
})

test('a tone is like itself, alike at any level, unlike another a tritone off; silence is like nothing', () => {
  const tone = chord([220], 1, 1)
  const frame = hear([tone, tone.map((x) => x / 16), chord([220 * 2 ** 0.5], 1, 2), new Float32Array(48000)]).frames[3]
  const at = (a: number, b: number) => frame?.similarities[4 * a + b]
  expect(at(0, 1)).toBeCloseTo(1, 5)
  expect(at(0, 2)).toBeLessThan(0.2)
  expect([at(0, 3), at(3, 3)]).toEqual([0, 0])
  const silent = frame?.mixtures[3]
  expect([silent?.harmonicity, silent?.notes?.midi.length, silent?.notes?.saliences.length]).toEqual([null, 0, 0])
})

test('one partial is one note', () => {
  const pure = hear([sines(1, [[440, 0.3]])]).frames[3]?.mixtures[0]
  expect([...(pure?.notes?.midi ?? [])].map((midi) => Math.round(midi))).toEqual([69])
  expect(pure?.notes?.saliences[0]).toBe(1)
  expect(pure?.harmonicity).toBeCloseTo(measureHarmonicity([{ bin: 900, weight: 1 }])?.harrison2018 ?? NaN, 5)
})

test('no mixtures, none reported; wrong ones are refused', () => {
  const frame = hear([chord([220], 1, 1)], { mixtures: [] }).frames[3]
  expect([frame?.mixtures, frame?.similarities]).toEqual([[], new Float64Array(0)])
  const some = hear([chord([220], 1, 1), chord([277], 1, 2)], { notesOf: [1] }).frames[3]?.mixtures
  expect(some?.map((mixture) => mixture.notes?.midi.length ?? null)).toEqual([null, 1])
  expect(some?.every((mixture) => (mixture.harmonicity ?? 0) > 1)).toBe(true)
  const settings = { sampleRate: 48000, stems: 2 }
  expect(() => createAnalyser(kernel, { ...settings, notesOf: [2] })).toThrow(/2 mixtures from 0 on, got \[2\]/)
  expect(() => createAnalyser(kernel, { ...settings, mixtures: [[0, 2]] })).toThrow(/stems 0 to 1, got \[0,2\]/)
  expect(() => createAnalyser(kernel, { ...settings, mixtures: [[]] })).toThrow(/at least one stem/)
  const many = Array.from({ length: 257 }, () => [0])
  expect(() => createAnalyser(kernel, { ...settings, mixtures: many })).toThrow(/at most 256/)
})
