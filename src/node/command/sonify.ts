// hocket sonify: a transcript from elsewhere -> record, stems, mix, MIDI, scores, report.
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { type Command, Option } from 'commander'
import { sampleRate, slotStart } from '../../pipeline.ts'
import { defaultMapping, formatLine, InputError, type Mapping, type Scores } from '../../record/index.ts'
import { type PlannedRecord, planRecord } from '../../stream/index.ts'
import { installedVersion, loadInstalledKernel, readBytes } from '../installation.ts'
import { type HearSettings, hearRecord } from '../run/hear-record.ts'
import { mostScoredTokens, writeUnheard } from '../run/unheard.ts'
import { startServer } from '../server/server.ts'
import { checkMixLength } from '../sound/mix.ts'
import { named, type ReadLine } from '../store/record-file.ts'
import { claimRun, createNamedRun, removeIfEmpty } from '../store/run-folder.ts'
import { listRunFiles } from '../store/shelf.ts'
import { createLiveRecord, followTranscript } from '../transcript/follow.ts'
import { longestTranscript, openTranscript } from '../transcript/open.ts'
import { meterPlan } from '../transcript/surprise.ts'
import { passingTwins } from '../twins/index.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { wholeNumber } from './failure.ts'
import { pageAddress, shelfFor } from './listen.ts'
import { createProgress } from './progress.ts'
import { describeResult } from './result.ts'

interface SonifyOptions extends SharedOptions {
  readonly out: string
  readonly timing: Mapping['timing']
  readonly mapping: Mapping['name']
  readonly bpm: number
  readonly strict?: boolean
  readonly sound: boolean
  readonly follow?: boolean
}

export function addSonifyCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('sonify <file>')
    .description(
      'Make a transcript from elsewhere audible; - reads standard input. The format is recognised: token events, OpenAI chats, batches and captured streams, OpenTelemetry and OpenInference spans, Inspect logs, Markdown chats, "Name: text".',
    )
    .requiredOption('--out <folder>', 'where to write')
    .addOption(
      new Option('--timing <name>', 'arrival: the times of the source, or made-up ones; speech: a slot for each turn')
        .choices(['arrival', 'speech'])
        .default('arrival'),
    )
    .addOption(
      new Option('--mapping <name>', 'what sets the pitch')
        .choices(['meaning', 'surprise', 'letters'])
        .default('meaning'),
    )
    .option('--bpm <number>', 'tempo of the beat clock', wholeNumber(20, 400), 126)
    .option(
      '--no-sound',
      'make notes, MIDI and the scores of notes alone, without sound: for what is too long to be heard',
    )
    .option('--follow', 'go on while the file or standard input grows, with the page playing along, until Ctrl-C')
    .option('--strict', 'refuse a file with faults instead of hearing the rest')
    .action((file: string, options: SonifyOptions) => sonify(file, options, context))
  addExamples(addSharedOptions(command), [
    'hocket sonify chat.md --out runs/chat',
    'cat messages.json | hocket sonify - --out runs/m',
    'hocket sonify traces.json --out runs/t --no-sound --strict',
  ])
}

async function sonify(file: string, options: SonifyOptions, context: CommandContext): Promise<void> {
  const where = file === '-' ? 'standard input' : file
  // A million tokens leave much garbage and little else: the heap may grow by two fifths before it is swept, not by three times.
  if (!options.sound) setFlagsFromString('--heap-growing-percent=40')
  if (options.follow === true) {
    await follow(file, where, options, context)
    return
  }
  const plan = await planFile(file, where, options, context)
  checkLength(plan, where, options)
  const folder = createNamedRun(options.out)
  const release = claimRun(folder)
  try {
    await writePlan(plan, { where, folder, options, context })
  } finally {
    release()
    removeIfEmpty(folder)
  }
}

/** The bytes are let go once they are read: they may be many. */
async function planFile(
  file: string,
  where: string,
  options: SonifyOptions,
  context: CommandContext,
): Promise<PlannedRecord> {
  const bytes = file === '-' ? await readStandardInput() : readBytes(file)
  return named(where, () => importTranscript(bytes, where, options, context))
}

