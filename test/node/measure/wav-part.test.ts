// The part of a WAV that a line asks for: exactly to the sample, all channels.
import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openWavPart, type WavPlace } from '../../../src/node/measure/wav-part.ts'
import { temporaryFolder } from '../records.ts'
import { writeWav } from './wav-files.ts'

const folder = temporaryFolder()
afterAll(() => rmSync(folder, { recursive: true }))

const rate = 44_100
const count = 100_000
const ramp = Float32Array.from({ length: count }, (_, i) => i / count)
const mono = writeWav(path.join(folder, 'mono.wav'), [ramp], { rate, encoding: 'float32' })

function samplesOf(place: WavPlace): { samples: number[]; promised: number } {
  const part = openWavPart(place)
  const samples = [...part.blocks()].flatMap(([first]) => [...(first ?? [])])
  part.close()
  return { samples, promised: part.samples }
}

test.each([
  [{}, 0, count],
  [{ startSeconds: 0 }, 0, count],
  [{ startSeconds: 1 / 3 }, 14_700, count],
  [{ startSeconds: 0.1, durationSeconds: 0.9 }, 4_410, 44_100],
  [{ startSeconds: 1, durationSeconds: 0.00001 }, 44_100, 44_100],
  [{ startSeconds: 1, durationSeconds: 1 / rate }, 44_100, 44_101],
  [{ durationSeconds: count / rate + 0.009 }, 0, count],
  [{ startSeconds: count / rate }, count, count],
])('%j', (place, from, to) => {
  const { samples, promised } = samplesOf({ wav: mono, ...place })
  expect(promised).toBe(to - from)
  expect(samples).toEqual([...ramp.subarray(from, to)])
})

test.each([
  [
    { startSeconds: 2.3 },
    /field "startSeconds": expected a part within the 2\.267\d+ s of .+mono\.wav, got 2\.3 s\. Start/,
  ],
  [
    { startSeconds: 1, durationSeconds: 1.3 },
    /field "durationSeconds": expected a part within .+, got 1\.3 s\. Leave it/,
  ],
])('%j lies outside', (place, message) => {
  expect(() => openWavPart({ wav: mono, ...place })).toThrow(message)
})

test('channels stay apart', () => {
  const left = Float32Array.of(0.5, -0.25, 1)
  const channels = [left, left.map((x) => -x), Float32Array.of(0.75, 0.75, 0)]
  const wav = writeWav(path.join(folder, 'three.wav'), channels, { encoding: 'float32' })
  const part = openWavPart({ wav })
  expect([part.channels, [...part.blocks()]]).toEqual([3, [channels]])
  part.close()
})
