// WAV files: 16- and 24-bit PCM and 32-bit float, any number of channels, plain and extensible headers.
// A header that promises what the file does not hold is refused, before anything is allocated for it.
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { InputError } from '../../record/index.ts'
import { unreadable } from '../installation.ts'

interface WavHeader {
  readonly sampleRate: number
  readonly channels: number
  readonly encoding: 'pcm16' | 'pcm24' | 'float32'
  readonly frames: number
  /** Which speakers an extensible header names, a bit each; null where it names none. */
  readonly channelMask: number | null
  /** Byte position of the first sample. */
  readonly dataStart: number
}

export interface OpenWav extends WavHeader {
  /** Frames `from` .. `from + count - 1`, fewer at the end, one array per channel, full scale 1. */
  read(from: number, count: number): Float32Array[]
  /** Frames `from` .. `to - 1` in pieces of bounded size. Throws InputError when a float sample is not finite. */
  blocks(from: number, to: number): Generator<Float32Array[]>
  close(): void
}

const mostChannels = 64
const blockFrames = 1 << 15

/** Opens a WAV for reading piece by piece. Throws InputError. */
export function openWav(file: string): OpenWav {
  const handle = openForReading(file)
  let header: WavHeader
  try {
    header = readHeader(handle, file)
  } catch (error) {
    closeSync(handle)
    throw error
  }
  const frameBytes = header.channels * sampleBytes[header.encoding]
  const read = (from: number, count: number): Float32Array[] => {
    const frames = Math.max(0, Math.min(count, header.frames - from))
    const bytes = new Uint8Array(frames * frameBytes)
    readWhole(handle, bytes, header.dataStart + from * frameBytes, file)
    return decode(bytes, header)
  }
  return {
    ...header,
    read,
    *blocks(from, to) {
      for (let at = from; at < Math.min(to, header.frames); at += blockFrames) {
        const channels = read(at, Math.min(blockFrames, to - at))
        requireFinite(channels, at, file)
        yield channels
      }
    },
    close: () => closeSync(handle),
  }
}

/** A whole WAV. Throws InputError, also when a float sample is not finite. */
export function readWav(file: string): { sampleRate: number; channels: Float32Array[] } {
  const wav = openWav(file)
  try {
    const channels = wav.read(0, wav.frames)
    requireFinite(channels, 0, file)
    return { sampleRate: wav.sampleRate, channels }
  } finally {
    wav.close()
  }
}

/** Hex SHA-256 of the sample bytes, without the header. Throws InputError. */
export function hashWav(file: string): string {
  const { dataStart, frames, channels, encoding, close } = openWav(file)
  close()
  const handle = openForReading(file)
  try {
    const hash = createHash('sha256')
    const block = new Uint8Array(1 << 20)
    const end = dataStart + frames * channels * sampleBytes[encoding]
    for (let at = dataStart; at < end; ) {
      const count = readSync(handle, block, 0, Math.min(block.length, end - at), at)
      if (count === 0) throw bad(file, 'the file became shorter while it was read')
      hash.update(block.subarray(0, count))
      at += count
    }
    return hash.digest('hex')
  } finally {
    closeSync(handle)
  }
}

/** `from`: the frame that the channels begin with. */
function requireFinite(channels: readonly Float32Array[], from: number, file: string): void {
  for (const channel of channels)
    for (let i = 0; i < channel.length; i++)
      if (!Number.isFinite(channel[i])) {
        const got = `frame ${from + i}: expected a number, got ${channel[i]}`
        throw new InputError('wav-not-finite', `${file}: ${got}. Mend it.`)
      }
}

/** Reads may return less than was asked for. */
function readWhole(handle: number, bytes: Uint8Array, position: number, file: string): void {
  for (let done = 0; done < bytes.length; ) {
    const count = readSync(handle, bytes, done, bytes.length - done, position + done)
    if (count === 0) throw bad(file, 'the file became shorter while it was read')
    done += count
  }
}

const sampleBytes = { pcm16: 2, pcm24: 3, float32: 4 } as const

/** Only plain files: opening a pipe would wait for ever. */
function openForReading(file: string): number {
  let plain: boolean
  try {
    plain = statSync(file).isFile()
    if (plain) return openSync(file, 'r')
  } catch (error) {
    throw unreadable(file, error)
  }
  throw new InputError('bad-wav', `${file}: expected a file, got a folder or a device. Check the path.`)
}

