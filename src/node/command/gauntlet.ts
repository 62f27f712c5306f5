// hocket gauntlet: living and degenerate cases through the whole path; how well each measure, and the ranking composite, tell them apart.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { gauntletCases, quickNames } from '../../gauntlet/index.ts'
import { defaultRanking } from '../../measure/index.ts'
import { InputError } from '../../record/index.ts'
import { describeGauntlet } from '../gauntlet/describe.ts'
import { renderGauntlet } from '../gauntlet/page.ts'
import { isPassed, runGauntlet } from '../gauntlet/run.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { exitCodes, wholeNumber } from './failure.ts'
import { createProgress, type Progress } from './progress.ts'
import { readRankingSettings, settingsOption } from './ranking-settings.ts'

interface GauntletOptions extends SharedOptions {
  readonly out?: string
  readonly settings?: string
  readonly seeds: number
  readonly only?: string
  readonly quick?: boolean
}

const usualSeeds = 2

export function addGauntletCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('gauntlet')
    .description(
      'Put living and degenerate cases through the whole path and tell how well every measure separates them (AUC). Ends with 1 unless the ranking composite separates all (AUC 1).',
    )
    .option('--out <folder>', 'write index.html, gauntlet.json and the sound of every case there')
    .option('--settings <file>', settingsOption)
    .option('--seeds <n>', 'how many seeds per case', wholeNumber(1, 100), usualSeeds)
    .option('--only <names>', 'these cases only, separated by commas')
    .option('--quick', `one seed of a few cases: ${quickNames.join(', ')}`)
    .action((options: GauntletOptions) => gauntlet(options, context))
  addExamples(addSharedOptions(command), [
    'hocket gauntlet',
    'hocket gauntlet --out gauntlet',
    'hocket gauntlet --settings my-ranking.json --json',
    'hocket gauntlet --only hocket,wedding --seeds 5',
  ])
}

async function gauntlet(options: GauntletOptions, context: CommandContext): Promise<void> {
  const cases = chooseCases(options)
  const ranking = options.settings === undefined ? defaultRanking : readRankingSettings(options.settings)
  const seeds = Array.from({ length: options.quick ? 1 : options.seeds }, (_, i) => i + 1)
  const { out } = options
  if (out !== undefined) mkdirSync(path.join(out, 'sound'), { recursive: true })
  let progress: Progress | undefined
  const result = await runGauntlet({
    cases,
    seeds,
    ranking,
    onRun(done, total) {
      progress ??= createProgress({ label: 'gauntlet', unit: 'run', total, quiet: options.quiet === true })
      progress.step(done)
    },
    ...(out === undefined
      ? {}
      : { onSound: (name: string, wav: Uint8Array) => writeFileSync(path.join(out, 'sound', `${name}.wav`), wav) }),
  })
  progress?.done()
  if (out !== undefined) {
    writeFileSync(path.join(out, 'gauntlet.json'), `${JSON.stringify(result)}\n`)
    writeFileSync(path.join(out, 'index.html'), renderGauntlet(result))
  }
  context.print(options.json ? `${JSON.stringify(result)}\n` : describeGauntlet(result))
  if (!isPassed(result)) context.setExitCode(exitCodes.badInput)
}

function chooseCases({ only, quick }: GauntletOptions) {
  const wanted = only?.split(',').map((name) => name.trim()) ?? (quick ? quickNames : undefined)
  if (wanted === undefined) return gauntletCases
  const names = gauntletCases.map(({ name }) => name)
  const stranger = wanted.find((name) => !names.includes(name))
  if (stranger !== undefined)
    throw new InputError(
      'usage',
      `gauntlet: --only: expected names among ${names.join(', ')}, got "${stranger}". Leave it out for all.`,
    )
  return gauntletCases.filter(({ name }) => wanted.includes(name))
}
