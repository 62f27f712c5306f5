// The adapter to essentia.js: known sounds, sounds that it cannot bear, what it frees, what it says when it fails, what it leaves alone.
import fc from 'fast-check'
import { afterAll, describe, expect, test, vi } from 'vitest'
import {
  createSecondEar,
  type KeyProfile,
  keyProfiles,
  prepareSound,
  type SecondEar,
  secondRate,
  tempoMethods,
  usualDissonance,
} from '../../../src/node/second-ear/index.ts'
import { cadence, clicks, hearAll, rate } from './sounds.ts'

const shared: { ear?: SecondEar } = {}
const ear = () => {
  shared.ear ??= createSecondEar()
  return shared.ear
}
afterAll(() => shared.ear?.dispose())

const beat = prepareSound(clicks(120, 5), rate)
const harmony = prepareSound(cadence(0.5), rate)

test('the library adds no handler to the process and says nothing', () => {
  const handled = ['uncaughtException', 'unhandledRejection'] as const
  const before = handled.map((event) => process.listenerCount(event))
  const words = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn'), vi.spyOn(process.stdout, 'write')]
  const { log } = console
  ear().hearKey(harmony)
  ear().hearTempo(beat)
  ear().hearDissonance(harmony)
  for (const spy of words) expect(spy).not.toHaveBeenCalled()
  expect(console.log).toBe(log)
  expect(handled.map((event) => process.listenerCount(event))).toEqual(before)
  vi.restoreAllMocks()
})

describe('known sounds', () => {
  test.each(tempoMethods)('120 clicks a minute: %s', (method) => {
    expect(ear().hearTempo(beat, method).value).toBeCloseTo(120, -0.5)
  })
  test.each([22_050, 96_000])('a tempo is the same at %i Hz', (sampleRate) => {
    const { value } = ear().hearTempo(prepareSound(clicks(120, 5, sampleRate), sampleRate))
    expect(Math.abs((value ?? 0) / 120 - 1)).toBeLessThan(0.02)
  })
  test.each(keyProfiles)('a cadence in C major: %s', (profile) => {
    const { value } = ear().hearKey(harmony, profile)
    expect(value).toMatchObject({ tonic: 0, mode: 'major' })
    expect(value?.strength).toBeGreaterThan(0.5)
  })
  test('a semitone is more dissonant than a fifth, whatever the settings', () => {
    const two = (ratio: number) => {
      const tone = (hertz: number, n: number) =>
        [1, 2, 3, 4].reduce((sum, h) => sum + Math.sin((2 * Math.PI * h * hertz * n) / secondRate) / h, 0)
      return prepareSound(
        Float32Array.from({ length: 32_768 }, (_, n) => 0.1 * (tone(262, n) + tone(262 * ratio, n))),
        secondRate,
      )
    }
    const other = { frameSamples: 16_384, window: 'hann', weights: 'magnitude', filter: 'equal-loudness' } as const
    for (const settings of [usualDissonance, other]) {
      const [rough, smooth] = [two(16 / 15), two(3 / 2)].map((sound) => ear().hearDissonance(sound, settings).value)
      expect(rough).toBeGreaterThan(smooth as number)
    }
  })
  test('danceability: a steady beat fluctuates, and ten seconds of it are enough', () => {
    expect(ear().hearDanceability(prepareSound(clicks(120, 10), rate)).value).toBeGreaterThan(1)
  })
  test('the same sound gives the same answers', () => {
    const twice = [1, 2].map(() => [ear().hearKey(harmony), ear().hearTempo(beat), ear().hearDissonance(harmony)])
    expect(twice[0]).toEqual(twice[1])
  })
})

describe('sounds that it cannot judge', () => {
  const filled = (value: number, seconds = 11) => new Float32Array(Math.round(seconds * rate)).fill(value)
  test.each<[string, Float32Array, RegExp]>([
    ['nothing', new Float32Array(0), /^no sound$/],
    ['silence', filled(0), /^silence$/],
    ['denormals', filled(1e-40), /^silence$/],
    ['NaN', filled(Number.NaN), /^some samples are no numbers/],
    ['one NaN', clicks(120, 11).fill(Number.NaN, 99, 100), /^some samples are no numbers/],
    ['infinity', clicks(120, 11).fill(Number.NEGATIVE_INFINITY, 99, 100), /^some samples are no numbers/],
    ['sizes that overflow', filled(1e30), /above 10000$/],
    ['a hundredth of a second', cadence(0.0025), /^shorter than /],
  ])('%s', (_, samples, reason) => {
    for (const heard of hearAll(ear(), prepareSound(samples, rate)))
      expect(heard).toEqual({ value: null, reason: expect.stringMatching(reason) })
  })
  test('each says from how many seconds it hears', () => {
    const [key, tempo] = [prepareSound(cadence(0.12), rate), prepareSound(clicks(120, 3.9), rate)]
    expect(ear().hearKey(key)).toEqual({ value: null, reason: 'shorter than 0.5 s' })
    expect(ear().hearTempo(tempo)).toEqual({ value: null, reason: 'shorter than 4 s' })
    expect(ear().hearDanceability(beat)).toEqual({ value: null, reason: 'shorter than 10 s' })
  })
  test('more than half an hour', () => {
    const hours = prepareSound(new Float32Array(1801 * 1000).fill(0.1), 1000)
    expect(hours).toEqual({ samples: null, reason: expect.stringMatching(/^longer than 30 minutes/) })
  })
  test('a constant, a click far too loud: a value or a reason, never NaN', () => {
    const click = new Float32Array(10 * rate).fill(1e4, rate, rate + 1)
    for (const samples of [filled(100, 10), click])
      for (const heard of hearAll(ear(), prepareSound(samples, rate), ['degara']))
        if ('reason' in heard) expect(heard.reason).not.toBe('')
        else expect(typeof heard.value === 'number' ? heard.value : heard.value.strength).toBeGreaterThan(0)
  })
  test('any short noise: a value or a reason', () => {
    const samples = fc.array(fc.float({ min: -2, max: 2 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(samples, (values) => {
        const sound = Float32Array.from({ length: 6000 }, (_, n) => values[n % values.length] as number)
        const heard = ear().hearDissonance(prepareSound(sound, 8000), usualDissonance)
        if ('reason' in heard) expect(heard.reason).not.toBe('')
        else expect(heard.value).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 30 },
    )
  })
})

test("a fault says where, what was wrong in the library's own words, and what to do", () => {
  const wrong = () => ear().hearKey(harmony, 'nonsense' as KeyProfile)
  expect(wrong).toThrow(
    /^essentia\.js, KeyExtractor: expected a sound it can measure, got "Parameter profileType = "nonsense" is not within specified range: .*"\. Leave/,
  )
  expect(wrong).toThrow(expect.objectContaining({ code: 'second-ear' }))
})
