// votes.jsonl: what judges said, in the order in which it was stored. A statement is acknowledged only when it is on the disk (fsync);
// statements that come while the disk is busy go down together. What a killed server left half-written was never acknowledged, and is cut off.
import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { type ChainedStatement, InputError } from '../../../record/index.ts'
import { readFileLines } from '../../store/lines.ts'
import { readChained, votesName } from './chain.ts'
import { keepVotes, type Ledger, type Votes } from './keep-votes.ts'

export interface ReadVotes {
  readonly lines: ChainedStatement[]
  readonly head: string
  /** Bytes up to the end of the last line that holds. */
  readonly bytes: number
  /** The file ends inside a line. */
  readonly torn: number | null
  readonly broken: { readonly line: number; readonly why: string } | null
}

/** Reads as far as the chain holds. A file that is not there has no lines. */
export async function readVotes(folder: string, root: string): Promise<ReadVotes> {
  const file = path.join(folder, votesName)
  const lines: ChainedStatement[] = []
  let [head, bytes] = [root, 0]
  const found = (rest: Partial<ReadVotes>): ReadVotes => ({ lines, head, bytes, torn: null, broken: null, ...rest })
  if (!existsSync(file)) return found({})
  try {
    for await (const { number, text, end, whole } of readFileLines(file)) {
      if (!whole) return found({ torn: number })
      const line = readLine(text, number, head)
      if (typeof line === 'string') return found({ broken: { line: number, why: line } })
      lines.push(line)
      ;[head, bytes] = [line.hash, end]
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return found({ broken: { line: lines.length + 1, why: error.message } })
  }
  return found({})
}

function readLine(text: string, number: number, head: string): ChainedStatement | string {
  try {
    return readChained(text, number - 1, head)
  } catch (error) {
    return `expected JSON, got ${(error as Error).message}`
  }
}

/** Opens for adding. Throws InputError when the chain is broken: nothing may follow a line that was tampered with. */
export async function openVotes(folder: string, root: string, say: (text: string) => void): Promise<Votes> {
  const read = await readVotes(folder, root)
  const file = path.join(folder, votesName)
  if (read.broken !== null)
    throw new InputError(
      'broken-chain',
      `${file}: line ${read.broken.line}: ${read.broken.why}. Put the file back as it was; nothing was changed.`,
    )
  const fresh = !existsSync(file)
  const handle = await open(file, fresh ? 'wx+' : 'r+', 0o600)
  if (fresh) syncFolder(folder)
  if (read.torn !== null) {
    await handle.truncate(read.bytes)
    await handle.sync()
    say(`${file}: line ${read.torn} was torn and never acknowledged; it was cut off.\n`)
  }
  return keepVotes(fileLedger(handle, read.bytes), { root, stored: read.lines })
}

/** A new file's name is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

/** One process writes, so there are no others. */
function fileLedger(handle: FileHandle, bytes: number): Ledger {
  let position = bytes
  return {
    fetch: async () => [],
    async append(_, make) {
      const block = Buffer.from(
        make([])
          .map(({ text }) => `${text}\n`)
          .join(''),
        'utf8',
      )
      try {
        await writeWhole(handle, block, position)
        await handle.sync()
      } catch (error) {
        await handle.truncate(position).catch(() => undefined)
        throw error
      }
      position += block.length
    },
    close: () => handle.close(),
  }
}

/** A full disk takes part of a write without a word; only the next one fails. */
async function writeWhole(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten
}
