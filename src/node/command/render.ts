// hocket render: the sound of a run, from its record alone.
import type { Command } from 'commander'
import { listRunFiles } from '../store/shelf.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { hearRun } from './hear.ts'

export function addRenderCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('render <run>')
    .description('Render stems/*.wav, mix.wav and notes.mid of a run anew from its record.')
    .action((run: string, options: SharedOptions) => render(run, options, context))
  addExamples(addSharedOptions(command), ['hocket render 7', 'hocket render runs/7 --quiet'])
}

async function render(run: string, options: SharedOptions, context: CommandContext): Promise<void> {
  const choice = { sound: true, notes: true, scores: false, report: false }
  const { scores, folder } = await hearRun(run, { label: 'render', choice }, options, context)
  const files = listRunFiles(folder).filter((name) => name.endsWith('.wav') || name.endsWith('.mid'))
  if (options.json) context.print(`${JSON.stringify({ run: folder, files, stems: scores.hashes.stems })}\n`)
  else context.print(`${folder}: ${files.join(', ')}\n`)
}
