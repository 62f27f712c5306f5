// votes.jsonl: what judges said, in the order in which it was stored. A statement is acknowledged only when it is on the disk (fsync), and
// votes.head names it; statements that come while the disk is busy go down together. What a killed server left half-written was never acknowledged, and is cut off.
import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { type ChainedStatement, InputError } from '../../../record/index.ts'
import { readFileLines } from '../../store/lines.ts'
import { readChained, votesName } from './chain.ts'
import { compareHead, readHead, writeHead } from './head-file.ts'
import { keepVotes, type Ledger, type Votes } from './keep-votes.ts'

export interface ReadVotes {
  readonly lines: ChainedStatement[]
  readonly head: string
  /** Bytes up to the end of the last line that holds. */
  readonly bytes: number
  /** The file ends inside a line. */
  readonly torn: number | null
  /** The first line that was tampered with, or is missing. */
  readonly broken: { readonly line: number; readonly why: string } | null
  /** Whether it can be told that lines were cut off at the end. */
  readonly endKnown: boolean
}

/** Reads as far as the chain holds. A file that is not there has no lines. */
export async function readVotes(folder: string, root: string): Promise<ReadVotes> {
  const read = await readLines(path.join(folder, votesName), root)
  const head = readHead(folder)
  if (head === null) return { ...read, endKnown: read.lines.length === 0 }
  if (read.broken !== null) return { ...read, endKnown: true }
  const broken = typeof head === 'string' ? { line: read.lines.length, why: head } : compareHead(head, read.lines, root)
  return { ...read, broken, endKnown: true }
}

type ReadLines = Omit<ReadVotes, 'endKnown'>

async function readLines(file: string, root: string): Promise<ReadLines> {
  const lines: ChainedStatement[] = []
  let [head, bytes] = [root, 0]
  const found = (rest: Partial<ReadLines>): ReadLines => ({ lines, head, bytes, torn: null, broken: null, ...rest })
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
    // Its message names file and line, which are told with the reason.
    const why =
      error.code === 'not-utf8'
        ? 'expected text, got binary bytes'
        : error.code === 'line-too-long'
          ? 'no statement is so long'
          : error.message
    return found({ broken: { line: lines.length + 1, why } })
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
  if (!read.endKnown) say(`${folder}: no votes.head: whether lines were cut off before now cannot be told.\n`)
  // Before the first vote, so that votes without it are known to lack it.
  await writeHead(folder, { lines: read.lines.length, hash: read.head })
  const fresh = !existsSync(file)
  const handle = await open(file, fresh ? 'wx+' : 'r+', 0o600)
  syncFolder(folder)
  if (read.torn !== null) {
    await handle.truncate(read.bytes)
    await handle.sync()
    say(`${file}: line ${read.torn} was torn and never acknowledged; it was cut off.\n`)
  }
  return keepVotes(fileLedger({ folder, handle, say }, read.bytes), { root, stored: read.lines })
}

/** A new file's name is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

interface VotesPlace {
  readonly folder: string
  readonly handle: FileHandle
  say(text: string): void
}

/** One process writes, so there are no others. */
function fileLedger({ folder, handle, say }: VotesPlace, bytes: number): Ledger {
  let position = bytes
  return {
    fetch: async () => [],
    async append(_, make) {
      const made = make([])
      const block = Buffer.from(made.map(({ text }) => `${text}\n`).join(''), 'utf8')
      try {
        await writeWhole(handle, block, position)
        await handle.sync()
      } catch (error) {
        await handle.truncate(position).catch(() => undefined)
        throw error
      }
      position += block.length
      const last = made.at(-1)?.line
      if (last === undefined) return
      try {
        await writeHead(folder, { lines: last.n + 1, hash: last.hash })
      } catch (error) {
        // The votes are on the disk: a head that is behind says nothing against them.
        say(`${folder}: the votes are stored, votes.head is not: ${error instanceof Error ? error.message : error}\n`)
      }
    },
    close: () => handle.close(),
  }
}

/** A full disk takes part of a write without a word; only the next one fails. */
async function writeWhole(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten
}
