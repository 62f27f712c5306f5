// A recording's measures: those of the notes played, whatever the level and rate; defined or null with a reason, never NaN.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longWindowSeconds } from '../../../src/hear/index.ts'
import {
  type HeardSound,
  hearSound,
  measureHeard,
  measureHeardVoices,
  measureSound,
  nameNotes,
  type SoundMeasures,
  soundOfNotes,
} from '../../../src/measure/index.ts'
import { seededRandom } from '../../../src/random.ts'
import { hertzOfMidi, midiOfHertz } from '../../../src/units.ts'
import { hear } from '../../hear/listening.ts'
import { chord, drums, mixed, sines } from '../../hear/sounds.ts'
import ratings from '../../outside/consonance/human-ratings.json' with { type: 'json' }

function recordings(stems: readonly Float32Array[], sampleRate = 48000): HeardSound[] {
  const { frames } = hear(stems, { sampleRate })
  const windowSeconds = longWindowSeconds(sampleRate)
  return stems.map((stem, mixture) => hearSound({ frames, mixture, seconds: stem.length / sampleRate, windowSeconds }))
}

function record(sound: Float32Array, sampleRate = 48000) {
  const heard = recordings([sound], sampleRate)[0] as HeardSound
  return { heard, notes: heard.notes, ...measureHeard(heard) }
}

const played = (midi: readonly number[], seconds = 0.8, seed = 1) => chord(midi.map(hertzOfMidi), seconds, seed)

/** Every number in a tree of measures, by dotted path; reasons left out. */
function numbersOf(measures: object, path = ''): [string, unknown][] {
  return Object.entries(measures).flatMap(([name, value]): [string, unknown][] => {
    const at = path === '' ? name : `${path}.${name}`
    if (name === 'undefined' || name === 'heard') return []
    return typeof value === 'object' && value !== null ? numbersOf(value, at) : [[at, value]]
  })
}

function expectDefined(measures: SoundMeasures): void {
  for (const [path, value] of numbersOf(measures)) {
    if (value === null) expect(measures.undefined[path], path).toMatch(/./)
    else expect(Number.isFinite(value), path).toBe(true)
  }
}

test('chords without octaves that people rated: the notes played are found, roughness is theirs', () => {
  const some = ratings.bowling2018.filter(({ frequenciesHz }, i) => {
    const octave = frequenciesHz.some((a) => frequenciesHz.some((b) => Math.abs(b / a - 2) < 0.03))
    return !octave && i % 6 === 0
  })
  expect(some.length).toBeGreaterThan(20)
  some.forEach(({ frequenciesHz }, i) => {
    const { notes, roughness } = record(chord(frequenciesHz, 0.8, i))
    const midi = frequenciesHz.map(midiOfHertz)
    expect(nameNotes(notes)).toEqual(nameNotes(midi))
    const truth = measureSound(soundOfNotes(midi)).roughness.hutchinsonKnopoff1978 ?? NaN
    expect(Math.abs((roughness.hutchinsonKnopoff1978 ?? NaN) - truth)).toBeLessThan(0.12)
  })
})

test('24 dB softer is the same chord; so is one twice as long', () => {
  const loud = record(played([57, 60, 64]))
  const soft = record(played([57, 60, 64]).map((x) => x / 16))
  for (const [path, value] of numbersOf(loud)) {
    const other = new Map(numbersOf(soft)).get(path)
    expect(Math.abs((value as number) - (other as number)), path).toBeLessThan(1e-6)
  }
  const long = record(played([57, 60, 64], 5))
  expect(nameNotes(long.notes)).toEqual([57, 60, 64])
  expect(Math.abs((long.consonance ?? NaN) - (loud.consonance ?? NaN))).toBeLessThan(0.03)
})

test.each([8000, 11025, 22050, 44100, 96000, 192000])('a triad at %d Hz', (rate) => {
  const partials = [60, 64, 67].flatMap((midi) =>
    Array.from({ length: 11 }, (_, i) => [hertzOfMidi(midi) * (i + 1), 0.1 / (i + 1)] as const),
  )
  const { notes, consonance } = record(
    sines(
      1.2,
      partials.filter(([hertz]) => hertz < 0.45 * rate),
      rate,
      3,
    ),
    rate,
  )
  expect(nameNotes(notes)).toEqual([60, 64, 67])
  expect(Math.abs((consonance ?? NaN) - (measureSound(soundOfNotes([60, 64, 67])).consonance ?? NaN))).toBeLessThan(0.1)
})

test('silence, no samples, direct current, noise floors, what is no number: null with a reason', () => {
  const silent = new Float32Array(40000)
  const odd = {
    silent,
    empty: new Float32Array(0),
    'one sample': new Float32Array(1),
    'direct current': silent.map(() => 0.5),
    denormal: silent.map(() => 1e-40),
    'not a number': silent.map((_, n) => [NaN, Infinity, -Infinity, 1e30][n % 4] as number),
  }
  for (const [name, sound] of Object.entries(odd)) {
    const { notes, heard, ...measures } = record(sound)
    expect(notes, name).toEqual([])
    expect(measures.consonance, name).toBeNull()
    expect(measures.undefined.consonance, name).toBe('no partial sounds')
    expectDefined(measures)
  }
})

