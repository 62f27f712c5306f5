import path from 'node:path'
import { type Command, Option } from 'commander'
import { isBreakCode } from '../../djs/index.ts'
import { probeQuestions } from '../../party/index.ts'
import { sampleRate } from '../../pipeline.ts'
import { conditionSchema, InputError, type RecordLine, type SessionLine } from '../../record/index.ts'
import { secondsOfBeats } from '../../units.ts'
import type { Prices } from '../models/budget.ts'
import { describeEstimate, estimateParty } from '../models/estimate.ts'
import { checkServers, openModels, readTurns, recordedModels, serversOf } from '../models/models.ts'
import { type LoadedInstruments, loadInstruments, requireSameInstruments } from '../run/instruments.ts'
import { readOtherRun, requireLibrary, requireOrigin } from '../run/other-run.ts'
import { type PartyPlan, planOf, playRun, type SeatModel } from '../run/play.ts'
import { type RunningServer, startServer } from '../server/server.ts'
import { checkMixLength } from '../sound/mix.ts'
import { createRecordWriter, type RecordWriter, readRecord, resumeRecordWriter } from '../store/record-file.ts'
import { claimRun, createNamedRun, createNumberedRun, findRun, recordName, removeIfEmpty } from '../store/run-folder.ts'
import { passingTwins } from '../twins/index.ts'
import { addExamples, addSharedOptions, type CommandContext } from './context.ts'
import { wholeNumber } from './failure.ts'
import { hearing, pageAddress, shelfFor, untilInterrupted, withoutHearing } from './listen.ts'
import { addModelOptions, createUsageCount, modelSettingsOf } from './model-options.ts'
import {
  addConditionOptions,
  addMemoryOptions,
  fixedByRecord,
  type PartyCommandOptions,
  planParty,
} from './party-plan.ts'
import { createProgress } from './progress.ts'
import { describeResult } from './result.ts'
import { parseSeat } from './seats.ts'

export function addPartyCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('party')
    .description(
      'Play a party of two DJs (scripted, or language models), hear it, measure it, and write it to runs/<n>/.',
    )
    .option('--scenario <file>', 'scenario as JSON (default: samples/scenarios/warehouse.json)')
    .addOption(new Option('--condition <name>', 'what the DJs are shown').choices(conditionSchema.options))
    .option('--seed <number>', 'fixes all chance (default: a new one, printed)', wholeNumber(0))
    .option('--slots <number>', 'length in slots of 32 beats (default: the scenario says)', wholeNumber(1, 10_000))
    .option(
      '--dj-a <seat>',
      'first DJ: policy[:mask], openai:MODEL[@URL][#mask] or embedded[:persona][#mask] (default: listen:mira)',
      parseSeat,
    )
    .option('--dj-b <seat>', 'second DJ (default: listen:orrin)', parseSeat)
    .addOption(new Option('--order <name>', 'who moves when').choices(['sequential', 'simultaneous']))
    .option('--out <folder>', 'where to write instead of runs/<n>')
    .option('--resume <run>', 'go on with a run that broke off, to the same bytes')
    .option('--listen', 'serve the listening page from the start, until Ctrl-C')
    .option('--no-hear-others', `with --listen: ${withoutHearing}`)
    .option('--no-sound', 'write no WAV files (the party is heard and scored all the same)')
    .option('--no-twins', 'play no other parties to see what chance reaches (saves some seconds)')
    .action((options: PartyCommandOptions) => party(options, context))
  addExamples(addSharedOptions(addModelOptions(addMemoryOptions(addConditionOptions(command)))), [
    'hocket party --seed 7',
    'hocket party --condition deaf --dj-a selfish --dj-b copycat:juno --slots 16',
    'hocket party --resume runs/3',
    'hocket party --listen',
    'hocket party --condition ghost --from runs/3 --seed 8',
    'hocket party --condition yoked-sham --from runs/3 --seed 8',
    'hocket party --condition metatokens --metatokens consonance:7,vitality:9',
    'hocket party --slots 96 --memory values --set-slots 48',
    'hocket party --dj-a embedded --dj-b embedded',
    'hocket party --dj-a openai:llama3.2@http://127.0.0.1:11434/v1 --slots 8',
    'hocket party --dj-a openai:gpt-4.1-mini#juno --max-tokens 200000',
  ])
}

async function party(options: PartyCommandOptions, context: CommandContext): Promise<void> {
  if (options.resume !== undefined) {
    const given = fixedByRecord.filter((name) => options[name] !== undefined)
    if (given.length > 0)
      throw new InputError(
        'usage',
        `--resume: expected no --${given[0]?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} beside it; the record fixes it. Leave it out.`,
      )
    await resume(options.resume, options, context)
    return
  }
  const settings = modelSettingsOf(options)
  const other = options.from === undefined ? null : await readOtherRun(options.from)
  const plan = planParty(options, other)
  checkLength(plan, options)
  const instruments = loadInstruments('party')
  if (other !== null && plan.condition === 'ghost') requireLibrary(other, instruments.hashes.library)
  await announceModels(plan, {
    instruments,
    prices: settings.prices,
    questions: options.probe ? probeQuestions.length : 0,
    context,
  })
  const folder = options.out === undefined ? createNumberedRun() : createNamedRun(options.out)
  await play(plan, {
    folder,
    instruments,
    models: openModels({ ...settings, other }),
    options,
    context,
    writer: () => createRecordWriter(path.join(folder, recordName)),
  })
}

