// Events of one MIDI track, in order -> its chunk (MIDI 1.0, RP-001): delta times of seven bits a byte, messages, the end of the track.

export interface TrackWriter {
  /** At a tick not before the last one; a status with one (programs) or two bytes of data. */
  add(tick: number, status: number, first: number, second: number): void
  /** The chunk, with the track's name in front. */
  finish(name: string): Uint8Array
}

const pieceBytes = 1 << 16
/** A delta has at most five bytes, a message three. */
const longestEvent = 8

export function createTrackWriter(): TrackWriter {
  const full: Uint8Array[] = []
  let piece = new Uint8Array(1 << 10)
  let length = 0
  let latest = 0
  return {
    add(tick, status, first, second) {
      if (length + longestEvent > piece.length) {
        full.push(piece.subarray(0, length))
        piece = new Uint8Array(pieceBytes)
        length = 0
      }
      length = writeVariable(piece, length, tick - latest)
      piece[length++] = status
      piece[length++] = first
      if (status >> 4 !== 0xc) piece[length++] = second
      latest = tick
    },
    finish: (name) => wrapTrack(name, [...full, piece.subarray(0, length)]),
  }
}

/** `variableLength` into bytes; returns where the next may stand. */
function writeVariable(into: Uint8Array, at: number, value: number): number {
  let place = at
  for (let shift = value < 128 ? 0 : 28; shift >= 0; shift -= 7)
    if (shift === 0 || value >= 2 ** shift)
      into[place++] = (Math.floor(value / 2 ** shift) & 127) | (shift > 0 ? 128 : 0)
  return place
}

export function wrapTrack(name: string, body: readonly Uint8Array[]): Uint8Array {
  const text = new TextEncoder().encode(name)
  const head = Uint8Array.from([0, 0xff, 0x03, ...variableLength(text.length), ...text])
  const parts = [head, ...body, Uint8Array.of(0, 0xff, 0x2f, 0)]
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  return concatenate([Uint8Array.from([...ascii('MTrk'), ...uint32(bytes)]), ...parts])
}

/** Seven bits a byte, most significant first, the top bit set on all but the last. */
function variableLength(value: number): number[] {
  const bytes = [value & 127]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest & 127) | 128)
  return bytes
}

export const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0))
export const uint16 = (value: number) => [(value >> 8) & 255, value & 255]
export const uint32 = (value: number) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]

export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
