// 24-bit PCM WAV, written while the sound is made. Amplitude 1 = 8388608; a sample becomes floor(x * 8388608 + .5), kept within
// -8388608..8388607: the nearest step, halves up. The SHA-256 of the PCM bytes (without header) names a stem's samples.
import { createHash } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { InputError } from '../../record/index.ts'

export interface WavFormat {
  readonly sampleRate: number
  readonly channels: number
}

export interface WrittenWav {
  /** Hex SHA-256 of the PCM bytes. */
  readonly sha256: string
  readonly frames: number
  /** Samples that did not fit and were clipped. */
  readonly clipped: number
}

export interface WavWriter {
  /** Interleaves one block of equal length per channel and appends it. Throws RangeError on NaN and unequal blocks. */
  write(channels: readonly Float32Array[]): void
  /** Completes the header and closes the file. */
  finish(): WrittenWav
  /** Closes the file as it is. */
  abandon(): void
}

const fullScale = 8388608
const blockFrames = 1 << 16
export const headerBytes = 44
/** A RIFF file counts its bytes in 32 bits. */
const mostDataBytes = 0xffffffff - headerBytes

/** `file` null: nothing is stored, only the hash is computed. */
export function createWavWriter(file: string | null, format: WavFormat): WavWriter {
  const handle = file === null ? null : openSync(file, 'w')
  const hash = createHash('sha256')
  const bytes = new Uint8Array(blockFrames * format.channels * 3)
  let dataBytes = 0
  let clipped = 0
  if (handle !== null) writeSync(handle, wavHeader(format, 0), 0, headerBytes, 0)
  const append = (count: number) => {
    const block = bytes.subarray(0, count)
    if (dataBytes + count > mostDataBytes)
      throw new InputError('wav-too-long', `${file}: expected at most 4 GiB of sound. Make a shorter run.`)
    hash.update(block)
    if (handle !== null) writeSync(handle, block, 0, count, headerBytes + dataBytes)
    dataBytes += count
  }
  return {
    write(channels) {
      const frames = checkBlocks(channels, format.channels)
      for (let from = 0; from < frames; from += blockFrames) {
        const count = Math.min(blockFrames, frames - from)
        for (let c = 0; c < channels.length; c++)
          clipped += encode(channels[c] as Float32Array, from, count, bytes, c * 3, channels.length * 3)
        append(count * channels.length * 3)
      }
    },
    finish() {
      if (handle !== null) {
        writeSync(handle, wavHeader(format, dataBytes), 0, headerBytes, 0)
        if (dataBytes % 2 === 1) writeSync(handle, Uint8Array.of(0), 0, 1, headerBytes + dataBytes)
        closeSync(handle)
      }
      return { sha256: hash.digest('hex'), frames: dataBytes / (3 * format.channels), clipped }
    },
    abandon() {
      if (handle !== null) closeSync(handle)
    },
  }
}

function checkBlocks(channels: readonly Float32Array[], expected: number): number {
  const frames = channels[0]?.length ?? 0
  if (channels.length !== expected || channels.some((channel) => channel.length !== frames))
    throw new RangeError(`wav: expected ${expected} blocks of equal length, got ${channels.map((c) => c.length)}`)
  return frames
}

/** Samples `from` .. `from + count - 1` as little-endian 24-bit into `bytes`; returns how many were clipped. */
function encode(
  samples: Float32Array,
  from: number,
  count: number,
  bytes: Uint8Array,
  offset: number,
  stride: number,
): number {
  let clipped = 0
  let at = offset
  for (let i = from; i < from + count; i++) {
    // Shifted to positive numbers, `| 0` is floor, and much faster than Math.floor.
    const scaled = (samples[i] as number) * fullScale + (fullScale + 0.5)
    let level = (scaled | 0) - fullScale
    if (!(scaled >= 0 && scaled < 2 * fullScale)) {
      if (Number.isNaN(scaled)) throw new RangeError(`wav: expected a number at sample ${i}, got NaN`)
      level = scaled < 0 ? -fullScale : fullScale - 1
      clipped++
    }
    bytes[at] = level
    bytes[at + 1] = level >> 8
    bytes[at + 2] = level >> 16
    at += stride
  }
  return clipped
}

function wavHeader({ sampleRate, channels }: WavFormat, dataBytes: number): Uint8Array {
  const header = Buffer.alloc(headerBytes)
  header.write('RIFF', 0, 'ascii')
  header.writeUInt32LE(headerBytes - 8 + dataBytes + (dataBytes % 2), 4)
  header.write('WAVEfmt ', 8, 'ascii')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20) // PCM
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * channels * 3, 28)
  header.writeUInt16LE(channels * 3, 32)
  header.writeUInt16LE(24, 34)
  header.write('data', 36, 'ascii')
  header.writeUInt32LE(dataBytes, 40)
  return header
}
