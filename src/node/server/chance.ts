// What chance reaches in the sound of a run: the one band that a party does not bring along, since whole other runs must be heard for it.
// The page asks; whoever asks first for a run that lacks it has it measured: one run at a time, beside the server, at the lowest priority.
import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { defaultRanking } from '../../measure/index.ts'
import { withoutHearing } from '../../null/index.ts'
import { installationRoot, readText } from '../installation.ts'
import { isClaimed } from '../store/run-folder.ts'

/** there: stored with the scores. coming: being measured, or next in turn. none: nor will it come by itself. */
export type ChanceState = 'there' | 'coming' | 'none'

/** Writes the scores of a run anew, with what chance reaches in its sound. Rejects when it cannot. */
export type HearOthers = (folder: string, signal: AbortSignal) => Promise<void>

export interface Chance {
  /** How it stands with a run; begins to measure where it may. */
  stateOf(folder: string): ChanceState
  /** Ends what is being measured; what is stored stays as it was. */
  close(): void
}

const told = 'consonance.together'
const reasonPath = 'together.consonance'
/** Of scores.json, what tells whether the sound of others was heard. */
const heardSchema = z.object({
  agents: z.array(z.unknown()),
  ranking: z.object({ settings: z.string() }),
  twins: z
    .object({ series: z.record(z.string(), z.unknown()), undefined: z.record(z.string(), z.string()) })
    .optional(),
})

/** `hear`: null: nothing is ever measured. */
export function createChance(hear: HearOthers | null): Chance {
  const known = new Map<string, { readonly changed: number; readonly lacks: ReturnType<typeof readLack> }>()
  const failed = new Set<string>()
  const ending = new AbortController()
  let running: string | null = null
  const lackOf = (folder: string, changed: number) => {
    const before = known.get(folder)
    const lacks = before?.changed === changed ? before.lacks : readLack(folder)
    known.set(folder, { changed, lacks })
    return lacks
  }
  const measure = async (folder: string, attempt: string, by: HearOthers) => {
    running = folder
    try {
      await by(folder, ending.signal)
    } catch {
      failed.add(attempt)
    }
    running = null
  }
  return {
    stateOf(folder) {
      const changed = statSync(path.join(folder, 'scores.json'), { throwIfNoEntry: false })?.mtimeMs ?? null
      if (changed === null) return 'none'
      const lacks = lackOf(folder, changed)
      if (lacks !== 'band') return lacks === 'nothing' ? 'there' : 'none'
      const attempt = `${changed} ${folder}`
      if (hear === null || ending.signal.aborted || failed.has(attempt)) return 'none'
      if (running === null && !isClaimed(folder)) void measure(folder, attempt, hear)
      return 'coming'
    },
    close: () => ending.abort(),
  }
}

/** band: it can be had by hearing others. reason: it cannot, or is not wanted: without twins, or ranked by settings of one's own. */
function readLack(folder: string): 'nothing' | 'band' | 'reason' {
  const file = path.join(folder, 'scores.json')
  const parsed = heardSchema.safeParse(parse(readText(file)))
  if (!parsed.success || parsed.data.twins === undefined) return 'reason'
  const { agents, ranking, twins } = parsed.data
  if (twins.series[told] !== undefined) return 'nothing'
  const isUnheard = twins.undefined[reasonPath] === withoutHearing[reasonPath]
  return isUnheard && agents.length === 2 && ranking.settings === defaultRanking.name ? 'band' : 'reason'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** `hocket score --hear-others` in a process of its own, which the sound never waits for. */
export const hearOthersBeside: HearOthers = (folder, signal) =>
  new Promise((resolve, reject) => {
    const command = [path.join(installationRoot, 'dist', 'hocket.js'), 'score', path.resolve(folder)]
    const child = spawn(process.execPath, [...command, '--hear-others', '--quiet'], { stdio: 'ignore', signal })
    child.once('spawn', () => {
      try {
        setPriority(child.pid ?? 0, constants.priority.PRIORITY_LOW)
      } catch {
        child.kill() // rather no band than a sound that stumbles
      }
    })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`hocket score ended with ${code}`))))
  })
