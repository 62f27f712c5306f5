// A file of lines, written in pieces of a quarter of a megabyte: a million lines are few writes.
import { closeSync, openSync, writeSync } from 'node:fs'

export interface LineFile {
  /** With its line break. */
  write(text: string): void
  /** Writes what is held and closes. A second time does nothing. */
  close(): void
}

const pieceCharacters = 1 << 18

export function createLineFile(file: string): LineFile {
  const handle = openSync(file, 'w')
  let held: string[] = []
  let size = 0
  let open = true
  const flush = () => {
    const bytes = Buffer.from(held.join(''), 'utf8')
    // A full disk takes part of a write without a word; only the next one fails.
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done)
    held = []
    size = 0
  }
  return {
    write(text) {
      held.push(text)
      size += text.length
      if (size >= pieceCharacters) flush()
    },
    close() {
      if (!open) return
      open = false
      try {
        flush()
      } finally {
        closeSync(handle)
      }
    },
  }
}
