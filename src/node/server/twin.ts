// A run's twin: the same party played with other dice, never heard, never stored. The page plays it beside the run, as a stranger's half.
import path from 'node:path'
import { formatLine, InputError, type SessionLine } from '../../record/index.ts'
import { installedVersion, loadLibrary } from '../installation.ts'
import { readRecord } from '../store/record-file.ts'
import { recordName } from '../store/run-folder.ts'
import { drawSeeds, playRecord, whyNotPlayed } from '../twins/index.ts'

export type Twin = { readonly lines: string } | { readonly whyNot: string }

/** The record of the first twin that the run's own seed names, as JSON lines. */
export async function playTwin(folder: string): Promise<Twin> {
  const session = await sessionOf(path.join(folder, recordName))
  const whyNot = whyNotPlayed(session)
  if (whyNot !== null) return { whyNot: `No twin of this run: ${whyNot}. Choose another run.` }
  const { library, hash } = loadLibrary()
  const hashes = { kernel: session.kernel, library: hash, hocket: installedVersion, plan: null }
  const [seed] = drawSeeds(session.seed, 1)
  const record = await playRecord(session, seed as number, { library, hashes })
  return { lines: record.map((line) => `${formatLine(line)}\n`).join('') }
}

async function sessionOf(record: string): Promise<SessionLine> {
  for await (const { line } of readRecord(record)) if (line.kind === 'session') return line
  throw new InputError('no-session', `${record}: expected a session line, got none.`)
}
