// Bytes that say that they are a WAV, and how long; silence.
export function waveOf(bytes: number): ArrayBuffer {
  const file = new DataView(new ArrayBuffer(bytes))
  for (const [k, letter] of [...'RIFF    WAVE'].entries()) file.setUint8(k, letter.charCodeAt(0))
  file.setUint32(4, bytes - 8, true)
  return file.buffer
}
