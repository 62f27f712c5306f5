// A file's bytes -> a transcript: zips are opened, bytes that are no text are named by line, the format is told by what is inside.
import { isUtf8 } from 'node:buffer'
import { InputError } from '../../record/index.ts'
import { type ReadSettings, readInspectArchive, readTranscript, type Transcript } from '../../stream/index.ts'
import { isZip, openEvalArchive } from './archive.ts'

/** Largest transcript read, in bytes: it is held in memory. */
export const longestTranscript = 256 * 1024 * 1024

/** Throws InputError. */
export function openTranscript(bytes: Uint8Array, { strictness = 'lenient' }: ReadSettings = {}): Transcript {
  if (bytes.length > longestTranscript)
    throw new InputError('too-long', `expected at most ${longestTranscript} bytes, got ${bytes.length}. Cut it.`)
  if (isZip(bytes)) return readInspectArchive(openEvalArchive(bytes), { strictness })
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    throw new InputError('compressed', 'expected a transcript, got a gzip file. Unpack it first (gunzip).')
  const { text, complaint } = decodeText(bytes)
  if (complaint !== null && strictness === 'strict') throw new InputError('not-utf8', complaint)
  return readTranscript(text, { strictness, complaints: complaint === null ? [] : [`${complaint} Read as U+FFFD.`] })
}

/** UTF-8, or UTF-16 that says so by its first two bytes. */
export function decodeText(bytes: Uint8Array): { text: string; complaint: string | null } {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), complaint: null }
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), complaint: null }
  const text = new TextDecoder('utf-8').decode(bytes)
  return { text, complaint: isUtf8(bytes) ? null : describeOddBytes(bytes) }
}

function describeOddBytes(bytes: Uint8Array): string {
  const odd: number[] = []
  for (let from = 0, line = 1; from < bytes.length; line++) {
    const found = bytes.indexOf(10, from)
    const end = found < 0 ? bytes.length : found
    if (!isUtf8(bytes.subarray(from, end))) odd.push(line)
    from = end + 1
  }
  const more = odd.length > 1 ? ` (and on ${odd.length - 1} more)` : ''
  return `line ${odd[0] ?? 1}: expected UTF-8, got other bytes${more}. Save the file as UTF-8.`
}
