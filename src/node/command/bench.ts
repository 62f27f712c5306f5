// hocket bench: figures of speed and of the world's separation, as docs name them, printed by anyone on their own machine.
import type { Command } from 'commander'
import { InputError } from '../../record/index.ts'
import { type BenchFigures, describeBench } from '../bench/describe.ts'
import { measureKernel } from '../bench/kernel.ts'
import { measureParty, type PartyBench } from '../bench/party.ts'
import { measureWorld } from '../bench/world.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { oneLine } from './failure.ts'
import { createProgress } from './progress.ts'

const parts = ['kernel', 'world', 'party'] as const
type Part = (typeof parts)[number]

interface BenchOptions extends SharedOptions {
  readonly only?: string
  readonly robust?: boolean
  readonly stems?: string[]
  readonly passes?: string
}

export function addBenchCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('bench [part...]')
    .description(
      `Measure speed and separation on this machine: ${parts.join(', ')} (all by default). Times are user CPU seconds of one pass.`,
    )
    .option('--only <parts>', 'the same as naming parts, separated by commas')
    .option('--robust', 'world: move every constant 60 times and count how often the order of the policies holds')
    .option('--stems <files...>', 'kernel: two WAV files of one length, mono at 48 kHz, instead of its own')
    .option('--passes <n>', 'kernel: how often to do the work, a time each (default: 6)')
    .action((named: string[], options: BenchOptions) => bench(named, options, context))
  addExamples(addSharedOptions(command), [
    'hocket bench world',
    'hocket bench world --robust --json',
    'hocket bench --only kernel --stems a.wav b.wav --passes 6 --json',
  ])
}

async function bench(named: readonly string[], options: BenchOptions, context: CommandContext): Promise<void> {
  const wanted = chooseParts([...named, ...(options.only?.split(',') ?? [])])
  const passes = readCount('--passes', options.passes ?? '6')
  const figures: BenchFigures = {}
  if (wanted.includes('kernel')) figures.kernel = measureKernel(options.stems ?? [], passes)
  if (wanted.includes('world')) figures.world = measureWorld(options.robust === true)
  if (wanted.includes('party')) figures.party = await benchParty(options)
  context.print(options.json ? `${JSON.stringify(figures)}\n` : describeBench(figures))
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

function readCount(option: string, text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count
  throw new InputError('usage', `bench: ${option}: expected a whole number from 1 on, got "${oneLine(text)}". Mend it.`)
}

function benchParty(options: SharedOptions): Promise<PartyBench> {
  let progress: ReturnType<typeof createProgress> | undefined
  return measureParty((done, total) => {
    progress ??= createProgress({ label: 'bench party', unit: 'slot', total, quiet: options.quiet === true })
    progress.step(done)
    if (done === total) progress.done()
  })
}
