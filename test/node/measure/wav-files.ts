// WAV files for tests: any encoding, rate and number of channels.
import { writeFileSync } from 'node:fs'

export interface WavSettings {
  readonly rate?: number
  readonly encoding?: 'pcm16' | 'pcm24' | 'float32'
  /** Speakers: makes the header extensible. */
  readonly mask?: number
}

const bytesOf = { pcm16: 2, pcm24: 3, float32: 4 } as const

export function writeWav(file: string, channels: readonly ArrayLike<number>[], settings: WavSettings = {}): string {
  const { rate = 48000, encoding = 'pcm16', mask } = settings
  const width = bytesOf[encoding]
  const frames = channels[0]?.length ?? 0
  const tag = encoding === 'float32' ? 3 : 1
  const format = Buffer.alloc(mask === undefined ? 16 : 40)
  format.writeUInt16LE(mask === undefined ? tag : 0xfffe, 0)
  format.writeUInt16LE(channels.length, 2)
  format.writeUInt32LE(rate, 4)
  format.writeUInt32LE(rate * width * channels.length, 8)
  format.writeUInt16LE(width * channels.length, 12)
  format.writeUInt16LE(8 * width, 14)
  if (mask !== undefined) {
    format.writeUInt32LE(mask, 20)
    format.writeUInt16LE(tag, 24)
  }
  const body = Buffer.alloc(frames * channels.length * width)
  for (let i = 0, at = 0; i < frames; i++)
    for (const channel of channels) {
      const x = channel[i] ?? 0
      const top = 2 ** (8 * width - 1)
      const level = Math.max(-top, Math.min(top - 1, Math.round(x * top)))
      if (encoding === 'float32') body.writeFloatLE(x, at)
      else body.writeIntLE(level, at, width)
      at += width
    }
  const riff = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('data', body)])
  writeFileSync(file, chunk('RIFF', riff))
  return file
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}

export interface Sine {
  readonly hertz: number
  readonly amplitude?: number
}

/** Sines added up. */
export function sines(seconds: number, tones: readonly Sine[], rate = 48000): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) =>
    tones.reduce((sum, { hertz, amplitude = 1 }) => sum + amplitude * Math.sin((2 * Math.PI * hertz * i) / rate), 0),
  )
}
