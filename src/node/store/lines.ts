// Lines of text out of bytes, with bounded memory: a file or a stream is read in blocks, never whole.
// The last line is `whole` only if its line break is there; a file that a killed process left behind may end in a torn one.
import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { InputError, longestLine } from '../../record/index.ts'
import { unreadable } from '../installation.ts'

export interface StoredLine {
  /** Counts from 1. */
  readonly number: number
  readonly text: string
  /** Byte position behind the line and its break. */
  readonly end: number
  readonly whole: boolean
}

const lineBreak = 10

/** Lines of a stream of bytes. Throws InputError on a line above 8 MiB and on bytes that are not UTF-8. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>, where: string): AsyncGenerator<StoredLine> {
  let held: Uint8Array[] = []
  let heldBytes = 0
  let number = 1
  let end = 0
  const take = (whole: boolean): StoredLine => {
    end += heldBytes + (whole ? 1 : 0)
    const line = { number, text: decodeLine(held, where, number, whole), end, whole }
    held = []
    heldBytes = 0
    number++
    return line
  }
  for await (const block of bytes) {
    let start = 0
    for (let at = block.indexOf(lineBreak); at >= 0; at = block.indexOf(lineBreak, start)) {
      held.push(block.subarray(start, at))
      heldBytes += at - start
      checkLength(heldBytes, where, number)
      start = at + 1
      yield take(true)
    }
    if (start < block.length) {
      held.push(block.slice(start))
      heldBytes += block.length - start
      checkLength(heldBytes, where, number)
    }
  }
  if (heldBytes > 0) yield take(false)
}

/** Lines of a file. Throws InputError when it cannot be read. */
export async function* readFileLines(file: string): AsyncGenerator<StoredLine> {
  const stream = createReadStream(file, { highWaterMark: 1 << 16 })
  try {
    yield* readLines(stream, file)
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(file, error)
  } finally {
    stream.destroy()
  }
}

/** The bytes from `position` up to the last line break within reach; empty when no line is whole yet. */
export async function readWholeLines(
  handle: FileHandle,
  position: number,
  file: string,
  number: number,
): Promise<Uint8Array> {
  for (let size = 1 << 16; ; size *= 4) {
    const buffer = new Uint8Array(Math.min(size, longestLine + 1))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
    const last = buffer.lastIndexOf(lineBreak, bytesRead - 1)
    if (bytesRead > 0 && last >= 0) return buffer.subarray(0, last + 1)
    checkLength(bytesRead, file, number)
    if (bytesRead < buffer.length) return buffer.subarray(0, 0)
  }
}

function checkLength(bytes: number, where: string, number: number): void {
  if (bytes > longestLine)
    throw new InputError(
      'line-too-long',
      `${where}: line ${number}: expected at most ${longestLine} bytes, got more. Split the token.`,
    )
}

/** Whole lines as one text, and how many they are. Throws InputError that names the line that is not UTF-8. */
export function decodeLines(bytes: Uint8Array, where: string, number: number): { text: string; lines: number } {
  let lines = 0
  for (let at = bytes.indexOf(lineBreak); at >= 0; at = bytes.indexOf(lineBreak, at + 1)) lines++
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), lines }
  } catch {
    for (let at = 0, k = number; ; k++) {
      const end = bytes.indexOf(lineBreak, at)
      decodeLine([bytes.subarray(at, end)], where, k, true)
      at = end + 1
    }
  }
}

function decodeLine(parts: readonly Uint8Array[], where: string, number: number, whole: boolean): string {
  const bytes = parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts)
  try {
    return new TextDecoder('utf-8', { fatal: whole, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new InputError(
      'not-utf8',
      `${where}: line ${number}: expected UTF-8 text, got binary bytes. Is this a record.jsonl?`,
    )
  }
}
