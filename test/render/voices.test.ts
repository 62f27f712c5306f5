// Voices: the same notes give the same bits however they are cut; no clicks, no partial above 18 kHz, even loudness.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/random.ts'
import type { Timbre } from '../../src/record/index.ts'
import { createVoiceRenderer } from '../../src/render/index.ts'
import { freshKernel } from '../kernel.ts'
import { firstDifference, note, peak, randomNotes, renderInBlocks, sampleRate } from './invented.ts'

const kernel = freshKernel()
const timbres: readonly Timbre[] = ['harmonic', 'hollow', 'bell', 'pluck', 'breath', 'percussion']

function render(
  notes: Parameters<ReturnType<typeof createVoiceRenderer>['schedule']>[0],
  total: number,
  sizes = [total],
) {
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

  test('a note begins on its own sample', () => {
    const sound = render([note(0.5, 0.2, 60, 'harmonic')], sampleRate)
    expect(peak(sound.subarray(0, 24000))).toBe(0)
    expect(peak(sound.subarray(24000, 24010))).toBeGreaterThan(0)
  })

  test('without notes there is nothing, and after the last release again', () => {
    expect(peak(render([], 1000))).toBe(0)
    const sound = render(
      timbres.map((timbre) => note(0, 0.1, 60, timbre)),
      3 * sampleRate,
    )
    expect(peak(sound.subarray(2 * sampleRate))).toBe(0)
  })
})

test('any order of scheduling with distinct onsets sounds the same', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 12 }), (onsets) => {
      const notes = onsets.map((at, i) => note(at / 1000, 0.1, 50 + i, timbres[i % 6] ?? 'bell'))
      expect(firstDifference(render([...notes].reverse(), 24000), render(notes, 24000))).toBe(-1)
    }),
    { numRuns: 15 },
  )
})
