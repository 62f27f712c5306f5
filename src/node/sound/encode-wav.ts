// A whole WAV file in memory, 16-bit PCM; what exceeds full scale is clipped. Channels of one length in, full scale 1; bytes out.

export function encodeWav(channels: readonly Float32Array[], rate: number): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0
  const bytes = 2 * channels.length * frames
  const file = Buffer.alloc(44 + bytes)
  file.write('RIFF', 0, 'ascii')
  file.writeUInt32LE(36 + bytes, 4)
  file.write('WAVEfmt ', 8, 'ascii')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20) // PCM
  file.writeUInt16LE(channels.length, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(2 * channels.length * rate, 28)
  file.writeUInt16LE(2 * channels.length, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'ascii')
  file.writeUInt32LE(bytes, 40)
  for (let i = 0, at = 44; i < frames; i++)
    for (const channel of channels) {
      file.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round((channel[i] as number) * 32767))), at)
      at += 2
    }
  return file
}
