// hocket score: all measures of a run, computed from its record alone.
import type { Command } from 'commander'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { hearRun } from './hear.ts'
import { describeResult } from './result.ts'

export function addScoreCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('score <run>')
    .description('Compute the scores of a run anew from its record and write scores.json and report.html.')
    .action((run: string, options: SharedOptions) => score(run, options, context))
  addExamples(addSharedOptions(command), ['hocket score 7', 'hocket score runs/7 --json > scores.json'])
}

async function score(run: string, options: SharedOptions, context: CommandContext): Promise<void> {
  const choice = { sound: false, notes: false, scores: true, report: true }
  const { scores, agents, folder } = await hearRun(run, { label: 'score', choice }, options, context)
  context.print(describeResult({ scores, folder, agents, seed: null, json: options.json === true }))
}
