// What score and render have in common: a stored run is found, heard once, and part of what comes out is kept.
import path from 'node:path'
import type { Agent, RankingSettings, Scores } from '../../record/index.ts'
import { hearRecord } from '../run/hear-record.ts'
import type { OutputChoice } from '../run/outputs.ts'
import { readRecord } from '../store/record-file.ts'
import { claimRun, findRun, recordName } from '../store/run-folder.ts'
import type { TwinChoice } from '../twins/index.ts'
import type { CommandContext, SharedOptions } from './context.ts'
import { createProgress, type Progress } from './progress.ts'

export interface HeardRun {
  readonly scores: Scores
  readonly agents: readonly Agent[]
  readonly folder: string
}

export interface HearRequest {
  readonly label: string
  readonly choice: OutputChoice
  /** What twins are drawn of a run in this folder; left out: none. */
  readonly twinsOf?: (folder: string) => TwinChoice | undefined
  /** What the run is put in order by, if not the usual. */
  readonly ranking?: RankingSettings | undefined
}

/** Throws InputError, also when another process is writing the run's files. */
export async function hearRun(
  run: string,
  { label, choice, twinsOf, ranking }: HearRequest,
  options: SharedOptions,
  context: CommandContext,
): Promise<HeardRun> {
  const folder = findRun(run)
  const file = path.join(folder, recordName)
  const release = claimRun(folder)
  let agents: readonly Agent[] = []
  let progress: Progress | undefined
  try {
    const scores = await hearRecord(readRecord(file, { onTorn: (message) => context.say(`${message}\n`) }), {
      where: file,
      folder,
      choice,
      twins: twinsOf?.(folder),
      ranking,
      onDifference: (message) => context.say(`${message}\n`),
      onSlot(done, session) {
        agents = session.agents
        const total = Math.max(done, session.scenario?.slots ?? done)
        progress ??= createProgress({ label, unit: 'slot', total, quiet: options.quiet === true })
        progress.step(done)
      },
    })
    return { scores, agents, folder }
  } finally {
    progress?.done()
    release()
  }
}
