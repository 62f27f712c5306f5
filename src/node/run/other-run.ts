// A stored run that another one borrows from: its trace of comfort, or one of its agents.
import { createHash } from 'node:crypto'
import path from 'node:path'
import { type Dj, recordedDj } from '../../djs/index.ts'
import type { OtherRun } from '../../party/index.ts'
import { type Agent, InputError, type RecordLine, sessionOf } from '../../record/index.ts'
import { secondsOfBeats } from '../../units.ts'
import { readBytes } from '../installation.ts'
import { readRecord } from '../store/record-file.ts'
import { findRun, recordName } from '../store/run-folder.ts'

/** Throws InputError. */
export async function readOtherRun(run: string): Promise<OtherRun> {
  const where = path.join(findRun(run), recordName)
  const lines: RecordLine[] = []
  for await (const { line } of readRecord(where)) lines.push(line)
  return { where, hash: createHash('sha256').update(readBytes(where)).digest('hex'), lines }
}

/** What the recorded agent did then. */
export function ghostDj({ lines }: OtherRun, agent: string): Dj {
  const { scenario, bpm } = sessionOf(lines)
  const beats = scenario?.beatsPerSlot ?? 0
  return recordedDj({ lines, agent, slotSeconds: (slot) => secondsOfBeats(slot * beats, bpm) })
}

/** A ghost goes on only with the record that it came from. Throws InputError. */
export function requireOrigin(agents: readonly Agent[], other: OtherRun | null): void {
  for (const { agent, dj } of agents)
    if (dj.kind === 'ghost' && dj.from !== other?.hash)
      throw new InputError(
        'usage',
        `--from: expected the run that ghost "${agent}" was recorded in (record with SHA-256 ${dj.from.slice(0, 12)}...), got ${other === null ? 'none' : other.where}.`,
      )
}

/** A ghost's tracks are dealt from the library. Throws InputError when it is another one. */
export function requireLibrary({ where, lines }: OtherRun, library: string | null): void {
  if (sessionOf(lines).library !== library)
    throw new InputError(
      'other-library',
      `${where}: expected a run with the library of tracks at hand, got one with another. Use the version that wrote it.`,
    )
}
