// A clip as it is served: under every name with a dither of its own, triangular and one step of 24 bits high (-138 dBFS), so that the same clip
// twice has no bytes in common that would tell so. Who adds one sound to the negative of another still hears that they are the same.
import { createCipheriv, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { wavHeaderBytes } from '../../sound/wav-writer.ts'

const sampleBytes = 3
const [lowest, highest] = [-8388608, 8388607]
/** Of AES. */
const blockBytes = 16

/** A secret of the session and the sound's name: the same dither at every server, also for a part of the file. */
export interface DitherSource {
  readonly secret: string
  readonly name: string
}

/** Bytes from the first to the last, both included, of a 24-bit WAV of ours. */
export function readDithered(file: string, from: number, to: number, source: DitherSource): ReadableStream {
  return Readable.toWeb(Readable.from(dither(file, { from, to }, keyOf(source)))) as ReadableStream
}

const keyOf = ({ secret, name }: DitherSource) =>
  createHmac('sha256', secret).update(`dither ${name}`).digest().subarray(0, blockBytes)

async function* dither(file: string, { from, to }: { from: number; to: number }, key: Buffer): AsyncGenerator<Buffer> {
  const start = startOfSample(from)
  const end = startOfSample(to) + (to < wavHeaderBytes ? 0 : sampleBytes - 1)
  let at = start
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { start, end })) {
    const bytes = Buffer.concat([rest, chunk as Buffer])
    const header = Math.max(0, Math.min(bytes.length, wavHeaderBytes - at))
    const whole = bytes.length - ((bytes.length - header) % sampleBytes)
    if (whole > header) addDither(bytes.subarray(header, whole), key, (at + header - wavHeaderBytes) / sampleBytes)
    yield bytes.subarray(Math.max(0, from - at), Math.min(whole, to + 1 - at))
    rest = bytes.subarray(whole)
    at += whole
  }
  yield rest.subarray(Math.max(0, from - at), to + 1 - at)
}

/** Of the sample that a byte belongs to; bytes of the header stand alone. */
const startOfSample = (byte: number) => (byte < wavHeaderBytes ? byte : byte - ((byte - wavHeaderBytes) % sampleBytes))

/** `first`: place of the first of these samples in the file, channels interleaved. */
function addDither(bytes: Buffer, key: Buffer, first: number): void {
  const noise = keystream(key, first, bytes.length / sampleBytes)
  for (let n = 0, at = 0; n < noise.length; n++, at += sampleBytes) {
    const bits = noise[n] as number
    const old = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16)
    // The sign of 24 bits, made one of 32.
    const sample = ((old << 8) >> 8) + (bits & 1) - ((bits >> 1) & 1)
    const kept = Math.max(lowest, Math.min(highest, sample))
    bytes[at] = kept
    bytes[at + 1] = kept >> 8
    bytes[at + 2] = kept >> 16
  }
}

/** A byte for every sample, from any of them on: AES in counter mode. */
function keystream(key: Buffer, first: number, count: number): Buffer {
  const skip = first % blockBytes
  const counter = Buffer.alloc(blockBytes)
  counter.writeBigUInt64BE(BigInt((first - skip) / blockBytes), 8)
  return createCipheriv('aes-128-ctr', key, counter)
    .update(Buffer.alloc(skip + count))
    .subarray(skip)
}
