// measure consonance: the ways a sound can stand in a line, and each line that must be refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hertzOfMidi } from '../../../src/units.ts'
import { ask, askOne, type PrintedAnswer } from './ask.ts'

const triad = [60, 64, 67]
/** Partials of notes as the default timbre has them, spelled out. */
const spelled = (midi: readonly number[]) =>
  midi.flatMap((note) =>
    Array.from({ length: 11 }, (_, i) => ({ hz: hertzOfMidi(note) * (i + 1), amplitude: 1 / (i + 1) })),
  )
const get = (answer: PrintedAnswer | undefined, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], answer)
const number = (answer: PrintedAnswer | undefined, path: string) => Number(get(answer, path) ?? Number.NaN)
const hk = 'roughness.hutchinsonKnopoff1978'

/** Every field of an answer that is no object, by dotted path. */
function leaves(value: unknown, path = ''): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map([[path, value]])
  return new Map(Object.entries(value).flatMap(([key, part]) => [...leaves(part, path ? `${path}.${key}` : key)]))
}

const fields = [
  'consonance',
  hk,
  'roughness.hutchinsonKnopoffRevised',
  'roughness.sethares1993',
  'roughness.vassilakis2001',
  'harmonicity.harrison2018',
  'harmonicity.milne2013',
  'harmonicity.gill2009',
  'harmonicity.stolzenburg2015',
  'harmonicity.tenneyMean',
  'harmonicity.parncutt1988',
  'harmonicity.parncutt1994.pure',
  'harmonicity.parncutt1994.complex',
  'harmonicity.parncutt1994.multiplicity',
  'familiarity.billboard',
  'intervals.huron1994',
  'intervals.johnsonLaird2012',
  'intervals.hall2025Sum',
  'intervals.hall2025Type',
  'composites.harrisonPearce2020',
]

test('notes: every field is there, in this order, and nothing else', async () => {
  const answer = await askOne('consonance', { midi: triad })
  expect([...leaves(answer).keys()]).toEqual(['id', ...fields])
  expect(number(answer, hk)).toBeCloseTo(0.1202426, 6)
  expect(number(answer, 'harmonicity.harrison2018')).toBeCloseTo(0.9285886, 6)
})

test('the same notes in hertz, in another order, or in the default timbre said aloud', async () => {
  const [notes, ...others] = await ask('consonance', [
    { midi: triad },
    { frequenciesHz: triad.map(hertzOfMidi) },
    { midi: [67, 60, 64] },
    { midi: triad, timbre: {} },
    { midi: triad, timbre: { harmonics: 11, rolloff: 1, octaveRatio: 2 } },
  ])
  for (const other of others)
    for (const field of fields) expect(number(other, field), field).toBeCloseTo(number(notes, field), 9)
})

test('partials: roughness as of the notes; models of notes are null with a reason', async () => {
  const [notes, partials] = await ask('consonance', [{ midi: triad }, { partials: spelled(triad) }])
  expect(number(partials, hk)).toBeCloseTo(number(notes, hk), 7) // pitches of notes are rounded to 1e-6 semitone
  for (const [path, value] of leaves({ ...partials, undefined: undefined }))
    if (value === null) expect(partials?.undefined?.[path], path).toBe('the notes are not known')
  expect(Object.keys(partials?.undefined ?? {})).toContain('familiarity.billboard')
  expect(partials?.['consonance']).toBeGreaterThan(0)
})

test('a timbre changes what is heard', async () => {
  const timbres = [{ harmonics: 1 }, { rolloff: 0 }, { octaveRatio: 2.1 }, { decibelsPerOctave: 12 }]
  const answers = await ask('consonance', [
    { midi: [60, 72] },
    ...timbres.map((timbre) => ({ midi: [60, 72], timbre })),
  ])
  expect(new Set(answers.map((answer) => get(answer, hk))).size).toBe(5)
  expect(number(answers[3], hk)).toBeGreaterThan(number(answers[0], hk))
})

test('partials of no amplitude: all null, each with a reason', async () => {
  const { id: _, undefined: reasons, ...answer } = await askOne('consonance', { partials: [{ hz: 100, amplitude: 0 }] })
  const values = leaves(answer)
  expect([...values.keys()]).toEqual(fields)
  expect([...values.values()].every((value) => value === null)).toBe(true)
  expect(Object.keys(reasons ?? {}).sort()).toEqual([...fields].sort())
})

test('voices: each alone, together, and between; a timbre for all, or one of its own', async () => {
  const stretched = { octaveRatio: 2.1 }
  const [pair, own, shared, first, single] = await ask('consonance', [
    { voices: [{ midi: [60, 64] }, { partials: spelled([67]) }] },
    {
      voices: [
        { midi: [60], timbre: stretched },
        { midi: [67], timbre: stretched },
      ],
    },
    { voices: [{ midi: [60] }, { midi: [67] }], timbre: stretched },
    { midi: [60, 64] },
    { voices: [{ midi: triad }] },
  ])
  expect(Object.keys(pair ?? {}).slice(-3)).toEqual(['within', 'between', 'undefined'])
  expect(get(pair, 'within.0')).toBe(first?.['consonance'])
  expect(Object.keys(get(pair, 'between') as object)).toEqual([
    'roughness',
    'spectralPitchClassSimilarity',
    'pitchCommonality',
    'gain',
  ])
  expect({ ...shared, id: '1' }).toEqual(own)
  expect(get(single, 'between.gain')).toBeNull()
  expect(single?.undefined?.['between.gain']).toMatch(/no other/)
})

