// Runs in a folder that are like one: the same scenario, condition, agents and mapping, another seed, played to the end.
import path from 'node:path'
import { composeRecord } from '../../pipeline.ts'
import type { Note, RecordLine, SessionLine } from '../../record/index.ts'
import type { LoadedInstruments } from '../run/instruments.ts'
import { readRecord } from '../store/record-file.ts'
import { listRuns, recordName } from '../store/run-folder.ts'
import { endLineOf } from '../store/shelf.ts'

export interface Sibling {
  /** Name of its folder. */
  readonly run: string
  readonly seed: number
  readonly notes: readonly Note[]
  /** All but its percepts. */
  readonly record: readonly RecordLine[]
}

/** At most `most`, in the order of their names; a record that cannot be read is no sibling. */
export async function findSiblings(
  folder: string,
  session: SessionLine,
  { most, instruments }: { readonly most: number; readonly instruments: LoadedInstruments },
): Promise<Sibling[]> {
  const found: Sibling[] = []
  const seeds = new Set([session.seed])
  for (const run of listRuns(folder)) {
    if (found.length >= most) break
    const file = path.join(folder, run, recordName)
    if (endLineOf(file) === null) continue
    const sibling = await readSibling(file, session, seeds, instruments)
    if (sibling === null) continue
    seeds.add(sibling.seed)
    found.push({ run, ...sibling })
  }
  return found
}

async function readSibling(
  file: string,
  session: SessionLine,
  known: ReadonlySet<number>,
  instruments: LoadedInstruments,
): Promise<Omit<Sibling, 'run'> | null> {
  const record: RecordLine[] = []
  let seed = 0
  try {
    for await (const { line } of readRecord(file)) {
      if (line.kind === 'session') {
        if (!isLike(line, session) || known.has(line.seed)) return null
        seed = line.seed
      }
      if (line.kind === 'end' && line.reason !== 'finished') return null
      if (line.kind !== 'percept') record.push(line)
    }
    return { seed, notes: composeRecord(record, instruments), record }
  } catch {
    return null
  }
}

/** Runs with a ghost are like none: beside the same ghost an agent of another run is no stranger. */
function isLike(one: SessionLine, other: SessionLine): boolean {
  if (one.agents.some(({ dj }) => dj.kind === 'ghost')) return false
  const plan = ({ scenario, condition, agents, mapping, bpm, metatokens }: SessionLine) =>
    JSON.stringify([scenario, condition, agents, mapping, bpm, metatokens])
  return one.scenario !== null && plan(one) === plan(other)
}
