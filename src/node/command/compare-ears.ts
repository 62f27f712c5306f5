// hocket compare-ears: what our ear and essentia.js hear in a sound, side by side.
import type { Command } from 'commander'
import { loadInstalledKernel } from '../installation.ts'
import { type Comparison, compareEars, createSecondEar, describeComparisons, openSound } from '../second-ear/index.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { createProgress } from './progress.ts'

export function addCompareEarsCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('compare-ears <sound...>')
    .description(
      'What our ear and a second one (essentia.js) hear in a WAV file, in a track of the library (house-01) or in the mix of a run.',
    )
    .action((sounds: string[], options: SharedOptions) => compare(sounds, options, context))
  addExamples(addSharedOptions(command), [
    'hocket compare-ears runs/7/mix.wav',
    'hocket compare-ears house-01 dub-04',
    'hocket compare-ears 7 --json',
  ])
}

async function compare(sounds: readonly string[], options: SharedOptions, context: CommandContext): Promise<void> {
  const { kernel } = loadInstalledKernel()
  const ear = createSecondEar()
  const progress = createProgress({
    label: 'compare-ears',
    unit: 'sound',
    total: sounds.length,
    quiet: options.quiet === true,
  })
  try {
    const comparisons: Comparison[] = []
    for (const called of sounds) {
      const source = await openSound(called, kernel)
      try {
        comparisons.push(compareEars(kernel, ear, source))
      } finally {
        source.close()
      }
      progress.step(comparisons.length)
    }
    if (options.json) context.print(`${JSON.stringify({ secondEar: ear.name, sounds: comparisons })}\n`)
    else context.print(describeComparisons(comparisons))
  } finally {
    progress.done()
    ear.dispose()
  }
}
