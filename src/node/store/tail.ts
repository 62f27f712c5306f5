// A record's whole lines as they come to be, for any number of readers: one look at the file for all who wait, one read for all who
// stand at the same place. Only whole lines count, so a torn tail that is cut off and written anew (resume) is read right.
import { type FileHandle, open, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { InputError } from '../../record/index.ts'
import { unreadable } from '../installation.ts'
import { decodeLines, readWholeLines } from './lines.ts'

/** Behind a whole line: bytes and lines before it. */
export interface Place {
  readonly byte: number
  readonly line: number
}

export interface Block {
  readonly from: Place
  readonly to: Place
  /** Whole lines with their breaks. */
  readonly text: string
}

export interface Tail {
  /** What follows a place; `quiet` when nothing came for a while, `anew` when the file is another one now. Throws InputError. */
  next(place: Place, signal: AbortSignal): Promise<Block | 'quiet' | 'anew'>
}

export interface Tails {
  /** Runs `use` with the file's tail, which is shared with all who follow the same file. */
  follow<Result>(file: string, use: (tail: Tail) => Promise<Result>): Promise<Result>
}

export interface TailSettings {
  readonly lookMilliseconds: number
  readonly quietMilliseconds: number
}

export const start: Place = { byte: 0, line: 0 }
const usual: TailSettings = { lookMilliseconds: 100, quietMilliseconds: 10_000 }

export function createTails(settings: TailSettings = usual): Tails {
  const opened = new Map<string, { tail: Promise<OpenTail>; readers: number }>()
  return {
    async follow(file, use) {
      const entry = opened.get(file) ?? { tail: openTail(file, settings), readers: 0 }
      opened.set(file, entry)
      entry.readers++
      try {
        return await use(await entry.tail)
      } finally {
        entry.readers--
        if (entry.readers === 0) {
          if (opened.get(file) === entry) opened.delete(file)
          await entry.tail.then((tail) => tail.close()).catch(() => undefined)
        } else if ((await isStale(entry.tail)) && opened.get(file) === entry) opened.delete(file)
      }
    },
  }
}

const isStale = (tail: Promise<OpenTail>) => tail.then(({ stale }) => stale).catch(() => true)

interface OpenTail extends Tail {
  /** The file is another one now; whoever comes new opens that. */
  readonly stale: boolean
  close(): Promise<void>
}

async function openTail(file: string, { lookMilliseconds, quietMilliseconds }: TailSettings): Promise<OpenTail> {
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw unreadable(file, error)
  })
  const { ino } = await handle.stat()
  let stale = false
  let last: { byte: number; block: Promise<Block | null> } | null = null
  const read = (place: Place) => {
    if (last?.byte === place.byte) return last.block
    const block = readBlock(handle, place, file)
    last = { byte: place.byte, block }
    // Nothing there yet, or not to be read: the next who asks looks again.
    block.then((found) => found === null && forget(block)).catch(() => forget(block))
    return block
  }
  const forget = (block: Promise<Block | null>) => {
    if (last?.block === block) last = null
  }
  const looks = createLooks(async () => {
    const found = await stat(file).catch(() => null)
    stale ||= found === null || found.ino !== ino
    return found?.size ?? 0
  }, lookMilliseconds)
  return {
    get stale() {
      return stale
    },
    async next(place, signal) {
      const patience = Math.ceil(quietMilliseconds / lookMilliseconds)
      for (let size = -1, looked = 0; looked < patience && !signal.aborted; looked++) {
        const block = size <= place.byte && size >= 0 ? null : await read(place)
        if (block !== null) return block
        if (stale || (size >= 0 && size < place.byte)) return 'anew'
        size = await looks.next()
      }
      return 'quiet'
    },
    close: () => handle.close(),
  }
}

/** One look at a time, shared by all who wait for it. */
function createLooks(look: () => Promise<number>, milliseconds: number): { next(): Promise<number> } {
  let coming: Promise<number> | null = null
  return {
    next() {
      coming ??= sleep(milliseconds, undefined, { ref: false }).then(() => {
        coming = null
        return look()
      })
      return coming
    },
  }
}

async function readBlock(handle: FileHandle, from: Place, file: string): Promise<Block | null> {
  const bytes = await readWholeLines(handle, from.byte, file, from.line + 1)
  if (bytes.length === 0) return null
  const { text, lines } = decodeLines(bytes, file, from.line + 1)
  if (lines < 1) throw new InputError('no-lines', `${file}: expected whole lines, got none.`)
  return { from, to: { byte: from.byte + bytes.length, line: from.line + lines }, text }
}
