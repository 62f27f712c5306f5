// The runs that a server shows: found by their id among folders that were listed, never by a path from outside.
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import { isClaimed, listRuns, recordName, temporarySuffix } from './run-folder.ts'

export interface ShelfEntry {
  readonly id: string
  /** Who plays what, from the session line. */
  readonly title: string
  /** A process is writing its record now. */
  readonly live: boolean
  readonly finished: boolean
  /** Unix time of the record's last change, milliseconds. */
  readonly changed: number
  /** What can be downloaded, as paths inside the run. */
  readonly files: readonly string[]
}

export interface Shelf {
  /** The run still playing first, then newest first; at most so many. */
  list(most?: number): ShelfEntry[]
  /** The folder of a run, null when there is no such id. */
  find(id: string): string | null
  /** Every id with its folder. */
  folders(): ReadonlyMap<string, string>
}

/** Runs of a folder and single runs that lie elsewhere; an id is the name of the run's folder. */
export function createShelf(runs: string, others: readonly string[] = []): Shelf {
  const folders = (): Map<string, string> => {
    const known = new Map(listRuns(runs).map((name) => [name, path.join(runs, name)]))
    for (const folder of others) known.set(path.basename(path.resolve(folder)), folder)
    return known
  }
  return {
    list: (most) =>
      [...folders()]
        .filter(([, folder]) => existsSync(path.join(folder, recordName)))
        .map(([id, folder]) => ({ id, folder, claimed: isClaimed(folder), changed: changeOf(folder) }))
        .sort((a, b) => Number(b.claimed) - Number(a.claimed) || b.changed - a.changed)
        .slice(0, most)
        .map(({ id, folder }) => describeEntry(id, folder))
        .sort((a, b) => Number(b.live) - Number(a.live) || b.changed - a.changed),
    find: (id) => {
      const single = others.find((folder) => path.basename(path.resolve(folder)) === id)
      const folder = single ?? (existsSync(runs) && readdirSync(runs).includes(id) ? path.join(runs, id) : null)
      return folder !== null && existsSync(path.join(folder, recordName)) ? folder : null
    },
    folders,
  }
}

const changeOf = (folder: string) => statSync(path.join(folder, recordName)).mtimeMs

export function describeEntry(id: string, folder: string): ShelfEntry {
  const record = path.join(folder, recordName)
  const finished = endLineOf(record) !== null
  return {
    id,
    title: titleOf(record),
    live: !finished && isClaimed(folder),
    finished,
    changed: changeOf(folder),
    files: listRunFiles(folder),
  }
}

/** Names inside a run that may be sent out: record, scores, mix, notes, report and stems; nothing else and nothing half-written. */
export function listRunFiles(folder: string): string[] {
  const plain = [recordName, 'scores.json', 'mix.wav', 'notes.mid', 'notes.jsonl', 'report.html']
  const stems = path.join(folder, 'stems')
  const found = plain.filter((name) => existsSync(path.join(folder, name)))
  if (existsSync(stems))
    for (const name of readdirSync(stems).sort())
      if (name.endsWith('.wav') && !name.endsWith(temporarySuffix)) found.push(`stems/${name}`)
  return found
}

/** The number `n` of a record's end line, null while it has none. Reads the last bytes only. */
export function endLineOf(record: string): number | null {
  const lines = readPiece(record, 'end').split('\n')
  const last = lines.at(-1) === '' ? lines.at(-2) : undefined
  const line = parseObject(last ?? '')
  return line?.['kind'] === 'end' && typeof line['n'] === 'number' ? line['n'] : null
}

function titleOf(record: string): string {
  const session = parseObject(readPiece(record, 'start').split('\n')[0] ?? '')
  const agents = session?.['agents']
  const names = Array.isArray(agents) ? agents.map((agent) => String((agent as { title?: unknown })?.title)) : []
  return names.length > 0
    ? `${names.slice(0, 4).join(' & ')} (${session?.['condition'] ?? 'transcript'})`
    : 'unreadable'
}

/** Up to 64 kB from either end of a file, as text. */
function readPiece(file: string, from: 'start' | 'end'): string {
  const handle = openSync(file, 'r')
  try {
    const size = fstatSync(handle).size
    const bytes = Buffer.alloc(Math.min(size, 1 << 16))
    readSync(handle, bytes, 0, bytes.length, from === 'start' ? 0 : size - bytes.length)
    return bytes.toString('utf8')
  } finally {
    closeSync(handle)
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}
