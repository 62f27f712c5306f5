// hocket sonify: a transcript from elsewhere -> record, stems, mix, MIDI, scores, report.
import { type Command, Option } from 'commander'
import { sampleRate, slotStart } from '../../pipeline.ts'
import { defaultMapping, formatLine, InputError, type Mapping } from '../../record/index.ts'
import { type PlannedRecord, planRecord } from '../../stream/index.ts'
import { installedVersion, loadInstalledKernel, readBytes } from '../installation.ts'
import { hearRecord } from '../run/hear-record.ts'
import { checkMixLength } from '../sound/mix.ts'
import { named, type ReadLine } from '../store/record-file.ts'
import { claimRun, createNamedRun, removeIfEmpty } from '../store/run-folder.ts'
import { longestTranscript, openTranscript } from '../transcript/open.ts'
import { passingTwins } from '../twins/index.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { wholeNumber } from './failure.ts'
import { createProgress } from './progress.ts'
import { describeResult } from './result.ts'

interface SonifyOptions extends SharedOptions {
  readonly out: string
  readonly timing: Mapping['timing']
  readonly mapping: Mapping['name']
  readonly bpm: number
  readonly strict?: boolean
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
    .option('--strict', 'refuse a file with faults instead of hearing the rest')
    .action((file: string, options: SonifyOptions) => sonify(file, options, context))
  addExamples(addSharedOptions(command), [
    'hocket sonify chat.md --out runs/chat',
    'cat messages.json | hocket sonify - --out runs/m',
  ])
}

async function sonify(file: string, options: SonifyOptions, context: CommandContext): Promise<void> {
  const where = file === '-' ? 'standard input' : file
  const bytes = file === '-' ? await readStandardInput() : readBytes(file)
  const plan = named(where, () => importTranscript(bytes, where, options, context))
  const { agents } = plan.session
  const total = plan.slots
  const { seconds } = slotStart(plan.session, total)
  named(where, () => checkMixLength(seconds, sampleRate, 'Cut the transcript.'))
  const folder = createNamedRun(options.out)
  const release = claimRun(folder)
  let progress: ReturnType<typeof createProgress> | undefined
  try {
    const scores = await hearRecord(asRead(plan), {
      where,
      folder,
      choice: { record: true, sound: true, notes: true, scores: true, report: true },
      twins: passingTwins,
      onDifference: (message) => context.say(`${message}\n`),
      onSlot(done) {
        progress ??= createProgress({ label: 'sonify', unit: 'slot', total, quiet: options.quiet === true })
        progress.step(done)
      },
    })
    progress?.done()
    context.print(describeResult({ scores, folder, agents, seed: null, json: options.json === true }))
  } finally {
    release()
    removeIfEmpty(folder)
  }
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
