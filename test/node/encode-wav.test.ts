// A 16-bit WAV made in memory: read back, every sample is the nearest step; what exceeds full scale is clipped; the header says what it is.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { encodeWav } from '../../src/node/sound/encode-wav.ts'
import { readWav } from '../../src/node/sound/wav-reader.ts'
import { temporaryFolder } from './records.ts'

test('read back, each channel is what was written, to half a step; beyond full scale it is clipped', () => {
  const left = Float32Array.of(0, 0.5, -0.5, 1 / 3, 0.99, 1, 2, -1, -2, 1.5 / 32_768)
  const right = left.map((x) => -x)
  const file = path.join(temporaryFolder(), 'two.wav')
  writeFileSync(file, encodeWav([left, right], 24_000))
  const read = readWav(file)
  expect(read.sampleRate).toBe(24_000)
  expect(read.channels).toHaveLength(2)
  for (const [k, sent] of [left, right].entries())
    sent.forEach((x, i) => {
      const within = Math.min(32_767 / 32_768, Math.max(-1, x))
      expect(Math.abs((read.channels[k]?.[i] ?? 9) - within)).toBeLessThanOrEqual(0.5 / 32_768)
    })
  // Halves go up, as in stems.
  expect([read.channels[0]?.[9], read.channels[1]?.[9]]).toEqual([2 / 32_768, -1 / 32_768])
})

test('44 bytes of header, then two bytes a sample; none at all is a whole file too', () => {
  expect(encodeWav([new Float32Array(7)], 8000)).toHaveLength(44 + 14)
  expect(encodeWav([new Float32Array(7), new Float32Array(7)], 8000)).toHaveLength(44 + 28)
  expect(encodeWav([], 8000)).toHaveLength(44)
})
