// token-events.jsonl as it grows. Lines are written in the background, in order, as soon as they come; what a full disk refuses is tried
// again with the next line, from the very byte where it broke off, so that no line is torn for long. Nothing here ever throws.
import { open } from 'node:fs/promises'

export const eventsName = 'token-events.jsonl'

/** Bytes that wait for a disk; what comes after is lost, and counted. */
const mostWaiting = 64 << 20

export interface EventFile {
  append(line: string): void
  /** Lines that were lost. */
  readonly lost: number
  /** Writes what it still can. */
  close(): Promise<void>
}

/** What is needed of an open file. */
export interface Handle {
  write(bytes: Buffer, from: number): Promise<{ readonly bytesWritten: number }>
  close(): Promise<void>
}

/** `onFault` is called once, with the system's word for it. */
export async function createEventFile(file: string, onFault: (code: string) => void): Promise<EventFile> {
  return writeEvents(await open(file, 'wx'), onFault)
}

/** The same to a file that is open. */
export function writeEvents(handle: Handle, onFault: (code: string) => void): EventFile {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let lost = 0
  let told = false
  let writing: Promise<void> | null = null
  const fail = (error: unknown) => {
    if (!told) onFault((error as NodeJS.ErrnoException).code ?? String(error))
    told = true
  }
  const write = async (): Promise<void> => {
    // What comes in one go is written in one go.
    await new Promise<void>((resolve) => void setImmediate(resolve))
    while (waiting.length > 0) {
      const bytes = Buffer.concat(waiting)
      waiting = []
      const written = await writeAll(handle, bytes, fail)
      waitingBytes -= written
      if (written < bytes.length) {
        waiting.unshift(bytes.subarray(written))
        return
      }
    }
  }
  const start = () => {
    writing ??= write().finally(() => {
      writing = null
    })
    return writing
  }
  return {
    get lost() {
      return lost
    },
    append(line) {
      const bytes = Buffer.from(`${line}\n`)
      if (waitingBytes + bytes.length > mostWaiting) {
        lost++
        return
      }
      waiting.push(bytes)
      waitingBytes += bytes.length
      void start()
    },
    async close() {
      await start()
      await start()
      if (waitingBytes > 0) lost += Buffer.concat(waiting).toString('utf8').split('\n').length - 1
      await handle.close().catch(fail)
    },
  }
}

/** How many bytes were written before the disk refused. */
async function writeAll(handle: Handle, bytes: Buffer, fail: (error: unknown) => void): Promise<number> {
  let done = 0
  while (done < bytes.length) {
    try {
      const { bytesWritten } = await handle.write(bytes, done)
      done += bytesWritten
    } catch (error) {
      fail(error)
      break
    }
  }
  return done
}