/** Sound has to fit into files; without it a party may take as long as it likes. */
function checkLength({ scenario: { slots, beatsPerSlot, bpm } }: PartyPlan, { sound }: PartyCommandOptions): void {
  const seconds = secondsOfBeats(slots * beatsPerSlot, bpm)
  if (sound) checkMixLength(seconds, sampleRate, 'Take fewer --slots, or --no-sound.')
}

/** Says what the models will be asked for, once they are known to answer. Throws InputError when they do not. */
async function announceModels(
  plan: PartyPlan,
  {
    instruments,
    prices,
    questions,
    context,
  }: Pick<Stage, 'instruments' | 'context'> & {
    prices: Prices | null
    questions: number
  },
): Promise<void> {
  const { library, hashes } = instruments
  for (const remark of await checkServers(plan.agents)) context.say(`${remark}\n`)
  if (library === null || plan.agents.every(({ dj }) => dj.kind !== 'server')) return
  context.say(`${describeEstimate(await estimateParty({ ...plan, library, hashes }, questions), prices)}\n`)
}

async function resume(run: string, options: PartyCommandOptions, context: CommandContext): Promise<void> {
  const folder = findRun(run)
  const record = path.join(folder, recordName)
  const session = await readSession(record)
  const instruments = loadInstruments('party')
  requireSameInstruments(folder, session, instruments)
  const plan = planOf(session, record)
  checkLength(plan, options)
  const other = options.from === undefined ? null : await readOtherRun(options.from)
  requireOrigin(plan.agents, other)
  const live = openModels({ ...modelSettingsOf(options), other })
  await play(plan, {
    folder,
    instruments,
    models: recordedModels(session, await readTurns(record), live),
    options,
    context,
    writer: () => resumeRecordWriter(record),
  })
}

/** The first line of a record. Throws InputError. */
async function readSession(record: string): Promise<SessionLine> {
  for await (const { line } of readRecord(record)) if (line.kind === 'session') return line
  throw new InputError('no-session', `${record}: line 1: expected the session line first.`)
}

interface Stage {
  readonly folder: string
  readonly instruments: LoadedInstruments
  readonly models: SeatModel
  readonly options: PartyCommandOptions
  readonly context: CommandContext
  /** Opened only once the run is claimed. */
  writer(): RecordWriter
}

async function play(plan: PartyPlan, { folder, instruments, models, options, context, writer }: Stage): Promise<void> {
  const release = claimRun(folder)
  const stop = watchInterrupt()
  let server: RunningServer | undefined
  let record: RecordWriter | undefined
  const { slots } = plan.scenario
  const usage = createUsageCount(modelSettingsOf(options).prices, isBreakCode)
  const progress = createProgress({ label: 'party', unit: 'slot', total: slots, quiet: options.quiet === true })
  try {
    const lines = writer()
    record = lines
    if (!options.quiet) context.say(`Party of ${slots} slots, seed ${plan.seed}, in ${folder}\n`)
    if (options.listen) server = await openPage(folder, options, context)
    const scores = await playRun(plan, {
      instruments,
      folder,
      choice: { sound: options.sound, notes: true, scores: true, report: true },
      twins: options.twins ? passingTwins : undefined,
      models,
      probe: options.probe ? serversOf(plan.agents) : [],
      writeLine: async (line: RecordLine) => {
        await lines.write(line)
        usage.add(line)
      },
      onSlot: progress.step,
      isStopped: stop.isStopped,
    })
    await lines.close()
    progress.done()
    const { agents, seed } = plan
    context.print(describeResult({ scores, folder, agents, seed, usage: usage.total(), json: options.json === true }))
  } catch (error) {
    progress.done()
    await server?.close()
    if (error instanceof InputError && error.code === 'stopped')
      context.say(`Stopped. Go on with: hocket party --resume ${folder}\n`)
    throw error
  } finally {
    stop.release()
    await record?.close().catch(() => undefined)
    release()
    removeIfEmpty(folder)
  }
  if (server === undefined) return
  if (!options.quiet) context.say('The page stays until Ctrl-C.\n')
  await untilInterrupted()
  await server.close()
}

async function openPage(folder: string, options: PartyCommandOptions, context: CommandContext): Promise<RunningServer> {
  const server = await startServer({ shelf: shelfFor(folder), ...hearing(options) })
  const text = `Listen at ${pageAddress(server.url, path.basename(path.resolve(folder)))}\n`
  if (options.json) context.say(text)
  else context.print(text)
  return server
}

/** The first Ctrl-C asks to stop after the slot; a second one ends the process as usual. */
function watchInterrupt() {
  let stopped = false
  const onSignal = () => {
    stopped = true
    release()
  }
  const release = () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return { isStopped: () => stopped, release }
}
