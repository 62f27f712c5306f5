// Voices: the same notes give the same bits however they are cut; no clicks, no partial above 18 kHz, even loudness.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/random.ts'
import type { Note, Timbre } from '../../src/record/index.ts'
import { createVoiceRenderer } from '../../src/render/index.ts'
import { freshKernel } from '../kernel.ts'
import { bellTone, harmonicTone } from '../reference/tone.ts'
import {
  amplitudeAt,
  decibels,
  firstDifference,
  loudnessOf,
  note,
  peak,
  randomNotes,
  renderInBlocks,
  rms,
  sampleRate,
  sharpestCorner,
} from './invented.ts'

const kernel = freshKernel()
const tonal: readonly Timbre[] = ['harmonic', 'hollow', 'bell', 'pluck', 'breath']
const timbres: readonly Timbre[] = [...tonal, 'percussion']

function render(notes: readonly Note[], total: number, sizes = [total]) {
  const voices = createVoiceRenderer(kernel, { sampleRate })
  voices.schedule(notes)
  const sound = renderInBlocks(voices, total, sizes)
  voices.dispose()
  return sound
}

describe('time', () => {
  const notes = randomNotes(seededRandom('blocks'), 60, 3)
  const whole = render(notes, 4 * sampleRate)

  test.each([[[128]], [[4096]], [[1, 2, 3, 127, 1001]], [[20011]]])('blocks of %j change no bit', (sizes) => {
    expect(firstDifference(render(notes, 4 * sampleRate, sizes), whole)).toBe(-1)
  })

  test('a fresh kernel gives the same bits', () => {
    const voices = createVoiceRenderer(freshKernel(), { sampleRate })
    voices.schedule(notes)
    expect(firstDifference(renderInBlocks(voices, 4 * sampleRate, [4096]), whole)).toBe(-1)
  })

  test('scheduling early or just in time is the same', () => {
    const voices = createVoiceRenderer(kernel, { sampleRate })
    const sound = new Float32Array(4 * sampleRate)
    for (let second = 0; second < 4; second++) {
      voices.schedule(notes.filter((each) => Math.floor(each.onsetSeconds) === second))
      voices.render(sound.subarray(second * sampleRate, (second + 1) * sampleRate))
    }
    voices.dispose()
    expect(firstDifference(sound, whole)).toBe(-1)
  })

  test('any order of scheduling sounds the same when onsets differ', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 12 }), (onsets) => {
        const some = onsets.map((at, i) => note(at / 1000, 0.1, 50 + i, timbres[i % 6] ?? 'bell'))
        expect(firstDifference(render([...some].reverse(), 24000), render(some, 24000))).toBe(-1)
      }),
      { numRuns: 15 },
    )
  })

  test('a note begins on its own sample', () => {
    const sound = render([note(0.5, 0.2, 60, 'harmonic')], sampleRate)
    expect(peak(sound.subarray(0, 24000))).toBe(0)
    expect(peak(sound.subarray(24000, 24010))).toBeGreaterThan(0)
  })

  test('without notes there is nothing, and after the last release again', () => {
    expect(peak(render([], 1000))).toBe(0)
    const once = timbres.map((timbre) => note(0, 0.1, 60, timbre))
    expect(peak(render(once, 3 * sampleRate).subarray(2 * sampleRate))).toBe(0)
  })
})

describe('tones', () => {
  test.each([
    ['harmonic', harmonicTone],
    ['bell', bellTone],
  ] as const)('%s agrees with its twin within -74 dB of full scale', (timbre, twin) => {
    fc.assert(
      fc.property(
        fc.double({ min: 40, max: 90, noNaN: true }),
        fc.double({ min: 0.1, max: 0.6, noNaN: true }), // louder ones meet the stem's ceiling
        (midi, velocity) => {
          const sound = render([note(0, 0.15, midi, timbre, velocity)], 14400)
          const expected = twin({ midi, velocity, durationSamples: 7200 }, sampleRate)
          for (let t = 0; t < sound.length; t += 37) expect(Math.abs((sound[t] ?? 0) - expected(t))).toBeLessThan(2e-4)
        },
      ),
      { numRuns: 6 },
    )
  })

  test.each(tonal)('%s sounds at its pitch, fractions included', (timbre) => {
    const midi = 62.37
    const hz = 440 * 2 ** ((midi - 69) / 12)
    const sound = render([note(0, 1.2, midi, timbre)], 48000)
    const here = amplitudeAt(sound, hz, 9600)
    expect(here).toBeGreaterThan(3 * amplitudeAt(sound, hz * 1.03, 9600))
    expect(here).toBeGreaterThan(3 * amplitudeAt(sound, hz / 1.03, 9600))
  })

  test('hollow has odd partials only, bell has stretched ones', () => {
    const hollow = render([note(0, 1, 60, 'hollow')], 48000)
    const hz = 440 * 2 ** (-9 / 12)
    expect(decibels(amplitudeAt(hollow, 2 * hz, 9600) / amplitudeAt(hollow, 3 * hz, 9600))).toBeLessThan(-50)
    const bell = render([note(0, 1, 60, 'bell')], 48000)
    expect(amplitudeAt(bell, 2.1 * hz, 9600)).toBeGreaterThan(10 * amplitudeAt(bell, 2 * hz, 9600))
  })

  test.each(['harmonic', 'hollow', 'bell', 'pluck'] as const)('%s keeps every partial below 18 kHz', (timbre) => {
    for (const midi of [84.3, 100.7, 111.1]) {
      const sound = render([note(0, 1.4, midi, timbre, 1)], 67200)
      const strongest = peak(sound)
      for (let hz = 18400; hz < 24000; hz += 97)
        expect(decibels(amplitudeAt(sound, hz, 4800, 52800) / strongest)).toBeLessThan(-75)
    }
  })

  test('a pluck loses its brightness faster than its fundamental', () => {
    const sound = render([note(0, 2, 57, 'pluck', 0.8)], 2 * sampleRate)
    const fall = (hz: number) => amplitudeAt(sound, hz, 48000, 57600) / amplitudeAt(sound, hz, 4800, 14400)
    expect(decibels(fall(8 * 220))).toBeLessThan(decibels(fall(220)) - 6)
  })
})

