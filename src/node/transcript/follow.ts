// A transcript that grows -> its bytes piece by piece, and a record beside it that grows too, so that the page plays along.
// The growing record is provisional: its speakers are those known when it began, and what comes late is heard late. When the
// following ends, the whole is made anew and takes its place.
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beatsPerSlot, InputError, type SessionLine, type TokenLine } from '../../record/index.ts'
import type { PlannedRecord } from '../../stream/index.ts'
import { unreadable } from '../installation.ts'
import { createRecordWriter, type RecordWriter } from '../store/record-file.ts'
import { recordName } from '../store/run-folder.ts'

const pollMilliseconds = 250
const pieceBytes = 1 << 20

export interface Followed {
  readonly file: string
  readonly signal: AbortSignal
  /** The file was cut or replaced by another of its name: told in words. */
  onRestart(what: string): void
}

/** What is there and what is added, until the input ends (`-`, standard input) or `signal` says so. Throws InputError. */
export async function* followBytes(followed: Followed): AsyncGenerator<Buffer> {
  if (followed.file !== '-') {
    yield* followFile(followed)
    return
  }
  const { signal } = followed
  signal.addEventListener('abort', () => process.stdin.destroy())
  try {
    for await (const piece of process.stdin) yield piece as Buffer
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** A file that is cut, or replaced by another, as logs are, is read from its beginning again; what was read before stays. */
async function* followFile({ file, signal, onRestart }: Followed): AsyncGenerator<Buffer> {
  let handle = openOrExplain(file)
  const piece = Buffer.alloc(pieceBytes)
  try {
    for (let position = 0; !signal.aborted; ) {
      const count = readSync(handle, piece, 0, piece.length, position)
      position += count
      if (count > 0) {
        yield Buffer.from(piece.subarray(0, count))
        continue
      }
      const change = changeOf(file, handle, position)
      if (change === null) {
        await sleep(pollMilliseconds, undefined, { signal }).catch(() => undefined)
        continue
      }
      onRestart(change)
      closeSync(handle)
      handle = openOrExplain(file)
      position = 0
      // A line that was not whole stays one of its own.
      yield Buffer.from('\n')
    }
  } finally {
    closeSync(handle)
  }
}

/** null: the file is the one that was opened, and not shorter than what was read of it; or there is none of that name now. */
function changeOf(file: string, handle: number, position: number): string | null {
  const open = fstatSync(handle)
  if (open.size < position) return 'it was cut'
  const named = statSync(file, { throwIfNoEntry: false })
  if (named?.isFile() !== true || (named.ino === open.ino && named.dev === open.dev)) return null
  return 'it was replaced'
}

function openOrExplain(file: string): number {
  try {
    const handle = openSync(file, 'r')
    if (!fstatSync(handle).isDirectory()) return handle
    closeSync(handle)
  } catch (error) {
    throw unreadable(file, error)
  }
  throw new InputError('not-readable', `${file}: expected a file, got a folder. Check the path.`)
}

export interface LiveRecord {
  /** The transcript so far, from its first token. */
  grow(plan: PlannedRecord): Promise<void>
  /** Writes the end, if anything was written. */
  close(): Promise<void>
}

/** Tells once of every speaker who comes too late for the growing record. */
export function createLiveRecord(folder: string, onLateSpeaker: (title: string) => void): LiveRecord {
  let writer: RecordWriter | null = null
  let session: SessionLine | null = null
  let n = 1
  /** By turn, since what comes late may stand before what was written. */
  let taken = new Map<string, number>()
  let latest = { t: 0, slot: 0 }
  const late = new Set<string>()
  const write = async (line: TokenLine, plan: PlannedRecord) => {
    if (!session?.agents.some(({ agent }) => agent === line.agent)) {
      const title = plan.session.agents.find(({ agent }) => agent === line.agent)?.title ?? line.agent
      if (!late.has(title)) onLateSpeaker(title)
      late.add(title)
      return
    }
    latest = { t: Math.max(latest.t, line.t), slot: Math.max(latest.slot, line.slot) }
    await writer?.write({ ...line, ...latest, n: n++ })
  }
  return {
    async grow(plan) {
      if (writer === null) {
        if (plan.session.agents.length < 2) return
        session = plan.session
        writer = createRecordWriter(path.join(folder, recordName))
        await writer.write(session)
      }
      const seen = new Map<string, number>()
      for (const line of plan.lines()) {
        if (line.kind !== 'token') continue
        const turn = `${line.agent} ${line.turn}`
        const index = seen.get(turn) ?? 0
        seen.set(turn, index + 1)
        if (index >= (taken.get(turn) ?? 0)) await write(line, plan)
      }
      taken = seen
    },
    async close() {
      if (writer === null || session === null) return
      const slots = latest.slot + 1
      const seconds = (slots * beatsPerSlot * 60) / session.bpm
      await writer.write({ n, kind: 'end', slots, seconds, reason: 'finished' })
      await writer.close()
      writer = null
    },
  }
}

export interface FollowSettings extends Followed {
  readonly mostBytes: number
  readonly live: LiveRecord
  /** The transcript so far; throws InputError while it cannot be read. */
  plan(bytes: Uint8Array): PlannedRecord
}

/** Grows the record while the transcript grows; all bytes in the end. */
export async function followTranscript(settings: FollowSettings): Promise<Buffer> {
  const { signal, mostBytes, live, plan } = settings
  let bytes = Buffer.alloc(0)
  let growing: Promise<void> | null = null
  let rest = 0
  const grow = async () => {
    await sleep(Math.max(pollMilliseconds, rest), undefined, { signal }).catch(() => undefined)
    const started = performance.now()
    try {
      await live.grow(plan(bytes.subarray(0, bytes.lastIndexOf(10) + 1)))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
    }
    // All of it is read again each time: not more than a tenth of the time is spent so.
    rest = 9 * (performance.now() - started)
    growing = null
  }
  try {
    for await (const piece of followBytes(settings)) {
      bytes = Buffer.concat([bytes, piece])
      if (bytes.length > mostBytes)
        throw new InputError('too-long', `expected at most ${mostBytes} bytes, got more. Cut it.`)
      growing ??= grow()
    }
  } finally {
    await growing
    await live.close()
  }
  return bytes
}