function readHeader(handle: number, file: string): WavHeader {
  const size = fstatSync(handle).size
  const at = (position: number, count: number): Buffer => {
    const bytes = Buffer.alloc(count)
    if (position + count > size || readSync(handle, bytes, 0, count, position) < count)
      throw bad(file, `expected a chunk at byte ${position}, got the end of the file`)
    return bytes
  }
  const riff = at(0, 12)
  if (riff.toString('latin1', 0, 4) !== 'RIFF' || riff.toString('latin1', 8, 12) !== 'WAVE')
    throw bad(file, `expected a file that begins with RIFF and WAVE, got ${JSON.stringify(riff.toString('latin1'))}`)
  let format: Omit<WavHeader, 'frames' | 'dataStart'> | undefined
  for (let position = 12; position + 8 <= size; ) {
    const head = at(position, 8)
    const name = head.toString('latin1', 0, 4)
    const length = head.readUInt32LE(4)
    if (position + 8 + length > size)
      throw bad(file, `chunk "${name}" promises ${length} bytes, the file holds ${size - position - 8} of them`)
    if (name === 'fmt ') format = readFormat(at(position + 8, Math.min(length, 40)), file)
    if (name === 'data') {
      if (format === undefined) throw bad(file, 'expected the chunk "fmt " before "data"')
      const frameBytes = format.channels * sampleBytes[format.encoding]
      if (length % frameBytes !== 0) throw bad(file, `${length} bytes of sound are not whole frames of ${frameBytes}`)
      return { ...format, frames: length / frameBytes, dataStart: position + 8 }
    }
    position += 8 + length + (length % 2)
  }
  throw bad(file, 'expected a chunk "data", got none')
}

function readFormat(chunk: Buffer, file: string): Omit<WavHeader, 'frames' | 'dataStart'> {
  if (chunk.length < 16) throw bad(file, `chunk "fmt " has ${chunk.length} bytes, expected at least 16`)
  const tag = chunk.readUInt16LE(0)
  // Extensible headers keep the real format in the first two bytes of the sub-format.
  const format = tag === 0xfffe && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag
  const channelMask = tag === 0xfffe && chunk.length >= 24 ? chunk.readUInt32LE(20) : null
  const channels = chunk.readUInt16LE(2)
  const sampleRate = chunk.readUInt32LE(4)
  const frameBytes = chunk.readUInt16LE(12)
  const bits = chunk.readUInt16LE(14)
  const encoding =
    format === 1 && bits === 16
      ? 'pcm16'
      : format === 1 && bits === 24
        ? 'pcm24'
        : format === 3 && bits === 32
          ? 'float32'
          : null
  if (encoding === null)
    throw bad(file, `expected 16- or 24-bit PCM or 32-bit float, got format ${format} with ${bits} bits`)
  if (channels < 1 || channels > mostChannels)
    throw bad(file, `expected 1 to ${mostChannels} channels, got ${channels}`)
  if (sampleRate < 1000 || sampleRate > 768_000) throw bad(file, `expected 1000 to 768000 Hz, got ${sampleRate}`)
  if (frameBytes !== channels * sampleBytes[encoding])
    throw bad(
      file,
      `a frame of ${channels} x ${bits} bits has ${channels * sampleBytes[encoding]} bytes, the header says ${frameBytes}`,
    )
  return { sampleRate, channels, encoding, channelMask }
}

function bad(file: string, what: string): InputError {
  return new InputError('bad-wav', `${file}: ${what}. Export the sound again as WAV.`)
}

function decode(bytes: Uint8Array, { channels, encoding }: WavHeader): Float32Array[] {
  const width = sampleBytes[encoding]
  const stride = width * channels
  const frames = bytes.length / stride
  const fill = { pcm16: fillPcm16, pcm24: fillPcm24, float32: fillFloat32 }[encoding]
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames)
    fill(samples, bytes, channel * width, stride)
    return samples
  })
}

function fillPcm24(samples: Float32Array, bytes: Uint8Array, start: number, stride: number): void {
  for (let i = 0, at = start; i < samples.length; i++, at += stride) {
    const low = ((bytes[at + 1] as number) << 8) | (bytes[at] as number)
    samples[i] = ((((bytes[at + 2] as number) << 24) >> 8) | low) / 8388608
  }
}

function fillPcm16(samples: Float32Array, bytes: Uint8Array, start: number, stride: number): void {
  const view = new DataView(bytes.buffer)
  for (let i = 0, at = start; i < samples.length; i++, at += stride) samples[i] = view.getInt16(at, true) / 32768
}

function fillFloat32(samples: Float32Array, bytes: Uint8Array, start: number, stride: number): void {
  const view = new DataView(bytes.buffer)
  for (let i = 0, at = start; i < samples.length; i++, at += stride) samples[i] = view.getFloat32(at, true)
}
