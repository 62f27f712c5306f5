// hocket sonify: a transcript from elsewhere -> record, stems, mix, MIDI, scores, report.
import { type Command, Option } from 'commander'
import { sampleRate, slotStart } from '../../pipeline.ts'
import { defaultMapping, formatLine, InputError, type Mapping, type RecordLine, sessionOf } from '../../record/index.ts'
import { readTranscript, transcriptToRecord } from '../../stream/index.ts'
import { installedVersion, loadInstalledKernel, readText } from '../installation.ts'
import { hearRecord } from '../run/hear-record.ts'
import { checkMixLength } from '../sound/mix.ts'
import { named, type ReadLine } from '../store/record-file.ts'
import { claimRun, createNamedRun, removeIfEmpty } from '../store/run-folder.ts'
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
}

/** Largest transcript read, in characters: it is held in memory. */
const longestTranscript = 256 * 1024 * 1024

export function addSonifyCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('sonify <file>')
    .description(
      'Make a transcript audible: token events, OpenAI messages, Markdown chat or "Name: text"; - reads stdin.',
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
    .action((file: string, options: SonifyOptions) => sonify(file, options, context))
  addExamples(addSharedOptions(command), [
    'hocket sonify chat.md --out runs/chat',
    'cat messages.json | hocket sonify - --out runs/m',
  ])
}

async function sonify(file: string, options: SonifyOptions, context: CommandContext): Promise<void> {
  const where = file === '-' ? 'standard input' : file
  const text = file === '-' ? await readStandardInput() : readText(file)
  const lines = named(where, () => importTranscript(text, options, context))
  const { agents } = sessionOf(lines)
  const total = lines.reduce((most, line) => ('slot' in line ? Math.max(most, line.slot + 1) : most), 0)
  const { seconds } = slotStart(sessionOf(lines), total)
  named(where, () => checkMixLength(seconds, sampleRate, 'Cut the transcript.'))
  const folder = createNamedRun(options.out)
  const release = claimRun(folder)
  let progress: ReturnType<typeof createProgress> | undefined
  try {
    const scores = await hearRecord(asRead(lines), {
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

function importTranscript(text: string, options: SonifyOptions, context: CommandContext): RecordLine[] {
  if (text.length > longestTranscript)
    throw new InputError('too-long', `expected at most ${longestTranscript} characters, got ${text.length}. Cut it.`)
  const transcript = readTranscript(text)
  if (!options.quiet) context.say(`Format: ${transcript.format}, ${transcript.speakers.length} speakers\n`)
  const mapping: Mapping = { ...defaultMapping, name: options.mapping, timing: options.timing }
  const { hash } = loadInstalledKernel()
  return transcriptToRecord(transcript, { bpm: options.bpm, mapping, kernel: hash, hocket: installedVersion })
}

async function* asRead(lines: readonly RecordLine[]): AsyncGenerator<ReadLine> {
  for (const line of lines) yield { line, text: formatLine(line) }
}

async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of process.stdin) {
    parts.push(part as Buffer)
    size += (part as Buffer).length
    if (size > longestTranscript)
      throw new InputError('too-long', `standard input: expected at most ${longestTranscript} bytes, got more. Cut it.`)
  }
  return Buffer.concat(parts).toString('utf8')
}
