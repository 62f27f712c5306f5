// Sections: every track as loud as the next, peaks below -6 dBFS, no seam, the same bits every time, recordings in their place.
import { describe, expect, test } from 'vitest'
import { InputError, type Track } from '../../src/record/index.ts'
import { renderSection, type SampleBank } from '../../src/render/index.ts'
import { samplesOfSeconds } from '../../src/units.ts'
import { freshKernel } from '../kernel.ts'
import { amplitudeAt, firstDifference, loudnessOf, peak, rms, sampleRate, sharpestCorner, track } from './invented.ts'

const kernel = freshKernel()
const bpm = 126
const none: SampleBank = () => undefined
const settings = { sampleRate, bpm, keyLock: 0.05, samples: none }
const length = samplesOfSeconds(1920 / bpm, sampleRate)
const render = (given: Track, section = 0, changes: Partial<typeof settings> = {}) =>
  renderSection(kernel, given, section, { ...settings, ...changes })

/** A track in which only one part sounds. */
function only(part: 'drums' | 'bass' | 'chords' | 'lead', changes: Partial<Track['parts']['lead']> = {}): Track {
  const whole = track()
  const levels = { drums: 0, bass: 0, chords: 0, lead: 0, [part]: 1 }
  return {
    ...whole,
    sections: [{ name: 'drop', levels }],
    parts: { ...whole.parts, [part]: { ...whole.parts[part], ...changes } },
  }
}

describe('levels', () => {
  const styles: Record<string, Track> = {
    whole: track(),
    'drums alone': only('drums'),
    'a bell alone': only('lead'),
    'a soft pad': only('chords', { gain: 0.1 }),
    'a loud bass': only('bass', { gain: 2 }),
  }

  test.each(Object.entries(styles))('%s: -21 to -16 LUFS, no sample above -6 dBFS', (_, given) => {
    const sound = render(given)
    expect(sound.length).toBe(length)
    expect(peak(sound)).toBeLessThanOrEqual(0.5)
    expect(loudnessOf(kernel, sound)).toBeGreaterThan(-21)
    expect(loudnessOf(kernel, sound)).toBeLessThan(-16)
  })

  test('a part at level 0 is not there, a section of rests is exactly silent', () => {
    const withBass = (bass: number) =>
      render({ ...track(), sections: [{ name: 'drop', levels: { drums: 0, bass, chords: 1, lead: 0 } }] })
    const place = Math.round((2 * 15 * sampleRate) / bpm)
    const bassOf = (x: Float32Array) => amplitudeAt(x, 55, place, place + 8000)
    expect(bassOf(withBass(1))).toBeGreaterThan(20 * bassOf(withBass(0)))
    const rest = {
      ...track(),
      sections: [{ name: 'break' as const, levels: { drums: 0, bass: 0, chords: 0, lead: 0 } }],
    }
    expect(peak(render(rest))).toBe(0)
  })

  test('bass and chords give way under the kick', () => {
    const without = { ...track(), parts: { ...track().parts, drums: { ...track().parts.drums, notes: [] } } }
    const pad = { ...without, sections: [{ name: 'drop' as const, levels: { drums: 1, bass: 0, chords: 1, lead: 0 } }] }
    const ducked = { ...pad, parts: { ...pad.parts, drums: track().parts.drums } }
    const hz = 440 * 2 ** (-12 / 12)
    const beat = samplesOfSeconds(60 / bpm, sampleRate)
    const under = (x: Float32Array) => amplitudeAt(x, hz, 4 * beat, 4 * beat + 3000)
    const between = (x: Float32Array) => amplitudeAt(x, hz, 4 * beat + 12_000, 4 * beat + 15_000)
    expect(under(render(ducked)) / between(render(ducked))).toBeLessThan(
      0.85 * (under(render(pad)) / between(render(pad))),
    )
  })
})

describe('loop', () => {
  test('the end runs into the beginning without a corner', () => {
    for (const given of [track(), only('chords'), only('lead'), only('bass')]) {
      const sound = render(given)
      const seam = Float32Array.from([...sound.subarray(-400), ...sound.subarray(0, 400)])
      expect(sharpestCorner(seam)).toBeLessThanOrEqual(1.05 * sharpestCorner(sound) + 1e-4)
    }
  })

  test('a tail that passes the end sounds at the beginning', () => {
    const late = only('lead', { bars: 8, notes: [{ step: 127, steps: 8, midi: 72, velocity: 0.8 }] })
    expect(rms(render(late), 0, 12_000)).toBeGreaterThan(0.1 * rms(render(late), length - 5000, length))
  })

  test('a pattern of one bar comes eight times, each on its own beat', () => {
    const clicks = only('drums', { notes: [{ step: 0, steps: 1, midi: 37, velocity: 0.8 }] })
    const sound = render(clicks)
    for (let bar = 0; bar < 8; bar++) {
      const at = Math.round((bar * length) / 8)
      expect(rms(sound, at, at + 480)).toBeGreaterThan(20 * rms(sound, at - 960, at - 480))
    }
  })
})

