// votes.jsonl: what judges said, in the order in which it was stored. A statement is acknowledged only when it is on the disk (fsync);
// statements that come while the disk is busy go down together. What a killed server left half-written was never acknowledged, and is cut off.
import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { type ChainedStatement, InputError, type Statement } from '../../../record/index.ts'
import { readFileLines } from '../../store/lines.ts'
import { chainLine, readChained, votesName } from './chain.ts'

/** `known`: it was stored before. */
export type Receipt =
  | { readonly kind: 'stored' | 'known'; readonly n: number; readonly hash: string }
  | { readonly kind: 'refused'; readonly reason: string }

export interface VotesFile {
  lines(): readonly ChainedStatement[]
  /** Hash of the last line. */
  head(): string
  /** Resolves when it is on the disk. Rejects when the disk refuses; then nothing of it is stored. */
  add(judge: string, statement: Statement, at: number): Promise<Receipt>
  close(): Promise<void>
}

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

interface Waiting {
  readonly judge: string
  readonly statement: Statement
  readonly at: number
  resolve(receipt: Receipt): void
  reject(error: unknown): void
}

/** Opens for adding. Throws InputError when the chain is broken: nothing may follow a line that was tampered with. */
export async function openVotes(folder: string, root: string, say: (text: string) => void): Promise<VotesFile> {
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
  return keepVotes(handle, read)
}

/** A new file's name is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const opened = openSync(folder, 'r')
  fsyncSync(opened)
  closeSync(opened)
}

function keepVotes(handle: FileHandle, { lines, head: lastHead, bytes }: ReadVotes): VotesFile {
  let [head, position] = [lastHead, bytes]
  const ids = new Map(lines.map((line) => [line.statement.id, line]))
  const asked = new Map<string, { judge: string; content: string; receipt: Promise<Receipt> }>()
  const trials = new Set(lines.flatMap(({ judge, statement }) => placeOf(judge, statement)))
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined

  async function write(batch: readonly Waiting[]): Promise<void> {
    const made: { line: ChainedStatement; text: string }[] = []
    for (const { judge, statement, at } of batch)
      made.push(chainLine({ n: lines.length + made.length, at, judge, statement }, made.at(-1)?.line.hash ?? head))
    const block = Buffer.from(made.map(({ text }) => `${text}\n`).join(''), 'utf8')
    try {
      await writeWhole(handle, block, position)
      await handle.sync()
    } catch (error) {
      await handle.truncate(position).catch(() => undefined)
      for (const one of batch) {
        asked.delete(one.statement.id)
        for (const place of placeOf(one.judge, one.statement)) trials.delete(place)
        one.reject(error)
      }
      return
    }
    position += block.length
    made.forEach(({ line }, i) => {
      lines.push(line)
      ids.set(line.statement.id, line)
      head = line.hash
      asked.delete(line.statement.id)
      batch[i]?.resolve({ kind: 'stored', n: line.n, hash: line.hash })
    })
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await write(batch)
    }
    writing = undefined
  }

  return {
    lines: () => lines,
    head: () => head,
    async add(judge, statement, at) {
      const content = JSON.stringify(statement)
      const stored = ids.get(statement.id)
      if (stored !== undefined)
        return stored.judge === judge && JSON.stringify(stored.statement) === content
          ? { kind: 'known', n: stored.n, hash: stored.hash }
          : otherContent
      const before = asked.get(statement.id)
      if (before !== undefined) {
        if (before.judge !== judge || before.content !== content) return otherContent
        const receipt = await before.receipt
        return receipt.kind === 'stored' ? { ...receipt, kind: 'known' } : receipt
      }
      const places = placeOf(judge, statement)
      if (places.some((place) => trials.has(place)))
        return { kind: 'refused', reason: 'This pair has a vote with this revision already, under another id.' }
      for (const place of places) trials.add(place)
      const receipt = new Promise<Receipt>((resolve, reject) => {
        waiting.push({ judge, statement, at, resolve, reject })
      })
      asked.set(statement.id, { judge, content, receipt })
      writing ??= writeAll()
      return receipt
    },
    async close() {
      await writing
      await handle.close()
    },
  }
}

const otherContent: Receipt = {
  kind: 'refused',
  reason: 'A statement with this id is stored already, and it says something else.',
}

const placeOf = (judge: string, statement: Statement): string[] =>
  statement.kind === 'vote' ? [`${judge} ${statement.trial} ${statement.revision}`] : []

/** A full disk takes part of a write without a word; only the next one fails. */
async function writeWhole(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten
}
