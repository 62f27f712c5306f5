// hocket bench: figures of speed and of the world's separation, as docs name them, printed by anyone on their own machine.
import type { Command } from 'commander'
import { InputError } from '../../record/index.ts'
import { type AgentsBench, agentCounts, measureAgents } from '../bench/agents.ts'
import { benchApart } from '../bench/apart.ts'
import { type CouplingBench, measureCouplings, usualParties } from '../bench/coupling.ts'
import { type BenchFigures, describeBench } from '../bench/describe.ts'
import { measureHonesty } from '../bench/honesty.ts'
import { measureJudging } from '../bench/judging.ts'
import { measureKernel } from '../bench/kernel.ts'
import { type LengthBench, lengths, measureLength } from '../bench/length.ts'
import { attendAsCrowd, type ListenersBench, measureListeners } from '../bench/listeners.ts'
import { type ListeningBench, measureListening } from '../bench/listening.ts'
import { measureNull } from '../bench/null.ts'
import { measurePage, type PageBench } from '../bench/page.ts'
import { measureParty, type PartyBench } from '../bench/party.ts'
import { measureRhythmSpeed } from '../bench/rhythm.ts'
import { measureTap } from '../bench/tap.ts'
import { startTapUpstream } from '../bench/tap-upstream.ts'
import { measureWorklet, type WorkletBench } from '../bench/worklet.ts'
import { measureWorld } from '../bench/world.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { oneLine } from './failure.ts'
import { untilInterrupted } from './listen.ts'
import { createProgress } from './progress.ts'

const usualParts = ['kernel', 'agents', 'length', 'world', 'party', 'null', 'rhythm'] as const
/** Measured only when named: `language-model` is of use to few, `worklet`, `page` and `listening` want Chromium, `honesty`, `coupling` and `judging` take minutes. */
const parts = [
  ...usualParts,
  'language-model',
  'tap',
  'coupling',
  'worklet',
  'honesty',
  'judging',
  'listeners',
  'page',
  'listening',
] as const
type Part = (typeof parts)[number]

interface BenchOptions extends SharedOptions {
  readonly only?: string
  readonly robust?: boolean
  readonly stems?: string[]
  readonly passes?: string
  readonly parties?: string
  readonly agents?: string
  readonly seconds?: string
  readonly streams?: string
  readonly listeners?: string
  readonly tokens?: string
}

export function addBenchCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('bench [part...]')
    .description(
      `Measure speed and separation on this machine: ${parts.join(', ')} (by default ${usualParts.join(', ')}). Times are user CPU seconds of one pass.`,
    )
    .option('--only <parts>', 'the same as naming parts, separated by commas')
    .option('--robust', 'world: move every constant 60 times and count how often the order of the policies holds')
    .option('--stems <files...>', 'kernel: two WAV files of one length, mono at 48 kHz, instead of its own')
    .option(
      '--parties <n>',
      `coupling: how many parties of DJs that cannot hear each other (default: ${usualParties}); a quarter as many of those that answer`,
    )
    .option(
      '--passes <n>',
      'kernel, language-model, worklet: how often to do the work (default: 6); honesty: how many runs (200); judging: how many sessions a panel (400: some five minutes on a machine that does nothing else), a sixth as many panels for pairs; listening: rounds through the run (6)',
    )
    .option(
      '--agents <counts>',
      `agents: how many, a process each (default: ${agentCounts.join(',')}); worklet, page: how many (the first; 16)`,
    )
    .option(
      '--seconds <lengths>',
      `length: how long, a process each (default: ${lengths.join(',')}); agents, worklet, listeners, page, listening: for how long (the first; 60, 10, 10, 20 and 600)`,
    )
    .option('--streams <n>', 'tap: how many answers are compared; a fifth of them comes at once (default: 1000)')
    .option('--listeners <n>', 'listeners: how many (default: 50)')
    .option('--tokens <n>', 'page: how many (default: 1000000)')
    .action((named: string[], options: BenchOptions) => bench(named, options, context))
  program
    .command('listeners-crowd <words...>', { hidden: true })
    .action((words: string[]) => attendAsCrowd(words, context.print))
  program.command('tap-upstream', { hidden: true }).action(() => serveTapUpstream(context))
  addExamples(addSharedOptions(command), [
    'hocket bench world',
    'hocket bench world --robust --json',
    'hocket bench --only kernel --stems a.wav b.wav --passes 6 --json',
    'hocket bench --only agents,length --json',
    'hocket bench language-model',
    'hocket bench rhythm --json',
    'hocket bench coupling --json',
    'hocket bench tap --json',
    'hocket bench judging',
    'hocket bench worklet',
    'hocket bench listeners',
    'hocket bench page --tokens 100000',
    'hocket bench listening --seconds 60 --passes 2',
  ])
}

