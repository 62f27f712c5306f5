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
/** Of every WAV that is written here; the samples follow. */
export const wavHeaderBytes = 44
/** A RIFF file counts its bytes in 32 bits. */
const mostDataBytes = 0xffffffff - wavHeaderBytes

/** The most that one WAV holds. */
export function longestWavSeconds({ sampleRate, channels }: WavFormat): number {
  return mostDataBytes / (sampleRate * channels * 3)
}

/** `file` null: nothing is stored, only the hash is computed. */
export function createWavWriter(file: string | null, format: WavFormat): WavWriter {
  const { channels } = format
  const handle = file === null ? null : openSync(file, 'w')
  const hash = createHash('sha256')
  const block = createBlock(channels)
  let dataBytes = 0
  let clipped = 0
  let open = handle !== null
  if (handle !== null) writeWhole(handle, wavHeader(format, 0), 0)
  const close = () => {
    if (open && handle !== null) closeSync(handle)
    open = false
  }
  const append = (bytes: Uint8Array) => {
    if (handle !== null && dataBytes + bytes.length > mostDataBytes)
      throw new InputError('wav-too-long', `${file}: expected at most 4 GiB of sound. Make a shorter run.`)
    hash.update(bytes)
    if (handle !== null) writeWhole(handle, bytes, wavHeaderBytes + dataBytes)
    dataBytes += bytes.length
  }
  return {
    write(blocks) {
      const frames = checkBlocks(blocks, channels)
      for (let from = 0; from < frames; from += blockFrames) {
        const count = Math.min(blockFrames, frames - from)
        clipped += encodeBlock(blocks, from, count, block)
        append(block.bytes.subarray(0, count * channels * 3))
      }
    },
    finish() {
      if (handle !== null) {
        writeWhole(handle, wavHeader(format, dataBytes), 0)
        if (dataBytes % 2 === 1) writeWhole(handle, Uint8Array.of(0), wavHeaderBytes + dataBytes)
      }
      close()
      return { sha256: hash.digest('hex'), frames: dataBytes / (3 * channels), clipped }
    },
    abandon: close,
  }
}

/** A full disk takes part of a write without a word; only the next one fails. */
function writeWhole(handle: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, bytes.length - done, position + done)
}

/** One memory seen as bytes and as words: four samples of 24 bits are three words of 32 (little-endian, as every host of Node is). */
function createBlock(channels: number): Block {
  const words = new Uint32Array((blockFrames * channels * 3) / 4)
  return { samples: new Float32Array(blockFrames * channels), words, bytes: new Uint8Array(words.buffer) }
}

interface Block {
  readonly samples: Float32Array
  readonly words: Uint32Array
  readonly bytes: Uint8Array
}

/** Returns how many samples were clipped. */
function encodeBlock(blocks: readonly Float32Array[], from: number, count: number, block: Block): number {
  const [left, right] = blocks
  if (blocks.length === 2 && left !== undefined && right !== undefined && count % 2 === 0)
    return encodePair(left.subarray(from, from + count), right.subarray(from, from + count), block.words)
  if (blocks.length === 1 && left !== undefined && isSilent(left, from, from + count)) {
    block.words.fill(0, 0, Math.ceil((count * 3) / 4))
    return 0
  }
  interleave(blocks, from, count, block.samples)
  return encode(block.samples, count * blocks.length, block.words)
}

function isSilent(samples: Float32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (samples[i] !== 0) return false
  return true
}

function interleave(blocks: readonly Float32Array[], from: number, count: number, into: Float32Array): void {
  const [only] = blocks
  if (blocks.length === 1 && only !== undefined) {
    into.set(only.subarray(from, from + count))
    return
  }
  for (const [channel, block] of blocks.entries())
    for (let i = 0, at = channel; i < count; i++, at += blocks.length) into[at] = block[from + i] as number
}

function checkBlocks(channels: readonly Float32Array[], expected: number): number {
  const frames = channels[0]?.length ?? 0
  if (channels.length !== expected || channels.some((channel) => channel.length !== frames))
    throw new RangeError(`wav: expected ${expected} blocks of equal length, got ${channels.map((c) => c.length)}`)
  return frames
}

/** The first `count` samples as 24-bit numbers, packed; returns how many were clipped. Behind `count` up to three samples are packed too. */
function encode(samples: Float32Array, count: number, words: Uint32Array): number {
  let clipped = 0
  const level = (i: number) => {
    const scaled = (samples[i] as number) * fullScale + shift
    if (scaled >= 0 && scaled < 2 * fullScale) return (scaled | 0) - fullScale
    if (i < count) clipped++
    return clip(scaled, i)
  }
  for (let i = 0, word = 0; i < count; i += 4, word += 3) {
    const b = level(i + 1)
    const c = level(i + 2)
    words[word] = (level(i) & 0xffffff) | (b << 24)
    words[word + 1] = ((b >> 8) & 0xffff) | (c << 16)
    words[word + 2] = ((c >> 16) & 0xff) | (level(i + 3) << 8)
  }
  return clipped
}

/** As `encode`, of two channels in turn: an even number of samples each. */
function encodePair(left: Float32Array, right: Float32Array, words: Uint32Array): number {
  let clipped = 0
  const level = (sample: number, i: number) => {
    const scaled = sample * fullScale + shift
    if (scaled >= 0 && scaled < 2 * fullScale) return (scaled | 0) - fullScale
    clipped++
    return clip(scaled, i)
  }
  for (let i = 0, word = 0; i < left.length; i += 2, word += 3) {
    const b = level(right[i] as number, i)
    const c = level(left[i + 1] as number, i + 1)
    words[word] = (level(left[i] as number, i) & 0xffffff) | (b << 24)
    words[word + 1] = ((b >> 8) & 0xffff) | (c << 16)
    words[word + 2] = ((c >> 16) & 0xff) | (level(right[i + 1] as number, i + 1) << 8)
  }
  return clipped
}

/** Shifted to positive numbers, `| 0` is floor, and much faster than Math.floor. */
const shift = fullScale + 0.5

function clip(scaled: number, i: number): number {
  if (Number.isNaN(scaled)) throw new RangeError(`wav: expected a number at sample ${i}, got NaN`)
  return scaled < 0 ? -fullScale : fullScale - 1
}

function wavHeader({ sampleRate, channels }: WavFormat, dataBytes: number): Uint8Array {
  const header = Buffer.alloc(wavHeaderBytes)
  header.write('RIFF', 0, 'ascii')
  header.writeUInt32LE(wavHeaderBytes - 8 + dataBytes + (dataBytes % 2), 4)
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
