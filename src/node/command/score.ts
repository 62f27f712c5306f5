// hocket score: all measures of a run, computed from its record alone.
import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { InputError } from '../../record/index.ts'
import { besideRun, othersHeard, thoroughTwins } from '../twins/index.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { wholeNumber } from './failure.ts'
import { hearRun } from './hear.ts'
import { createProgress, type Progress } from './progress.ts'
import { readRankingSettings, settingsOption } from './ranking-settings.ts'
import { describeResult } from './result.ts'

interface ScoreOptions extends SharedOptions {
  /** How many, or false. */
  readonly twins?: number | boolean
  readonly others?: string
  readonly hearOthers?: boolean
  readonly settings?: string
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
      'how many pairs of strangers each score is laid beside (default: 199; fewer than 19 cannot tell anything)',
      wholeNumber(19, 100_000),
    )
    .option(
      '--hear-others',
      `hear ${othersHeard} of the other runs, so that consonance, roughness, gain and pitches in common have bands too (takes minutes)`,
    )
    .option('--settings <file>', settingsOption)
    .option('--no-twins', 'say nothing of what chance reaches')
    .action((run: string, options: ScoreOptions) => score(run, options, context))
  addExamples(addSharedOptions(command), [
    'hocket score 7',
    'hocket score runs/7 --json > scores.json',
    'hocket score 7 --hear-others',
    'hocket score 7 --settings learned.json',
    'hocket score 7 --others ../elsewhere/runs --twins 999',
  ])
}

function tellHearing({ quiet }: SharedOptions): (done: number, slots: number) => void {
  let progress: Progress | undefined
  return (done, total) => {
    progress ??= createProgress({ label: 'hear others', unit: 'slot', total, quiet: quiet === true })
    progress.step(done)
    if (done === total) progress.done()
  }
}

async function score(run: string, options: ScoreOptions, context: CommandContext): Promise<void> {
  const { twins, others } = options
  if (others !== undefined && !existsSync(others))
    throw new InputError('no-folder', `--others: expected a folder of runs, got "${others}", which is not there.`)
  if (twins === false && options.hearOthers === true)
    throw new InputError(
      'no-twins',
      '--hear-others: expected twins to be drawn, got --no-twins. Leave one of them out.',
    )
  const twinsOf = (folder: string) =>
    twins === false
      ? undefined
      : {
          ...thoroughTwins(others ?? besideRun(folder), typeof twins === 'number' ? twins : undefined),
          ...(options.hearOthers === true ? { hear: tellHearing(options) } : {}),
        }
  const ranking = options.settings === undefined ? undefined : readRankingSettings(options.settings)
  const choice = { sound: false, notes: false, scores: true, report: true }
  const { scores, agents, folder } = await hearRun(run, { label: 'score', choice, twinsOf, ranking }, options, context)
  context.print(describeResult({ scores, folder, agents, seed: null, json: options.json === true }))
}
