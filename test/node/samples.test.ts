// Recordings: decoding against numbers of the FLAC's own header, resampling against sines that it must keep or kill.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { besselI0, resample, sinc } from '../../src/node/sound/resample.ts'
import { decodeSample, samplesFolder } from '../../src/node/sound/samples.ts'

const sine = (hz: number, rate: number, count: number) =>
  Float32Array.from({ length: count }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate))

test('sinc and Bessel series agree with tables', () => {
  expect(sinc(0.5)).toBeCloseTo(2 / Math.PI, 15)
  expect(sinc(17)).toBeCloseTo(0, 15)
  expect(sinc(-2.25)).toBeCloseTo(Math.sin(2.25 * Math.PI) / (2.25 * Math.PI), 14)
  expect(besselI0(1)).toBeCloseTo(1.2660658777520082, 14) // Abramowitz & Stegun, table 9.8
  expect(besselI0(10) / 2815.7166284662544).toBeCloseTo(1, 13)
})

test.each([
  [44100, 1000],
  [44100, 15000],
  [96000, 440],
  [192000, 18000],
])('a sine at %i Hz keeps its shape at 48 kHz (%i Hz)', (rate, hz) => {
  const out = resample(sine(hz, rate, rate / 5), rate, 48000)
  expect(out.length).toBe(9600)
  const wanted = sine(hz, 48000, out.length)
  let worst = 0
  for (let i = 500; i < out.length - 500; i++)
    worst = Math.max(worst, Math.abs((out[i] as number) - (wanted[i] as number)))
  expect(worst).toBeLessThan(1e-4) // -80 dB
})

test('what 48 kHz cannot hold is silenced, not folded', () => {
  const out = resample(sine(30000, 96000, 19200), 96000, 48000)
  const worst = Math.max(...out.subarray(500, -500).map(Math.abs))
  expect(worst).toBeLessThan(1e-4)
})

test('a recording decodes to mono at 48 kHz, as long as its header says, the same every time', async () => {
  const head = readFileSync(path.join(samplesFolder, 'bd_haus.flac')).subarray(18, 26).readBigUInt64BE()
  const rate = Number(head >> 44n)
  const frames = Number(head & ((1n << 36n) - 1n))
  const [once, again] = await Promise.all([decodeSample('bd_haus'), decodeSample('bd_haus')])
  expect(once.length).toBe(Math.ceil((frames * 48000) / rate))
  expect(Math.max(...once.map(Math.abs))).toBeGreaterThan(0.1)
  expect(Buffer.from(once.buffer).equals(Buffer.from(again.buffer))).toBe(true)
})

test.each(['no_such_sample', '../package', 'Bd_Haus.flac'])('%s: a missing recording is named', async (name) => {
  await expect(decodeSample(name)).rejects.toThrow(`sample "${name}": expected ${name}.flac`)
})
