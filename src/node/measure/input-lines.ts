// Lines of text out of bytes, as they arrive, in bounded memory. A line that cannot be read is passed on as a fault in its place,
// and the lines behind it are read all the same. Lines end with LF or CRLF, the last one may end with the input.
import { InputError } from '../../record/index.ts'

/** Counts from 1; blank lines are counted, and left out. */
export type InputLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly fault: InputError }

/** Longest line read, in bytes: more than a million numbers. */
export const longestInputLine = 32 * 1024 * 1024
const lineBreak = 10

export async function* readInputLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine> {
  let number = 0
  let held = createHolder()
  for await (const block of bytes) {
    let start = 0
    for (let at = block.indexOf(lineBreak); at >= 0; at = block.indexOf(lineBreak, start)) {
      held.add(block.subarray(start, at))
      start = at + 1
      const line = held.take(++number)
      held = createHolder()
      if (line !== null) yield line
    }
    held.add(block.subarray(start))
  }
  const last = held.take(++number)
  if (last !== null) yield last
}

/** The parts of one line. Beyond the longest length they are only counted. */
function createHolder() {
  let parts: Uint8Array[] = []
  let length = 0
  return {
    add(part: Uint8Array): void {
      if (part.length === 0) return
      length += part.length
      if (length <= longestInputLine) parts.push(part)
      else parts = []
    },
    /** null: blank. */
    take(number: number): InputLine | null {
      if (length > longestInputLine) return { number, fault: tooLong(length) }
      const text = decode(parts)
      if (text === null) return { number, fault: notText() }
      return text.trim() === '' ? null : { number, text }
    },
  }
}

/** null: not UTF-8. */
function decode(parts: readonly Uint8Array[]): string | null {
  const [only] = parts
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(parts.length === 1 ? only : Buffer.concat(parts))
  } catch {
    return null
  }
}

function tooLong(length: number): InputError {
  return new InputError(
    'line-too-long',
    `expected at most ${longestInputLine} bytes in a line, got ${length}. Split the line.`,
  )
}

function notText(): InputError {
  return new InputError('not-utf8', 'expected UTF-8 text, got other bytes. Save the lines as UTF-8.')
}