async function bench(named: readonly string[], options: BenchOptions, context: CommandContext): Promise<void> {
  const wanted = chooseParts([...named, ...(options.only?.split(',') ?? [])])
  const [passes = 6, ...more] = readCounts('--passes', options.passes)
  if (more.length > 0) throw new InputError('usage', `bench: --passes: expected one number, got "${options.passes}".`)
  const figures: BenchFigures = {}
  if (wanted.includes('kernel')) figures.kernel = measureKernel(options.stems ?? [], passes)
  if (wanted.includes('agents')) figures.agents = await benchAgents(options)
  if (wanted.includes('length')) figures.length = await benchLength(options)
  if (wanted.includes('world')) figures.world = measureWorld(options.robust === true)
  if (wanted.includes('party')) figures.party = await benchParty(options)
  if (wanted.includes('null')) figures.null = await measureNull()
  if (wanted.includes('rhythm')) figures.rhythm = measureRhythmSpeed()
  if (wanted.includes('honesty')) figures.honesty = await measureHonesty(options.passes === undefined ? 200 : passes)
  if (wanted.includes('judging')) {
    const sessions = options.passes === undefined ? 400 : passes
    figures.judging = measureJudging(sessions, Math.ceil(sessions / 6))
  }
  if (wanted.includes('language-model')) {
    // The tokeniser takes its time to load: only who asks waits for it.
    const { measureLanguageModel } = await import('../bench/language-model.ts')
    figures.languageModel = measureLanguageModel(passes)
  }
  if (wanted.includes('coupling')) figures.coupling = await benchCoupling(options)
  if (wanted.includes('tap')) figures.tap = await measureTap(readCounts('--streams', options.streams)[0] ?? 1000)
  if (wanted.includes('worklet')) figures.worklet = await benchWorklet(options, passes)
  if (wanted.includes('listeners')) figures.listeners = await benchListeners(options)
  if (wanted.includes('page')) figures.page = await benchPage(options)
  if (wanted.includes('listening')) figures.listening = await benchListening(options)
  context.print(options.json ? `${JSON.stringify(figures)}\n` : describeBench(figures))
}

/** The other side of `bench tap`, in a process of its own. */
async function serveTapUpstream(context: CommandContext): Promise<void> {
  const upstream = await startTapUpstream()
  context.print(`${upstream.url}\n`)
  await untilInterrupted()
  await upstream.close()
}

function chooseParts(named: readonly string[]): readonly Part[] {
  if (named.length === 0) return usualParts
  return named.map((name) => {
    const part = parts.find((known) => known === name.trim())
    if (part !== undefined) return part
    throw new InputError(
      'usage',
      `bench: expected parts among ${parts.join(', ')}, got "${oneLine(name)}". Leave it out for all.`,
    )
  })
}

/** Whole numbers from 1 on, separated by commas; none without the option. */
function readCounts(option: string, text: string | undefined, most = 100_000): number[] {
  if (text === undefined) return []
  return text.split(',').map((word) => {
    const count = Number(word)
    if (word.trim() !== '' && Number.isInteger(count) && count >= 1 && count <= most) return count
    throw new InputError(
      'usage',
      `bench: ${option}: expected whole numbers from 1 to ${most}, got "${oneLine(text)}". Mend it.`,
    )
  })
}

/** One number of agents is measured here; several in a process each. */
async function benchAgents(options: BenchOptions): Promise<AgentsBench[]> {
  const asked = readCounts('--agents', options.agents)
  const [seconds = 60] = readCounts('--seconds', options.seconds)
  const counts = asked.length > 0 ? asked : agentCounts
  if (counts.some((count) => count < 2 || count > 64))
    throw new InputError('usage', `bench: --agents: expected 2 to 64 agents, got ${counts.join(', ')}. Mend it.`)
  return eachApart(
    counts,
    (count) => measureAgents(count, seconds),
    async (count) => {
      const words = ['--only', 'agents', '--agents', `${count}`, '--seconds', `${seconds}`]
      return ((await benchApart(words)) as { agents: AgentsBench[] }).agents
    },
  )
}

async function benchLength(options: BenchOptions): Promise<LengthBench[]> {
  const asked = readCounts('--seconds', options.seconds)
  return eachApart(asked.length > 0 ? asked : lengths, measureLength, async (seconds) => {
    return ((await benchApart(['--only', 'length', '--seconds', `${seconds}`])) as { length: LengthBench[] }).length
  })
}

function benchWorklet(options: BenchOptions, passes: number): Promise<WorkletBench> {
  const [agents = 16] = readCounts('--agents', options.agents)
  const [seconds = 10] = readCounts('--seconds', options.seconds)
  return measureWorklet({ agents, seconds, passes })
}

function benchListeners(options: BenchOptions): Promise<ListenersBench> {
  const [listeners = 50] = readCounts('--listeners', options.listeners)
  const [seconds = 10] = readCounts('--seconds', options.seconds)
  return measureListeners(listeners, seconds)
}

function benchListening(options: BenchOptions): Promise<ListeningBench> {
  const [seconds = 600] = readCounts('--seconds', options.seconds)
  const [rounds = 6] = readCounts('--passes', options.passes)
  return measureListening({ seconds, rounds })
}

function benchPage(options: BenchOptions): Promise<PageBench> {
  const [agents = 16] = readCounts('--agents', options.agents)
  const [tokens = 1_000_000] = readCounts('--tokens', options.tokens, 10_000_000)
  const [seconds = 20] = readCounts('--seconds', options.seconds)
  if (agents > 64) throw new InputError('usage', `bench: --agents: expected at most 64 agents, got ${agents}. Mend it.`)
  return measurePage({ agents, tokens, seconds })
}

/** One value is measured in this process; each of several in one of its own, one after another. */
async function eachApart<Row>(
  values: readonly number[],
  here: (value: number) => Row,
  apart: (value: number) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const [only, ...more] = values
  if (only !== undefined && more.length === 0) return [here(only)]
  const rows: Row[] = []
  for (const value of values) rows.push(...(await apart(value)))
  return rows
}

function benchCoupling(options: BenchOptions): Promise<CouplingBench[]> {
  const [parties = usualParties] = readCounts('--parties', options.parties)
  let progress: ReturnType<typeof createProgress> | undefined
  return measureCouplings(parties, (done, total) => {
    progress ??= createProgress({ label: 'bench coupling', unit: 'party', total, quiet: options.quiet === true })
    progress.step(done)
    if (done === total) progress.done()
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
