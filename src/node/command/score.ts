// hocket score: all measures of a run, computed from its record alone.
import type { Command } from 'commander'
import { besideRun, thoroughTwins } from '../twins/index.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { wholeNumber } from './failure.ts'
import { hearRun } from './hear.ts'
import { describeResult } from './result.ts'

interface ScoreOptions extends SharedOptions {
  /** How many, or false. */
  readonly twins?: number | boolean
  readonly others?: string
}

export function addScoreCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('score <run>')
    .description('Compute the scores of a run anew from its record and write scores.json and report.html.')
    .option(
      '--others <folder>',
      'where other runs of the same plan lie, to take partners from (default: beside the run)',
    )
    .option(
      '--twins <n>',
      'how many pairs of strangers each score is laid beside (default: 199)',
      wholeNumber(1, 100_000),
    )
    .option('--no-twins', 'say nothing of what chance reaches')
    .action((run: string, options: ScoreOptions) => score(run, options, context))
  addExamples(addSharedOptions(command), [
    'hocket score 7',
    'hocket score runs/7 --json > scores.json',
    'hocket score 7 --others ../elsewhere/runs --twins 999',
  ])
}

async function score(run: string, options: ScoreOptions, context: CommandContext): Promise<void> {
  const { twins, others } = options
  const twinsOf = (folder: string) =>
    twins === false
      ? undefined
      : thoroughTwins(others ?? besideRun(folder), typeof twins === 'number' ? twins : undefined)
  const choice = { sound: false, notes: false, scores: true, report: true }
  const { scores, agents, folder } = await hearRun(run, { label: 'score', choice, twinsOf }, options, context)
  context.print(describeResult({ scores, folder, agents, seed: null, json: options.json === true }))
}
