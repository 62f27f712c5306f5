// hocket bench: figures of speed and of the world's separation, as docs name them, printed by anyone on their own machine.
import type { Command } from 'commander'
import { InputError } from '../../record/index.ts'
import { measureParty, type PartyBench } from '../run/bench-party.ts'
import { measureWorld, type WorldBench } from '../run/bench-world.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { oneLine } from './failure.ts'
import { createProgress } from './progress.ts'

const parts = ['world', 'party'] as const
type Part = (typeof parts)[number]

interface BenchOptions extends SharedOptions {
  readonly only?: string
  readonly robust?: boolean
}

export function addBenchCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('bench [part...]')
    .description(
      `Measure speed and separation on this machine: ${parts.join(', ')} (all by default). Times are user CPU seconds of one pass.`,
    )
    .option('--only <parts>', 'the same as naming parts, separated by commas')
    .option('--robust', 'world: move every constant 60 times and count how often the order of the policies holds')
    .action((named: string[], options: BenchOptions) => bench(named, options, context))
  addExamples(addSharedOptions(command), [
    'hocket bench world',
    'hocket bench world --robust --json',
    'hocket bench --only world,party --json',
  ])
}

async function bench(named: readonly string[], options: BenchOptions, context: CommandContext): Promise<void> {
  const wanted = chooseParts([...named, ...(options.only?.split(',') ?? [])])
  const figures: { world?: WorldBench; party?: PartyBench } = {}
  if (wanted.includes('world')) figures.world = measureWorld(options.robust === true)
  if (wanted.includes('party')) figures.party = await benchParty(options)
  if (options.json) context.print(`${JSON.stringify(figures)}\n`)
  else context.print(describe(figures))
}

function chooseParts(named: readonly string[]): readonly Part[] {
  if (named.length === 0) return parts
  return named.map((name) => {
    const part = parts.find((known) => known === name.trim())
    if (part !== undefined) return part
    throw new InputError(
      'usage',
      `bench: expected parts among ${parts.join(', ')}, got "${oneLine(name)}". Leave it out for all.`,
    )
  })
}

function benchParty(options: SharedOptions): Promise<PartyBench> {
  let progress: ReturnType<typeof createProgress> | undefined
  return measureParty((done, total) => {
    progress ??= createProgress({ label: 'bench party', unit: 'slot', total, quiet: options.quiet === true })
    progress.step(done)
    if (done === total) progress.done()
  })
}

function describe({ world, party }: { world?: WorldBench; party?: PartyBench }): string {
  const lines: string[] = []
  if (world !== undefined) {
    lines.push(`world: mean crowd energy over ${world.seeds} seeds x ${world.slots} slots`)
    for (const { pair, crowd, minCrowd, fairness } of world.policies)
      lines.push(
        `  ${pair.padEnd(10)} ${crowd.toFixed(3)}   lowest party ${minCrowd.toFixed(3)}   fairness ${fairness.toFixed(3)}`,
      )
    lines.push(`  ${world.slotsPerSecond} slots a second`)
    if (world.robust)
      lines.push(`  the order held in ${world.robust.held} of ${world.robust.draws} draws of all constants`)
  }
  if (party !== undefined) {
    const minutes = (party.musicSeconds / 60).toFixed(1)
    lines.push(`party: ${party.slots} slots, ${minutes} minutes of music, ${party.stems} stems`)
    lines.push(
      `  rendered in ${party.renderCpuSeconds.toFixed(1)} s, scored in ${party.scoreCpuSeconds.toFixed(1)} s of CPU`,
    )
    lines.push(`  peak memory ${Math.round(party.peakRssBytes / 1e6)} MB`)
  }
  return `${lines.join('\n')}\n`
}
