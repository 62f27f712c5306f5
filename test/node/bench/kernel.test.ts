// hocket bench kernel on two short stems: the fields, and that they hold what was heard. No times are judged.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { measureKernel, measureStems } from '../../../src/node/bench/kernel.ts'
import { makeTestStem } from '../../../src/node/bench/test-sound.ts'
import { createWavWriter } from '../../../src/node/sound/wav-writer.ts'
import { setharesBetween, tonesOf } from '../../reference/yardstick.ts'
import { runHocket } from '../hocket.ts'
import { temporaryFolder } from '../records.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))
const [a, b] = [makeTestStem(0, 0.3), makeTestStem(1, 0.3)]

function writeStem(name: string, samples: Float32Array, sampleRate = 48000): string {
  const file = path.join(folder, name)
  const wav = createWavWriter(file, { sampleRate, channels: 1 })
  wav.write([samples])
  wav.finish()
  return file
}

test('two files through the command: every field, one time a pass', async () => {
  const files = [writeStem('a.wav', a), writeStem('b.wav', b)]
  const words = ['bench', '--json', '--only', 'kernel', '--stems', ...files, '--passes', '3']
  const { code, stdout, stderr } = await runHocket(words)
  expect([code, stderr]).toEqual([0, ''])
  const { kernel, ...rest } = JSON.parse(stdout)
  expect(rest).toEqual({})
  expect(Object.keys(kernel).sort()).toEqual(
    ['seconds', 'frames', 'peaksPerFrame', 'stemCpuSeconds', 'pairCpuSeconds', 'stemXRealtime', 'pairXRealtime']
      .concat(['roughness', 'chroma'])
      .sort(),
  )
  expect([kernel.seconds, kernel.frames, kernel.roughness.length, kernel.chroma.length]).toEqual([0.3, 13, 13, 12])
  expect([kernel.stemCpuSeconds.length, kernel.pairCpuSeconds.length]).toEqual([3, 3])
  // So short a pass may fall between two ticks of the clock.
  const fastest = Math.min(...kernel.pairCpuSeconds)
  expect(kernel.pairXRealtime).toBe(fastest > 0 ? 0.3 / fastest : null)
})

test('roughness is that of each pair of frames, chroma that of the first stem', () => {
  const { roughness, chroma, peaksPerFrame } = measureStems([a, b], 1)
  roughness.forEach((heard, n) => {
    const [p, q] = [a, b].map((stem) => tonesOf(stem.subarray(n * 1024, n * 1024 + 2048), 48000))
    const twin = setharesBetween(p ?? [], q ?? [])
    expect(Math.abs(heard / twin - 1)).toBeLessThan(0.01)
  })
  expect(chroma.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 5)
  expect(peaksPerFrame).toBeGreaterThan(16)
  expect(peaksPerFrame).toBeLessThanOrEqual(32)
})

test('stems that cannot be compared are refused by name', () => {
  const good = writeStem('good.wav', a)
  const bad = (files: string[]) => () => measureKernel(files, 1)
  expect(bad([good])).toThrow(/expected two WAV files, got 1/)
  expect(bad([good, writeStem('short.wav', a.subarray(0, 100))])).toThrow(/short\.wav: expected at least 2048 samples/)
  expect(bad([good, writeStem('other.wav', a, 44100)])).toThrow(/other\.wav: expected one channel at 48000 Hz/)
  expect(bad([good, writeStem('long.wav', makeTestStem(0, 0.4))])).toThrow(/one length, got 14400 and 19200/)
})
