// The first bytes of a WAV file of 32-bit floats: RIFF, `fmt ` with format tag 3 (IEEE float), `fact`, `data`.
// Microsoft, "New Multimedia Data Types and Data Techniques" (1994), rev. 3; a file with a tag other than 1 carries `fact`.
import type { Hertz } from '../../units.ts'

const headerBytes = 58
const bytesPerSample = 4
const ieeeFloat = 3

/** `frames` at most 2^32 / 8 - 8 for two channels (three hours): sizes are counted in 32 bits. */
export function floatWavHeader(
  frames: number,
  { sampleRate, channels }: { readonly sampleRate: Hertz; readonly channels: number },
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes)
  const view = new DataView(bytes.buffer)
  const tag = (at: number, name: string) => bytes.set(new TextEncoder().encode(name), at)
  const frameBytes = channels * bytesPerSample
  const dataBytes = frames * frameBytes
  tag(0, 'RIFF')
  view.setUint32(4, headerBytes - 8 + dataBytes, true)
  tag(8, 'WAVEfmt ')
  view.setUint32(16, 18, true)
  view.setUint16(20, ieeeFloat, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * frameBytes, true)
  view.setUint16(32, frameBytes, true)
  view.setUint16(34, 8 * bytesPerSample, true)
  view.setUint16(36, 0, true)
  tag(38, 'fact')
  view.setUint32(42, 4, true)
  view.setUint32(46, frames, true)
  tag(50, 'data')
  view.setUint32(54, dataBytes, true)
  return bytes
}
