// Invented notes, slots and tracks for the tests of this room.

import type { Kernel } from '../../src/kernel/index.ts'
import type { Random } from '../../src/random.ts'
import type { DeckSlot, Note, Timbre, Track } from '../../src/record/index.ts'

export const sampleRate = 48000

export const note = (
  onsetSeconds: number,
  durationSeconds: number,
  midi: number,
  timbre: Timbre,
  velocity = 0.6,
): Note => ({ agent: 'a', layer: 'voice', onsetSeconds, durationSeconds, midi, velocity, timbre, mark: '' })

const timbres: readonly Timbre[] = ['harmonic', 'hollow', 'bell', 'pluck', 'breath', 'percussion']

/** Some notes of every timbre, at any pitch and velocity. */
export function randomNotes(random: Random, count: number, seconds: number): Note[] {
  return Array.from({ length: count }, (_, i) =>
    note(random() * seconds, 0.01 + random(), 30 + random() * 70, timbres[i % 6] ?? 'bell', random()),
  )
}

export const slot = (changes: Partial<DeckSlot> = {}): DeckSlot => ({
  agent: 'a',
  track: 'invented',
  section: 0,
  playing: true,
  loopBeats: null,
  nudgePercent: 0,
  fader: { from: 1, to: 1, overBeats: 0 },
  eq: { low: 1, mid: 1, high: 1 },
  ...changes,
})

/** Four to the floor, an offbeat bass, a held chord, a little tune. */
export const track = (changes: Partial<Track> = {}): Track => ({
  id: 'invented',
  title: 'Invented',
  bpm: 126,
  key: { tonic: 9, mode: 'minor' },
  energy: 0.6,
  style: [1, 0, 0, 0, 0, 0],
  tags: [],
  sections: [
    { name: 'drop', levels: { drums: 1, bass: 1, chords: 1, lead: 1 } },
    { name: 'intro', levels: { drums: 0.8, bass: 0, chords: 0.5, lead: 0 } },
  ],
  parts: {
    drums: {
      bars: 1,
      timbre: 'percussion',
      gain: 0.9,
      notes: [0, 4, 8, 12].flatMap((step) => [
        { step, steps: 1, midi: 36, velocity: 0.9 },
        { step: step + 2, steps: 1, midi: 42, velocity: 0.5 },
      ]),
      samples: [],
    },
    bass: {
      bars: 1,
      timbre: 'harmonic',
      gain: 0.8,
      notes: [2, 6, 10, 14].map((step) => ({ step, steps: 1.5, midi: 33, velocity: 0.7 })),
      samples: [],
    },
    chords: {
      bars: 4,
      timbre: 'breath',
      gain: 0.45,
      notes: [57, 60, 64].map((midi) => ({ step: 0, steps: 60, midi, velocity: 0.6 })),
      samples: [],
    },
    lead: {
      bars: 2,
      timbre: 'bell',
      gain: 0.4,
      notes: [69, 72, 76, 79, 76, 81].map((midi, i) => ({
        step: [0, 3, 6, 11, 14, 19][i] ?? 0,
        steps: 2,
        midi,
        velocity: 0.6,
      })),
      samples: [],
    },
  },
  ...changes,
})

/** Renders `total` samples in blocks of the given sizes, in turn. */
export function renderInBlocks(
  renderer: { render(into: Float32Array): void },
  total: number,
  sizes: readonly number[],
): Float32Array {
  const whole = new Float32Array(total)
  let done = 0
  for (let i = 0; done < total; i++) {
    const block = new Float32Array(Math.min(sizes[i % sizes.length] ?? total, total - done))
    renderer.render(block)
    whole.set(block, done)
    done += block.length
  }
  return whole
}

/** Index of the first sample whose bits differ, -1 when all agree. */
export function firstDifference(x: Float32Array, y: Float32Array): number {
  if (x.length !== y.length) return Math.min(x.length, y.length)
  return x.findIndex((value, i) => !Object.is(value, y[i]))
}

/** Largest |x|. */
export const peak = (x: Float32Array) => x.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** Root mean square of samples from .. to. */
export function rms(x: Float32Array, from = 0, to = x.length): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += (x[i] ?? 0) ** 2
  return Math.sqrt(sum / (to - from))
}

/** Largest second difference: a click shows as a corner far sharper than the tone itself makes. */
export function sharpestCorner(x: Float32Array, from = 0, to = x.length): number {
  let most = 0
  for (let i = from + 1; i < to - 1; i++)
    most = Math.max(most, Math.abs((x[i - 1] ?? 0) - 2 * (x[i] ?? 0) + (x[i + 1] ?? 0)))
  return most
}

/** Amplitude of the sine at `hz` in x (Hann window, Goertzel's sum), a sine of amplitude 1 giving 1. */
export function amplitudeAt(x: Float32Array, hz: number, from = 0, to = x.length): number {
  const n = to - from
  const stepRe = Math.cos((2 * Math.PI * hz) / sampleRate)
  const stepIm = Math.sin((2 * Math.PI * hz) / sampleRate)
  const hannRe = Math.cos((2 * Math.PI) / n)
  const hannIm = Math.sin((2 * Math.PI) / n)
  let [re, im, c, s, hc, hs] = [0, 0, 1, 0, 1, 0]
  for (let i = 0; i < n; i++) {
    const y = (1 - hc) * (x[from + i] ?? 0)
    re += y * c
    im += y * s
    ;[c, s] = [c * stepRe - s * stepIm, c * stepIm + s * stepRe]
    ;[hc, hs] = [hc * hannRe - hs * hannIm, hc * hannIm + hs * hannRe]
  }
  return (2 * Math.hypot(re, im)) / n
}

export const decibels = (ratio: number) => 20 * Math.log10(ratio)

/** Gated loudness in LUFS, from the kernel's own weighting (tested against the EBU's signals with the measures). */
export function loudnessOf(kernel: Kernel, x: Float32Array): number {
  const block = kernel.allocate(x.length * 4)
  new Float32Array(kernel.memory.buffer, block, x.length).set(x)
  const level = kernel.weightedLevel(block, x.length, sampleRate)
  kernel.release(block)
  return -0.691 + 10 * Math.log10(level)
}

/** Deterministic noise, -.4 .. .4. */
export const noise = (samples: number) => {
  let seed = 1
  return Float32Array.from({ length: samples }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0
    return (seed / 2147483648) * 0.4
  })
}

/** Parts one after another. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