const anyMidi = fc.oneof(fc.double({ min: 0, max: 127, noNaN: true }), fc.integer({ min: 0, max: 127 }))
const anyHertz = fc.oneof(
  fc.double({ min: 1, max: 200_000, noNaN: true }),
  fc.constantFrom(1, 440, 440.0000001, 200_000),
)
const anyAmplitude = fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constantFrom(0, 5e-324, 1e-160, 1))
const anyTimbre = fc.record(
  {
    harmonics: fc.constantFrom(1, 2, 11, 40),
    rolloff: fc.constantFrom(-10, 0, 0.5, 10),
    octaveRatio: fc.constantFrom(1.1, 2.1, 10),
    decibelsPerOctave: fc.constantFrom(-60, 0, 3, 60),
  },
  { requiredKeys: [] },
)
const listOf = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: 1, maxLength: 8 })
const anySound = fc.oneof(
  fc.record({ midi: listOf(anyMidi), timbre: anyTimbre }, { requiredKeys: ['midi'] }),
  fc.record({ frequenciesHz: listOf(anyHertz), timbre: anyTimbre }, { requiredKeys: ['frequenciesHz'] }),
  fc.record({ partials: listOf(fc.record({ hz: anyHertz, amplitude: anyAmplitude })) }),
)
const anyVoices = fc.record({ voices: fc.array(anySound, { minLength: 1, maxLength: 3 }) })

test('whatever is asked within the ranges: numbers, or null with a reason, and no reason for a number', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anySound, anyVoices), async (request) => {
      const { id: _, error, undefined: reasons = {}, ...answer } = await askOne('consonance', request)
      expect(error).toBeUndefined()
      const undefinedFields = [...leaves(answer)].filter(([, value]) => value === null).map(([path]) => path)
      expect(undefinedFields.sort()).toEqual(Object.keys(reasons).sort())
      const found = leaves(answer).get('consonance')
      if (found !== null) expect(found).toSatisfy((value: number) => value >= 0 && value <= 1)
    }),
    { numRuns: 200 },
  )
})

const good = { midi: triad }
test.each<[object, RegExp]>([
  [{}, /expected exactly one of midi, frequenciesHz, partials, wav, voices, got none/],
  [{ midi: [60], frequenciesHz: [261] }, /got midi and frequenciesHz/],
  [{ midi: [] }, /field "midi": expected at least 1 entries, got a list of 0/],
  [{ midi: 60 }, /field "midi": expected a list, got 60/],
  [{ midi: [60, 'NaN'] }, /field "midi\.1": expected a number, got "NaN"/],
  [{ midi: [60, null] }, /field "midi\.1": expected a number, got null/],
  [{ midi: [128] }, /field "midi\.0": expected at most 127, got 128/],
  [{ midi: Array(129).fill(60) }, /expected at most 128 entries, got a list of 129/],
  [{ midi: [60], colour: 'red' }, /expected known fields only, got "colour"/],
  [{ frequenciesHz: [-440] }, /field "frequenciesHz\.0": expected at least 1, got -440/],
  [{ frequenciesHz: [440, 0] }, /field "frequenciesHz\.1": expected at least 1, got 0/],
  [{ partials: [] }, /field "partials": expected at least 1/],
  [{ partials: [{ hz: -1, amplitude: 1 }] }, /field "partials\.0\.hz": expected at least 1, got -1/],
  [{ partials: [{ hz: 100, amplitude: -1 }] }, /field "partials\.0\.amplitude": expected at least 0, got -1/],
  [{ partials: [{ hz: 100 }] }, /field "partials\.0\.amplitude": expected a number, got nothing/],
  [{ partials: [{ hz: 100, amplitude: 1, phase: 0 }] }, /field "partials\.0": expected known fields only, got "phase"/],
  [{ ...good, timbre: { colour: 1 } }, /field "timbre": expected known fields only, got "colour"/],
  [{ ...good, timbre: { harmonics: 0 } }, /field "timbre\.harmonics": expected at least 1, got 0/],
  [{ ...good, timbre: { harmonics: 2.5 } }, /field "timbre\.harmonics": expected a whole number, got 2\.5/],
  [{ ...good, timbre: { octaveRatio: 1 } }, /field "timbre\.octaveRatio": expected at least 1\.1, got 1/],
  [{ partials: spelled([60]), timbre: {} }, /field "timbre": expected only beside midi or frequenciesHz or voices/],
  [{ ...good, startSeconds: 1 }, /field "startSeconds": expected only beside wav, got it alone/],
  [{ ...good, durationSeconds: 1 }, /field "durationSeconds": expected only beside wav/],
  [{ wav: '' }, /field "wav": expected at least 1 characters, got ""/],
  [{ wav: 'a.wav', startSeconds: -1 }, /field "startSeconds": expected at least 0, got -1/],
  [{ wav: 'a.wav', timbre: {} }, /field "timbre": expected only beside/],
  [{ voices: [] }, /field "voices": expected at least 1/],
  [{ voices: [good, { midi: [] }] }, /field "voices\.1\.midi": expected at least 1/],
  [{ voices: [good, { ...good, pan: 1 }] }, /field "voices\.1": expected known fields only, got "pan"/],
  [{ voices: [good, { id: 'x', ...good }] }, /field "voices\.1": expected known fields only, got "id"/],
  [{ voices: [good, {}] }, /field "voices\.1": expected exactly one of midi, frequenciesHz, partials, wav, got none/],
  [{ voices: [good], midi: [60] }, /expected exactly one of .+, got midi and voices/],
])('%j is refused', async (request, message) => {
  const [before, refused, after] = await ask('consonance', [good, request, good])
  expect(refused).toEqual({ id: '1', error: { code: 'bad-field', message: expect.stringMatching(message) } })
  expect({ ...after, id: '0' }).toEqual(before)
})
