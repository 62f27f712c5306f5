// measure dissonance-curve: the grid asked for, tones as timbres or partials, and each line that must be refused.
import { expect, test } from 'vitest'
import { hertzOfMidi } from '../../../src/units.ts'
import { ask, askOne, type PrintedAnswer } from './ask.ts'

const curveOf = (answer: PrintedAnswer | undefined) => (answer?.['consonance'] ?? []) as number[]
const few = { fromSemitones: 11.5, toSemitones: 12.5, stepSemitones: 0.25 }

test('the default grid, from 0 to 15 by .05', async () => {
  const { semitones, consonance, peaks, ...others } = await askOne('dissonance-curve', { timbre: {} })
  expect([semitones, consonance].map((list) => (list as number[]).length)).toEqual([301, 301])
  expect((semitones as number[]).slice(-2)).toEqual([14.95, 15])
  expect(peaks).toContain(12)
  expect(others).toEqual({ id: '0' })
})

test('a timbre and its partials at the base draw one curve', async () => {
  const partials = Array.from({ length: 6 }, (_, i) => ({ hz: hertzOfMidi(50) * (i + 1), amplitude: 1 / (i + 1) }))
  const shared = { baseMidi: 50, ...few }
  const [timbre, spelled, base] = await ask('dissonance-curve', [
    { timbre: { harmonics: 6 }, ...shared },
    { partials, ...shared },
    { partials, baseTimbre: { harmonics: 6 }, ...shared },
  ])
  expect(timbre?.['semitones']).toEqual([11.5, 11.75, 12, 12.25, 12.5])
  expect(timbre?.['peaks']).toEqual([12])
  for (const other of [spelled, base])
    for (const [i, value] of curveOf(timbre).entries()) expect(curveOf(other)[i]).toBeCloseTo(value, 7)
})

test('smoothing, the base and its timbre are heeded', async () => {
  const requests = [{}, { smoothingSemitones: 0 }, { baseMidi: 40 }, { baseTimbre: { octaveRatio: 2.1 } }]
  const answers = await ask(
    'dissonance-curve',
    requests.map((request) => ({ timbre: {}, ...few, ...request })),
  )
  expect(new Set(answers.map(({ consonance }) => JSON.stringify(consonance))).size).toBe(4)
})

const silent = [{ hz: 100, amplitude: 0 }]
test.each<[object, RegExp]>([
  [{}, /expected exactly one of timbre, partials, got none/],
  [{ timbre: {}, partials: [{ hz: 100, amplitude: 1 }] }, /got timbre and partials/],
  [{ timbre: {}, colour: 1 }, /expected known fields only, got "colour"/],
  [{ timbre: {}, stepSemitones: 0 }, /field "stepSemitones": expected at least 0.000001, got 0/],
  [
    { timbre: {}, stepSemitones: 5e-324, toSemitones: 0 },
    /field "stepSemitones": expected at least 0.000001, got 5e-324/,
  ],
  [
    { timbre: {}, stepSemitones: 1e-6 },
    /field "stepSemitones": expected at most 20000 intervals, got a step of 0.000001/,
  ],
  [
    { timbre: {}, stepSemitones: 0.00002, toSemitones: 0.1 },
    /field "smoothingSemitones": expected at most 0.05 \(2500 steps\), got 0.2; 0 is none/,
  ],
  [
    { timbre: {}, fromSemitones: 5, toSemitones: 1 },
    /field "toSemitones": expected at least 5 \(fromSemitones\), got 1/,
  ],
  [{ timbre: {}, smoothingSemitones: -1 }, /field "smoothingSemitones": expected at least 0, got -1/],
  [{ timbre: {}, baseMidi: 200 }, /field "baseMidi": expected at most 127, got 200/],
  [
    { timbre: {}, baseTimbre: {}, basePartials: [{ hz: 100, amplitude: 1 }] },
    /"basePartials": expected it or baseTimbre, got both/,
  ],
  [{ partials: silent }, /field "partials": expected a partial with an amplitude above 0, got silence/],
  [{ timbre: {}, basePartials: silent }, /field "basePartials": expected a partial with an amplitude above 0/],
])('%j is refused', async (request, message) => {
  const { error, ...others } = await askOne('dissonance-curve', request)
  expect(error).toEqual({ code: 'bad-field', message: expect.stringMatching(message) })
  expect(others).toEqual({ id: '0' })
})

test('steps and smoothings as small as they may be are drawn', async () => {
  const answers = await ask('dissonance-curve', [
    { timbre: {}, toSemitones: 0.00001, stepSemitones: 1e-6, smoothingSemitones: 5e-324 },
    { timbre: {}, toSemitones: 0.00001, stepSemitones: 1e-6, smoothingSemitones: 0.0025 },
  ])
  for (const answer of answers) {
    expect(curveOf(answer)).toHaveLength(11)
    expect(new Set(answer['semitones'] as number[]).size).toBe(11)
  }
})
