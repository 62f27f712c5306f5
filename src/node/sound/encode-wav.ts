// A whole WAV file in memory, 16-bit PCM. Channels of one length in, bytes out. As src/node/sound/wav-writer.ts has it for 24 bits: amplitude 1 =
// 32768, a sample becomes floor(x * 32768 + .5), kept within -32768..32767; what exceeds full scale is clipped.

const headerBytes = 44
const bytesPerSample = 2

export function encodeWav(channels: readonly Float32Array[], rate: number): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0
  const file = writeHeader({ channels: channels.length, frames, rate })
  for (let i = 0, at = headerBytes; i < frames; i++)
    for (const channel of channels) {
      file.writeInt16LE(Math.min(32_767, Math.max(-32_768, Math.floor((channel[i] as number) * 32_768 + 0.5))), at)
      at += bytesPerSample
    }
  return file
}

function writeHeader({ channels, frames, rate }: { channels: number; frames: number; rate: number }) {
  const bytes = bytesPerSample * channels * frames
  const file = Buffer.alloc(headerBytes + bytes)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(headerBytes - 8 + bytes, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20) // PCM
  file.writeUInt16LE(channels, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(bytesPerSample * channels * rate, 28)
  file.writeUInt16LE(bytesPerSample * channels, 32)
  file.writeUInt16LE(8 * bytesPerSample, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(bytes, 40)
  return file
}
