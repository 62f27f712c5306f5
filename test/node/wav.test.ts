// WAV in and out: the documented rounding rule, outside headers byte by byte, files that lie.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openWav, readWav } from '../../src/node/sound/wav-reader.ts'
import { createWavWriter } from '../../src/node/sound/wav-writer.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'hocket-wav-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = path.join(folder, 'a.wav')

function writeMono(samples: readonly number[]) {
  const writer = createWavWriter(file, { sampleRate: 48000, channels: 1 })
  writer.write([Float32Array.from(samples)])
  return writer.finish()
}

test('levels: nearest of 2^24 steps, halves up, clipped at the ends', () => {
  const step = 1 / 8388608
  const written = writeMono([0, 1, -1, 0.5 * step, -0.5 * step, 1.5 * step, -1.5 * step, 2, -2, 0.25])
  const bytes = readFileSync(file).subarray(44)
  const levels = Array.from({ length: 10 }, (_, i) => bytes.readIntLE(3 * i, 3))
  expect(levels).toEqual([0, 8388607, -8388608, 1, 0, 2, -1, 8388607, -8388608, 2097152])
  expect(written.clipped).toBe(3)
  expect(written.frames).toBe(10)
  expect(written.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('the header is the one of the RIFF specification', () => {
  writeMono([0, 0])
  const header = readFileSync(file)
  expect(header.length).toBe(44 + 6)
  expect(header.readUInt32LE(4)).toBe(header.length - 8)
  expect(header.toString('latin1', 0, 4) + header.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ')
  expect([20, 22, 32, 34].map((at) => header.readUInt16LE(at))).toEqual([1, 1, 3, 24])
  expect([24, 28, 40].map((at) => header.readUInt32LE(at))).toEqual([48000, 144000, 6])
})

test('what is written is read back, however it is cut into blocks', () => {
  // Either channel holds one side: -1 turned over is beyond full scale.
  const block = fc.float32Array({ min: Math.fround(-0.999), max: Math.fround(0.999), noNaN: true, maxLength: 50 })
  fc.assert(
    fc.property(fc.array(block, { maxLength: 5 }), (blocks) => {
      const writer = createWavWriter(file, { sampleRate: 44100, channels: 2 })
      for (const samples of blocks) writer.write([samples, samples.map((x) => -x)])
      writer.finish()
      const { sampleRate, channels } = readWav(file)
      const whole = blocks.flatMap((samples) => [...samples])
      expect(sampleRate).toBe(44100)
      expect(channels[0]).toHaveLength(whole.length)
      for (const [i, x] of whole.entries()) {
        expect(Math.abs((channels[0]?.[i] ?? 9) - x)).toBeLessThanOrEqual(0.5 / 8388608)
        expect(Math.abs((channels[1]?.[i] ?? 9) + x)).toBeLessThanOrEqual(0.5 / 8388608)
      }
    }),
    { numRuns: 30 },
  )
})

test('silence after sound is silence, and both channels are clipped and counted', () => {
  const mono = createWavWriter(file, { sampleRate: 48000, channels: 1 })
  for (const level of [0.5, 0, 0.25]) mono.write([new Float32Array(7).fill(level)])
  mono.finish()
  expect(readWav(file).channels).toEqual([
    Float32Array.from({ length: 21 }, (_, i) => [0.5, 0, 0.25][Math.floor(i / 7)] as number),
  ])
  for (const frames of [6, 7]) {
    const pair = createWavWriter(file, { sampleRate: 48000, channels: 2 })
    pair.write([new Float32Array(frames).fill(2), new Float32Array(frames).fill(-0.5)])
    expect(pair.finish()).toMatchObject({ frames, clipped: frames })
    expect(readWav(file).channels[1]).toEqual(new Float32Array(frames).fill(-0.5))
    const bad = createWavWriter(null, { sampleRate: 48000, channels: 2 })
    expect(() => bad.write([new Float32Array(frames), new Float32Array(frames).fill(Number.NaN)])).toThrow(RangeError)
  }
})

test('NaN never becomes sound', () => {
  const writer = createWavWriter(null, { sampleRate: 48000, channels: 1 })
  expect(() => writer.write([Float32Array.of(0, Number.NaN)])).toThrow(/got NaN/)
})

/** A WAV by hand: header fields may lie. */
function forge(fields: {
  tag?: number
  bits?: number
  channels?: number
  align?: number
  dataBytes?: number
  body?: Buffer
  extensible?: boolean
}) {
  const { tag = 1, bits = 16, channels = 1, body = Buffer.alloc(8), extensible = false } = fields
  const format = Buffer.alloc(extensible ? 40 : 16)
  format.writeUInt16LE(extensible ? 0xfffe : tag, 0)
  format.writeUInt16LE(channels, 2)
  format.writeUInt32LE(48000, 4)
  format.writeUInt16LE(fields.align ?? (channels * bits) / 8, 12)
  format.writeUInt16LE(bits, 14)
  if (extensible) format.writeUInt16LE(tag, 24)
  const chunk = (name: string, length: number, data: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(name, 'latin1')
    head.writeUInt32LE(length, 4)
    return Buffer.concat([head, data])
  }
  const riff = Buffer.from('RIFF\0\0\0\0WAVE', 'latin1')
  const odd = chunk('LIST', 3, Buffer.alloc(4)) // odd chunks are padded
  writeFileSync(
    file,
    Buffer.concat([
      riff,
      odd,
      chunk('fmt ', format.length, format),
      chunk('data', fields.dataBytes ?? body.length, body),
    ]),
  )
}

test('16-bit, float and extensible headers are read', () => {
  const pcm = Buffer.alloc(4)
  pcm.writeInt16LE(-32768, 0)
  pcm.writeInt16LE(16384, 2)
  forge({ body: pcm })
  expect(readWav(file).channels.map((c) => [...c])).toEqual([[-1, 0.5]])
  const float = Buffer.alloc(8)
  float.writeFloatLE(0.75, 0)
  float.writeFloatLE(-0.125, 4)
  forge({ tag: 3, bits: 32, channels: 2, body: float, extensible: true })
  expect(readWav(file).channels.map((c) => [...c])).toEqual([[0.75], [-0.125]])
  forge({ body: pcm })
  const wav = openWav(file)
  expect([...(wav.read(1, 99)[0] ?? [])]).toEqual([0.5])
  wav.close()
})

test.each([
  ['promises more bytes than the file has', { dataBytes: 4_000_000_000 }, /promises 4000000000 bytes/],
  ['says zero channels', { channels: 0 }, /got 0/],
  ['has an unknown format', { tag: 85 }, /got format 85/],
  ['has a wrong frame size', { align: 7 }, /the header says 7/],
  ['ends inside a frame', { body: Buffer.alloc(7) }, /not whole frames/],
])('a header that %s is refused in words', (_, fields, message) => {
  forge(fields)
  expect(() => readWav(file)).toThrow(message)
})

test('text, nothing and NaN are refused in words', () => {
  writeFileSync(file, 'hello')
  expect(() => readWav(file)).toThrow(/end of the file/)
  writeFileSync(file, 'hello, this is a text and no sound')
  expect(() => readWav(file)).toThrow(/begins with RIFF and WAVE/)
  expect(() => readWav(path.join(folder, 'none.wav'))).toThrow(/found nothing/)
  const float = Buffer.alloc(4)
  float.writeFloatLE(Number.NaN, 0)
  forge({ tag: 3, bits: 32, body: float })
  expect(() => readWav(file)).toThrow(/expected a number, got NaN/)
})

test('giving up after the end is no fault', () => {
  const writer = createWavWriter(path.join(folder, 'given-up.wav'), { sampleRate: 48_000, channels: 1 })
  writer.finish()
  expect(() => writer.abandon()).not.toThrow()
})