test('one partial, a clipped chord, a shorter one than a window, noise: every measure is a number or null with a reason', () => {
  const pure = record(sines(1, [[440, 0.3]]))
  expect(pure.notes.map(Math.round)).toEqual([69])
  expect(pure.roughness.hutchinsonKnopoff1978).toBe(0)
  expectDefined(pure)
  const clipped = record(played([60, 64, 67]).map((x) => Math.max(-0.3, Math.min(0.3, x))))
  expect(nameNotes(clipped.notes)).toEqual([60, 64, 67])
  expectDefined(clipped)
  const short = record(played([60, 67], 0.2))
  expect(short.heard.moments.size).toBe(1)
  expectDefined(short)
  fc.assert(
    fc.property(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 50, maxLength: 400 }), (wave) => {
      expectDefined(record(new Float32Array(24000).map((_, n) => wave[n % wave.length] as number)))
    }),
    { numRuns: 15, seed: 3 },
  )
})

test('music: each stretch has its own chord, notes are those held through, a quiet tail does not count', () => {
  const held = played([48], 4)
  const first = played([64, 67], 2, 2)
  const second = played([65, 69], 2, 3)
  const music = held.map((x, n) => x + ((n < 96000 ? first[n] : second[n - 96000]) ?? 0))
  const { notes, consonance, heard } = record(music)
  expect(nameNotes(notes)).toEqual([48])
  const chords = [...heard.moments.values()].map((sound) => nameNotes(sound.notes ?? []).join(' '))
  expect(new Set(chords)).toEqual(new Set(['48 64 67', '48 65 69']))
  expect(consonance).toBeGreaterThan(0.4)
  const tail = new Float32Array(96000)
  tail.set(played([60, 64, 67], 1))
  tail.set(
    played([61], 1, 2).map((x) => x / 1000),
    48000,
  )
  expect(nameNotes(record(tail).notes)).toEqual([60, 64, 67])
})

test('voices: within is each alone, gain is what they win together, cross terms only between', () => {
  const [low, high] = [played([48, 55]), played([61], 0.8, 2)]
  const together = measureHeardVoices(recordings([low, high]))
  const alone = [record(low).consonance ?? NaN, record(high).consonance ?? NaN]
  together.within.forEach((value, i) => {
    expect(value).toBeCloseTo(alone[i] as number, 12)
  })
  const mean = alone.reduce((sum, value) => sum + value, 0) / 2
  expect(together.between.gain).toBeCloseTo((together.consonance ?? NaN) - mean, 12)
  const { roughness, spectralPitchClassSimilarity } = together.between
  expect(roughness).toBeGreaterThan(0)
  expect(roughness).toBeLessThanOrEqual(together.roughness.hutchinsonKnopoff1978 ?? NaN)
  expect(spectralPitchClassSimilarity).toBeLessThan(0.5)
  expectDefined(together)
})

test('voices: a recording with notes written down; with silence there is nothing between', () => {
  const [tone, silent] = recordings([played([60]), new Float32Array(38400)]) as [HeardSound, HeardSound]
  const mixed = measureHeardVoices([tone, soundOfNotes([67])])
  expect(mixed.within[1]).toBe(measureSound(soundOfNotes([67])).consonance)
  expect(Math.abs((mixed.consonance ?? NaN) - (measureSound(soundOfNotes([60, 67])).consonance ?? NaN))).toBeLessThan(
    0.1,
  )
  const halved = measureHeardVoices([tone, silent])
  expect(halved.within[1]).toBeNull()
  expect(Object.values(halved.between)).toEqual([null, null, null, null])
  expect(halved.undefined['between.gain']).toBe('no partial of voice 2 sounds')
  expectDefined(halved)
  expect(measureHeardVoices([silent, silent]).consonance).toBeNull()
})

test('noise alone and drums alone have no tone to rate; a chord 10 dB below drums does', () => {
  const random = seededRandom(4)
  const noise = Float32Array.from({ length: 4 * 48000 }, () => random() - 0.5)
  for (const sound of [noise, drums(4, 1, 0.2), drums(4, 2, 0.2)]) {
    const { consonance, notes, ...rest } = record(sound)
    expect([consonance, notes]).toEqual([null, []])
    expect(rest.undefined['consonance']).toMatch(/^no partial/)
  }
  const triad = played([60, 64, 67], 4)
  const power = (sound: Float32Array) => sound.reduce((sum, x) => sum + x * x, 0)
  const hits = drums(4, 1, 1)
  const scale = Math.sqrt((10 * power(triad)) / power(hits))
  const { heard } = record(
    mixed(
      triad,
      hits.map((x) => x * scale),
    ),
  )
  expect(heard.moments.size).toBeGreaterThan(record(triad).heard.moments.size / 2)
})
