// Whether two folders hold one run, and whether a folder still holds the run that a clip was cut from: folders are moved, numbered anew and used
// again, and another run has other sounds and other scores. Told by the SHA-256 of its record; sessions of old have none of it, and are believed.
import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Clip } from '../../../record/index.ts'
import { recordName } from '../../store/run-folder.ts'
import { mixName } from './run.ts'

/** Files may be long, and are asked for with every clip. */
const known = new Map<string, { readonly mark: string; readonly sha256: string }>()

/** SHA-256 of a run's record, hex; null where there is none to read. */
export const hashRecord = (run: string): Promise<string | null> => hashFile(path.resolve(run, recordName))

async function hashFile(file: string): Promise<string | null> {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return null
  const mark = `${found.ino} ${found.size} ${found.mtimeMs}`
  const before = known.get(file)
  if (before?.mark === mark) return before.sha256
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
  } catch {
    return null
  }
  const sha256 = hash.digest('hex')
  known.set(file, { mark, sha256 })
  return sha256
}

/**
 * Two of the runs that are one, by a link or a copy: with the same record and the same mix, or no mix, which is rendered from the record. null:
 * there are none.
 */
export async function findTwice(runs: readonly string[]): Promise<readonly [string, string] | null> {
  for (const [k, run] of runs.entries())
    for (const before of runs.slice(0, k)) {
      if ((await hashRecord(run)) !== (await hashRecord(before))) continue
      const [mix, other] = [await hashFile(path.resolve(run, mixName)), await hashFile(path.resolve(before, mixName))]
      if (mix === null || other === null || mix === other) return [before, run]
    }
  return null
}

/** What stands in the run's place; null: the run itself, or nothing. */
export async function findOtherRun({ run, recordSha256 }: Pick<Clip, 'run' | 'recordSha256'>): Promise<string | null> {
  const found = recordSha256 === undefined ? null : await hashRecord(run)
  return found === null || found === recordSha256
    ? null
    : `${run}: expected the run that the session was made of (${recordName} with SHA-256 ${recordSha256?.slice(0, 12)}…), got another one (${found.slice(0, 12)}…). Put it back`
}
