// What a command prints in the end: the verdict in three sentences and where the files are, or all of it as JSON.
import { describeVerdict } from '../../feedback/index.ts'
import type { Agent, Scores } from '../../record/index.ts'
import { listRunFiles } from '../store/shelf.ts'
import { describeUsage, type UsageTotal } from './model-options.ts'

export interface Result {
  readonly scores: Scores
  /** null: nothing was written. */
  readonly folder: string | null
  readonly agents: readonly Pick<Agent, 'agent' | 'title'>[]
  readonly seed: number | null
  /** null or absent: no model took part. */
  readonly usage?: UsageTotal | null
  readonly json: boolean
}

/** Text for stdout. */
export function describeResult({ scores, folder, agents, seed, usage = null, json }: Result): string {
  const titles = Object.fromEntries(agents.map(({ agent, title }) => [agent, title]))
  const verdict = describeVerdict(scores, titles)
  if (json) return `${JSON.stringify({ run: folder, seed, verdict, ...(usage === null ? {} : { usage }), scores })}\n`
  const lines = [...verdict]
  if (seed !== null) lines.push('', `Seed ${seed}.`)
  if (usage !== null) lines.push(describeUsage(usage))
  if (folder !== null) lines.push(`${folder}: ${listRunFiles(folder).join(', ')}`)
  return `${lines.join('\n')}\n`
}