describe('loudness', () => {
  const speech = (timbre: Timbre, register: number, velocity = 0.6) =>
    render(
      Array.from({ length: 24 }, (_, i) =>
        note(i / 4, 0.2, register + ([0, 4, 7, 2, 9, 5][i % 6] ?? 0), timbre, velocity),
      ),
      6 * sampleRate,
    )

  test.each(tonal)('%s speaks at -20 to -18 LUFS, high or low', (timbre) => {
    for (const register of [48, 60, 72]) {
      expect(loudnessOf(kernel, speech(timbre, register))).toBeGreaterThan(-20.6)
      expect(loudnessOf(kernel, speech(timbre, register))).toBeLessThan(-17.4)
    }
  })

  test('velocity is loudness: twice as much is 6 dB', () => {
    const soft = rms(speech('hollow', 60, 0.4))
    expect(decibels(rms(speech('hollow', 60, 0.8)) / soft)).toBeCloseTo(6, 0)
  })

  test('percussion lies beside the tones: every drum peaks between -20 and -4 dBFS', () => {
    for (const drum of [36, 37, 38, 39, 42, 45, 46, 49, 51, 54, 56, 60, 63, 64, 70, 75]) {
      const level = decibels(peak(render([note(0, 0.1, drum, 'percussion', 0.8)], sampleRate)))
      expect(level, `drum ${drum}`).toBeGreaterThan(-20)
      expect(level, `drum ${drum}`).toBeLessThan(-4)
    }
  })

  test('nothing is louder than .65, whatever is asked for', () => {
    const wall = Array.from({ length: 60 }, (_, i) => note(0.001 * i, 1, 40 + (i % 12), 'harmonic', 1))
    expect(peak(render(wall, sampleRate))).toBeLessThanOrEqual(0.65)
  })
})

describe('clicks', () => {
  test.each(['harmonic', 'hollow', 'bell', 'pluck'] as const)(
    '%s: start, release and end are no sharper than the tone',
    (timbre) => {
      const steady = render([note(0, 1, 57, timbre)], 24000)
      const tone = sharpestCorner(steady, 400, 4800)
      const short = render([note(0.05, 0.06, 57, timbre), note(0.3, 0.001, 57, timbre)], sampleRate)
      expect(sharpestCorner(short)).toBeLessThan(1.5 * tone + 1e-4)
    },
  )

  test('striking a key again and taking voices away leaves no corner', () => {
    const one = sharpestCorner(render([note(0, 1, 40, 'hollow', 0.1)], 24000))
    const many = Array.from({ length: 200 }, (_, i) => note(0.1 + i * 0.0025, 3, 40, 'hollow', 0.01))
    expect(sharpestCorner(render(many, sampleRate))).toBeLessThan(64 * 0.1 * one + 1e-5)
  })
})

describe('too many notes', () => {
  const crowd = randomNotes(seededRandom('crowd'), 400, 0.4).map((each) => ({ ...each, durationSeconds: 2 }))

  test('the pool overflows the same way in any blocks', () => {
    expect(firstDifference(render(crowd, sampleRate, [128]), render(crowd, sampleRate))).toBe(-1)
  })

  test('notes beyond 64 at once are dropped and counted, later ones sound again', () => {
    const voices = kernel.createVoices(sampleRate, 1)
    const out = kernel.allocate(sampleRate * 4)
    for (let i = 0; i < 80; i++) kernel.scheduleVoice(voices, 0, 48000, 60, 0.5, 0)
    kernel.renderVoices(voices, out, 4800)
    expect(kernel.droppedVoices(voices)).toBe(16)
    expect(kernel.busyVoices(voices)).toBe(48)
    kernel.scheduleVoice(voices, 5000, 4800, 60, 0.5, 0)
    kernel.renderVoices(voices, out, 4800)
    expect(kernel.droppedVoices(voices)).toBe(16)
    kernel.disposeVoices(voices)
    kernel.release(out)
  })
})