/** The record grows with the transcript; in the end all of it is made anew. */
async function follow(file: string, where: string, options: SonifyOptions, context: CommandContext): Promise<void> {
  const folder = createNamedRun(options.out)
  const release = claimRun(folder)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  const server = await startServer({ shelf: shelfFor(folder) })
  try {
    context.say(`Listen at ${pageAddress(server.url, path.basename(path.resolve(folder)))} Ctrl-C ends it.\n`)
    const live = createLiveRecord(folder, (title) =>
      context.say(`${where}: ${title} speaks later than the page was opened for: heard when the following ends.\n`),
    )
    const mute = { ...context, say: () => {} }
    const plan = (bytes: Uint8Array) => importTranscript(bytes, where, { ...options, strict: false }, mute)
    const onRestart = (what: string) =>
      context.say(`${where}: ${what}. It is read from its beginning; what was said before stays.\n`)
    const settings = { file, signal: stop.signal, mostBytes: longestTranscript, live, plan, onRestart }
    const bytes = await followTranscript(settings)
    const whole = named(where, () => importTranscript(bytes, where, options, context))
    checkLength(whole, where, options)
    await writePlan(whole, { where, folder, options, context })
  } finally {
    await server.close()
    release()
    removeIfEmpty(folder)
  }
}

function checkLength(plan: PlannedRecord, where: string, { sound }: SonifyOptions): void {
  const { seconds } = slotStart(plan.session, plan.slots)
  if (sound)
    named(where, () => checkMixLength(seconds, sampleRate, 'Cut the transcript, or make no sound (--no-sound).'))
}

export interface WriteSettings {
  readonly where: string
  readonly folder: string
  readonly options: SharedOptions & { readonly sound: boolean }
  readonly context: CommandContext
  /** Further members of the result as JSON. */
  readonly more?: Readonly<Record<string, unknown>>
}

/** All files of a transcript, and the result on stdout. */
export async function writePlan(
  transcript: PlannedRecord,
  { where, folder, options, context, more = {} }: WriteSettings,
): Promise<void> {
  const plan = await meterPlan(transcript)
  const progress = createProgress({
    label: 'sonify',
    unit: 'slot',
    total: plan.slots,
    quiet: options.quiet === true,
  })
  const onSlot = (done: number) => progress.step(done)
  const scores = options.sound
    ? await hearPlan(plan, { where, folder, onSlot, onDifference: (message) => context.say(`${message}\n`) })
    : writeUnheard(plan, { folder, onSlot })
  progress.done()
  const result = describeSonified(scores, plan, folder, options.json === true)
  const isMore = options.json === true && Object.keys(more).length > 0
  context.print(isMore ? `${JSON.stringify({ ...(JSON.parse(result) as object), ...more })}\n` : result)
}

function hearPlan(plan: PlannedRecord, settings: Omit<HearSettings, 'choice' | 'twins'>): Promise<Scores> {
  const choice = { record: true, sound: true, notes: true, noteLines: true, scores: true, report: true }
  return hearRecord(asRead(plan), { ...settings, choice, twins: passingTwins })
}

function describeSonified(scores: Scores | null, plan: PlannedRecord, folder: string, json: boolean): string {
  const { agents } = plan.session
  if (scores !== null) {
    const result = describeResult({ scores, folder, agents, seed: null, json })
    return json ? result : `${result}Hear it: hocket listen ${folder}\n`
  }
  if (json) return `${JSON.stringify({ run: folder, seed: null, verdict: [], scores: null })}\n`
  return [
    `${plan.tokens} tokens, ${Math.round(plan.seconds / 60)} minutes at ${plan.session.bpm} bpm. More than ${mostScoredTokens} tokens are not scored without sound.`,
    `${folder}: ${listRunFiles(folder).join(', ')}`,
    `Hear it: hocket listen ${folder}\n`,
  ].join('\n')
}

function importTranscript(
  bytes: Uint8Array,
  where: string,
  options: SonifyOptions,
  context: CommandContext,
): PlannedRecord {
  const transcript = openTranscript(bytes, { strictness: options.strict === true ? 'strict' : 'lenient' })
  const { format, speakers, clock, complaints } = transcript
  for (const complaint of complaints) context.say(`${where}: ${complaint}\n`)
  const times = clock === 'none' ? ', without times (made up, marked synthetic)' : ''
  if (!options.quiet)
    context.say(`Format: ${format}, ${speakers.length} speaker${speakers.length === 1 ? '' : 's'}${times}\n`)
  const mapping: Mapping = { ...defaultMapping, name: options.mapping, timing: options.timing }
  const { hash } = loadInstalledKernel()
  return planRecord(transcript, { bpm: options.bpm, mapping, kernel: hash, hocket: installedVersion })
}

async function* asRead(plan: PlannedRecord): AsyncGenerator<ReadLine> {
  for (const line of plan.lines()) yield { line, text: formatLine(line) }
}

async function readStandardInput(): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of process.stdin) {
    parts.push(part as Buffer)
    size += (part as Buffer).length
    if (size > longestTranscript)
      throw new InputError('too-long', `standard input: expected at most ${longestTranscript} bytes, got more. Cut it.`)
  }
  return Buffer.concat(parts)
}
