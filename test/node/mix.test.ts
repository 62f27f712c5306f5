// The mix: the sum of its stems at their places, never above -1 dB true peak.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createMixWriter, createPeakMeter, panOf } from '../../src/node/sound/mix.ts'
import { readWav } from '../../src/node/sound/wav-reader.ts'
import { seededRandom } from '../../src/random.ts'
import { temporaryFolder } from './records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const file = path.join(folder, 'mix.wav')
const sine = (hz: number, amplitude: number, phase = 0) =>
  Float32Array.from({ length: 4800 }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / 48000 + phase))

function mix(stems: Float32Array[], places: { gain: number; pan: number }[]) {
  const writer = createMixWriter(file, places, 48000)
  for (let from = 0; from < 4800; from += 1000) writer.add(stems.map((stem) => stem.subarray(from, from + 1000)))
  const factor = writer.finish()
  const [left, right] = readWav(file).channels as [Float32Array, Float32Array]
  return { factor, left, right }
}

test('agents stand left and right of the middle, alone in it', () => {
  expect([panOf(0, 2), panOf(1, 2), panOf(0, 1), panOf(1, 3)]).toEqual([-0.3, 0.3, 0, 0])
})

test('every sample is the sum of the stems, equal in power left and right together', () => {
  const [a, b] = [sine(440, 0.3), sine(97, 0.2)]
  const { factor, left, right } = mix(
    [a, b],
    [
      { gain: 0.5, pan: -0.3 },
      { gain: 1, pan: 0 },
    ],
  )
  expect(factor).toBe(1)
  const middle = Math.sqrt(1 / 1.3)
  for (let i = 0; i < 4800; i += 7) {
    expect(left[i]).toBeCloseTo(0.5 * (a[i] as number) + middle * (b[i] as number), 6)
    expect(right[i]).toBeCloseTo(0.5 * Math.sqrt(0.7 / 1.3) * (a[i] as number) + middle * (b[i] as number), 6)
  }
})

test('too loud between the samples: the whole is turned down by one factor', () => {
  // A quarter of the sample rate, sampled at 45 degrees: samples at .95 / sqrt(2), the wave itself at .95.
  const [loud, quiet] = [sine(12000, 0.95 * Math.sqrt(1.3), Math.PI / 4), sine(300, 0.01)]
  const places = [
    { gain: 1, pan: 0 },
    { gain: 1, pan: 0 },
  ]
  const { factor, left } = mix([loud, quiet], places)
  expect(factor).toBeLessThan(0.95)
  const plain = Math.sqrt(1 / 1.3)
  for (let i = 0; i < 4800; i += 11)
    expect(left[i]).toBeCloseTo(factor * plain * ((loud[i] as number) + (quiet[i] as number)), 5)
  const meter = createPeakMeter()
  meter.feed(left)
  expect(meter.peak()).toBeLessThanOrEqual(0.8913)
})

test('the peak meter sees what lies between samples, however the sound is cut', () => {
  const sound = sine(12000, 0.5, Math.PI / 4)
  for (const size of [7, 128, 4800]) {
    const meter = createPeakMeter()
    for (let from = 0; from < 4800; from += size) meter.feed(sound.subarray(from, from + size))
    const decibels = 20 * Math.log10(meter.peak() / 0.5)
    expect(Math.abs(decibels)).toBeLessThan(0.2) // EBU Tech 3341 allows +0.2, -0.4
  }
})

test('what the peak meter passes over is never the peak', () => {
  const random = seededRandom('peaks')
  const sound = Float32Array.from({ length: 20_000 }, (_, i) => (random() - 0.5) * (0.1 + (0.9 * (i % 3000)) / 3000))
  const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
  const lanczos = (at: number) =>
    sound
      .subarray(Math.floor(at) - 5, Math.floor(at) + 7)
      .reduce(
        (sum, sample, k) => sum + sample * sinc(at - Math.floor(at) + 5 - k) * sinc((at - Math.floor(at) + 5 - k) / 6),
        0,
      )
  let most = 0
  for (let i = 0; i < sound.length; i++) {
    most = Math.max(most, Math.abs(sound[i] as number))
    if (i >= 6 && i < sound.length - 12 && Math.abs(sound[i] as number) > 0.3)
      for (const part of [0.25, 0.5, 0.75]) most = Math.max(most, Math.abs(lanczos(i + part)))
  }
  const meter = createPeakMeter()
  for (let from = 0; from < sound.length; from += 1111) meter.feed(sound.subarray(from, from + 1111))
  expect(meter.peak()).toBeCloseTo(most, 6)
})