describe('sameness', () => {
  test('rendered twice, and by a fresh kernel, the bits agree', () => {
    const first = render(track())
    expect(firstDifference(render(track()), first)).toBe(-1)
    expect(firstDifference(renderSection(freshKernel(), track(), 0, settings), first)).toBe(-1)
  })

  test('what was rendered before changes nothing', () => {
    const given = track()
    const first = render(given, 1)
    for (let i = 0; i < 12; i++) render(track({ id: `other-${i}`, bpm: 120 + i }))
    expect(firstDifference(render(given, 1), first)).toBe(-1)
    expect(render(given, 1, { bpm: 120 }).length).toBe(samplesOfSeconds(16, sampleRate))
    expect(firstDifference(render(given, 1), first)).toBe(-1)
  })
})

describe('pitch and speed', () => {
  const long = {
    bars: 8 as const,
    notes: [{ step: 0, steps: 120, midi: 69, velocity: 0.7 }],
    timbre: 'hollow' as const,
  }
  test.each([
    [124, 440],
    [132, 440],
    [108, (440 * 126) / 108],
    [150, (440 * 126) / 150],
  ])('a track of %d bpm at 126 sounds its A at %d Hz', (trackBpm, hz) => {
    const sound = render({ ...only('lead', long), bpm: trackBpm })
    const here = amplitudeAt(sound, hz, 4800, 100_000)
    expect(here).toBeGreaterThan(0.02)
    for (const other of [0.97, 1.03]) expect(here).toBeGreaterThan(20 * amplitudeAt(sound, hz * other, 4800, 100_000))
  })
})

describe('recordings', () => {
  const hum = Float32Array.from({ length: 48_000 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * 500 * i) / sampleRate))
  const tick = Float32Array.from({ length: 400 }, (_, i) => 0.5 * Math.sin(i) * Math.exp(-i / 60))
  const samples: SampleBank = (name) => ({ hum, tick })[name]
  const withUse = (use: Track['parts']['drums']['samples'][number], bars: 1 | 2 | 4 | 8 = 1) =>
    only('drums', { bars, notes: [], samples: [use] })

  test('a loop is stretched to its bars by speed and has no seam', () => {
    const sound = render(withUse({ kind: 'loop', sample: 'hum', gain: 1, bars: 1 }), 0, { samples })
    const hz = (500 * 48_000) / (length / 8)
    expect(amplitudeAt(sound, hz, 0, 90_000)).toBeGreaterThan(20 * amplitudeAt(sound, hz * 1.02, 0, 90_000))
    expect(sharpestCorner(sound)).toBeLessThan(1.1 * sharpestCorner(sound, 1000, 20_000))
  })

  test('a one-shot lies at its steps', () => {
    const hits = [0, 6, 10].map((step) => ({ step, velocity: 1 }))
    const sound = render(withUse({ kind: 'one-shot', sample: 'tick', gain: 1, hits }), 0, { samples })
    for (const step of [0, 6, 10, 16, 22]) {
      const at = Math.round((step * 15 * sampleRate) / bpm)
      expect(rms(sound, at, at + 100)).toBeGreaterThan(50 * rms(sound, at - 200, at - 2))
    }
  })

  test('a missing recording is named, with its track and what to do', () => {
    const given = withUse({ kind: 'loop', sample: 'gone', gain: 1, bars: 1 })
    expect(() => render(given)).toThrow(InputError)
    expect(() => render(given)).toThrow(/track invented, part drums: expected the recording "gone", got none\. Install/)
  })

  test('a loop whose bars do not divide eight is refused', () => {
    const given = withUse({ kind: 'loop', sample: 'hum', gain: 1, bars: 3 })
    expect(() => render(given, 0, { samples })).toThrow(/expected 1, 2, 4 or 8 bars, got 3/)
  })

  test('a refused track leaves nothing behind: kernel memory does not grow', () => {
    const given = withUse({ kind: 'loop', sample: 'gone', gain: 1, bars: 1 })
    const attempt = () => expect(() => render(given)).toThrow()
    for (let i = 0; i < 5; i++) attempt()
    const before = kernel.memory.buffer.byteLength
    for (let i = 0; i < 40; i++) attempt()
    expect(kernel.memory.buffer.byteLength).toBe(before)
  })
})
