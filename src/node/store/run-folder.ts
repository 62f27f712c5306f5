// A run is a folder: record.jsonl is the truth, everything else in it is derived and may be deleted.
// Derived files are written under a temporary name and renamed when they are whole, so that none is ever seen half-written.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { InputError } from '../../record/index.ts'

export const recordName = 'record.jsonl'
export const temporarySuffix = '.part'
/** Holds the number of the process that writes into a folder. */
export const claimName = '.playing'

/** Where the runs lie that have numbers: `runs` in the present folder. */
export const defaultRunsFolder = 'runs'

/** A new folder `runs/<n>` with the next free number. Throws InputError when it cannot be made. */
export function createNumberedRun(runs: string = defaultRunsFolder): string {
  makeFolder(runs)
  const numbers = readdirSync(runs)
    .filter((name) => /^\d{1,9}$/.test(name))
    .map(Number)
  for (let n = Math.max(0, ...numbers) + 1; ; n++) {
    const folder = path.join(runs, String(n))
    try {
      mkdirSync(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(folder, error)
    }
  }
}

/** A folder of the caller's choice; made if missing. Throws InputError if it already holds a record. */
export function createNamedRun(folder: string): string {
  if (existsSync(path.join(folder, recordName)))
    throw new InputError(
      'run-exists',
      `${folder}: expected a folder without a record, got one with ${recordName}. Choose another --out, or --resume it.`,
    )
  makeFolder(folder)
  return folder
}

/** Takes away a run's folder in which nothing came to be. */
export function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
}

/** Makes a folder and those above it. Throws InputError. (`recursive` of mkdirSync never ends where a folder that is there takes none, as in /proc.) */
export function makeFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return
  const above = path.dirname(folder)
  if (above !== folder && !existsSync(above)) makeFolder(above)
  try {
    mkdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(folder).isDirectory())
      throw unwritable(folder, error)
  }
}

function unwritable(where: string, error: unknown): InputError {
  return new InputError(
    'unwritable',
    `${where}: expected a folder that can be written, got ${(error as NodeJS.ErrnoException).code ?? String(error)}. Choose another place.`,
  )
}

/** The folder of a run given as a number, a folder, or its record. Throws InputError when there is no record. */
export function findRun(run: string, runs: string = defaultRunsFolder): string {
  const numbered = path.join(runs, run)
  const candidates = [path.basename(run) === recordName ? path.dirname(run) : run]
  if (/^\d{1,9}$/.test(run)) candidates.unshift(numbered)
  const found = candidates.find((folder) => existsSync(path.join(folder, recordName)))
  if (found !== undefined) return found
  const seen = listRuns(runs)
  const known = seen.length > 0 ? `Runs here: ${seen.slice(-8).join(', ')}.` : 'Run `hocket party` to make one.'
  throw new InputError('no-run', `${run}: expected a folder with ${recordName} or the number of a run. ${known}`)
}

/** Names of the runs in a folder, numbers in order first. */
export function listRuns(runs: string): string[] {
  if (!existsSync(runs)) return []
  return readdirSync(runs)
    .filter((name) => existsSync(path.join(runs, name, recordName)))
    .sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1))
}

export interface DerivedFiles {
  /** A temporary path for `name` (a path inside the run) that becomes the file when `keep` is called. */
  begin(name: string): string
  /** Renames all that was begun. */
  keep(): void
  /** Removes all that was begun and not kept, and the folders made for it. */
  discard(): void
}

/** Derived files of one run. What an earlier, killed run left half-written is removed first. */
export function createDerivedFiles(folder: string): DerivedFiles {
  removeLeftovers(folder)
  const begun: { temporary: string; final: string }[] = []
  const madeFolders: string[] = []
  const makeAll = (wanted: string): void => {
    if (existsSync(wanted)) return
    makeAll(path.dirname(wanted))
    makeFolder(wanted)
    madeFolders.push(wanted)
  }
  return {
    begin(name) {
      const final = path.join(folder, name)
      makeAll(path.dirname(final))
      const temporary = `${final}${temporarySuffix}`
      begun.push({ temporary, final })
      return temporary
    },
    keep() {
      for (const { temporary, final } of begun) renameSync(temporary, final)
      begun.length = 0
      madeFolders.length = 0
    },
    discard() {
      for (const { temporary } of begun) rmSync(temporary, { force: true })
      for (const made of madeFolders.reverse()) if (readdirSync(made).length === 0) rmdirSync(made)
      begun.length = 0
    },
  }
}

/** Deletes `*.part` in a run and in its `stems`. */
function removeLeftovers(folder: string): void {
  for (const inside of [folder, path.join(folder, 'stems')]) {
    if (!existsSync(inside) || !statSync(inside).isDirectory()) continue
    for (const name of readdirSync(inside))
      if (name.endsWith(temporarySuffix)) rmSync(path.join(inside, name), { force: true })
  }
}

const freeOnes = { run: 'run that nobody writes', session: 'judging session that nobody makes or serves' } as const

/**
 * Claims a run, or a judging session, for this process, so that two never write one record or one derived file. The mark of a process that is gone
 * is taken over. Returns the release. Throws InputError when another process holds it.
 */
export function claimRun(folder: string, what: keyof typeof freeOnes = 'run'): () => void {
  const mark = path.join(folder, claimName)
  if (isClaimed(folder))
    throw new InputError(
      'run-in-use',
      `${folder}: expected a ${freeOnes[what]}, got one in use by process ${readFileSync(mark, 'utf8')}. Wait for it, or end it.`,
    )
  try {
    rmSync(mark, { force: true })
    writeFileSync(mark, String(process.pid), { flag: 'wx' })
  } catch (error) {
    throw unwritable(mark, error)
  }
  const own = path.resolve(mark)
  ownClaims.add(own)
  return () => {
    ownClaims.delete(own)
    rmSync(own, { force: true })
  }
}

/** Marks of this process. In a container the next process often has the number of the one that was killed. */
const ownClaims = new Set<string>()

/** Whether a living process is writing into this run. */
export function isClaimed(folder: string): boolean {
  const mark = path.join(folder, claimName)
  const holder = existsSync(mark) ? Number(readFileSync(mark, 'utf8')) : 0
  if (holder === process.pid) return ownClaims.has(path.resolve(mark))
  return Number.isInteger(holder) && holder > 0 && isRunning(holder)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
