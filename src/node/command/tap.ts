// hocket tap: a proxy before an OpenAI-compatible server that makes whatever speaks through it audible.
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Command, Option } from 'commander'
import { sampleRate, slotStart } from '../../pipeline.ts'
import { defaultMapping, InputError, type Mapping } from '../../record/index.ts'
import { planRecord } from '../../stream/index.ts'
import { installedVersion, loadInstalledKernel, readBytes } from '../installation.ts'
import { startServer } from '../server/server.ts'
import { longestWavSeconds } from '../sound/wav-writer.ts'
import { claimRun, createNamedRun, createNumberedRun, removeIfEmpty } from '../store/run-folder.ts'
import {
  createEventFile,
  createRecorder,
  type EventFile,
  eventsName,
  isLoopback,
  isSecret,
  type Live,
  mostVoices,
  openLive,
  type Recorder,
  type RunningTap,
  readUpstream,
  shareVoices,
  startProxy,
  usualTapPort,
} from '../tap/index.ts'
import { openTranscript } from '../transcript/open.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { oneLine, wholeNumber } from './failure.ts'
import { pageAddress, shelfFor, untilInterrupted } from './listen.ts'
import { writePlan } from './sonify.ts'

interface TapOptions extends SharedOptions {
  readonly upstream: string
  readonly port?: number
  readonly host: string
  readonly out?: string
  readonly listen?: boolean
  readonly askLogprobs?: boolean
  readonly agentHeader: string
  readonly voices: number
  readonly mapping: Mapping['name']
  readonly bpm: number
  readonly sound: boolean
}

export function addTapCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('tap')
    .description(
      'Stand between your agents and their OpenAI-compatible server, pass everything on unchanged, and make what is answered audible. Set OPENAI_BASE_URL to the address it prints; put /agent/NAME before /v1 to name who asks. Ctrl-C ends it and writes all files.',
    )
    .requiredOption('--upstream <url>', 'where requests go, as OPENAI_BASE_URL would name it')
    .option('--port <number>', `port to listen on (default: ${usualTapPort}, or a free one)`, wholeNumber(1, 65535))
    .option(
      '--host <address>',
      'address to listen on; any but this machine makes the address hold a token',
      '127.0.0.1',
    )
    .option('--out <folder>', 'where to write (default: the next of runs/)')
    .option('--listen', 'serve the listening page on what passes')
    .option('--ask-logprobs', 'ask for log-probabilities where a request does not: this changes requests and answers')
    .option('--agent-header <name>', 'request header that names who asks', 'x-hocket-agent')
    .option(
      '--voices <n>',
      `most voices at once; more agents share them (at most ${mostVoices})`,
      wholeNumber(1, mostVoices),
      mostVoices,
    )
    .addOption(
      new Option('--mapping <name>', 'what sets the pitch')
        .choices(['meaning', 'surprise', 'letters'])
        .default('meaning'),
    )
    .option('--bpm <number>', 'tempo of the beat clock', wholeNumber(20, 400), 126)
    .option('--no-sound', 'make notes, MIDI and the scores of notes alone in the end, without sound')
    .action((options: TapOptions) => tap(options, context))
  addExamples(addSharedOptions(command), [
    'hocket tap --upstream https://api.openai.com/v1 --listen',
    'hocket tap --upstream http://127.0.0.1:11434/v1 --out runs/crew',
    'OPENAI_BASE_URL=http://127.0.0.1:4750/agent/planner/v1 python planner.py',
  ])
}

async function tap(options: TapOptions, context: CommandContext): Promise<void> {
  const proxySettings = readSettings(options)
  const folder = options.out === undefined ? createNumberedRun() : createNamedRun(options.out)
  if (existsSync(path.join(folder, eventsName)))
    throw new InputError('run-exists', `${folder}: expected a folder without ${eventsName}. Choose another --out.`)
  const release = claimRun(folder)
  try {
    const passed = await record({ ...proxySettings, folder, options, context })
    if (passed.counts.tokens === 0) context.say('Nothing was said that could be heard; nothing was written.\n')
    else await writeAll(passed, { folder, options, context })
  } finally {
    release()
    removeIfEmpty(folder)
  }
}

function readSettings({ upstream, agentHeader, host, port, askLogprobs }: TapOptions) {
  const header = agentHeader.toLowerCase()
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header) || isSecret(header))
    throw new InputError(
      'usage',
      `--agent-header: expected the name of a header that holds no key, got "${oneLine(agentHeader)}". Choose another.`,
    )
  const token = isLoopback(host) ? null : (process.env['HOCKET_TAP_TOKEN'] ?? randomBytes(16).toString('base64url'))
  if (token !== null && !/^[\w-]{22,}$/.test(token))
    throw new InputError(
      'usage',
      'HOCKET_TAP_TOKEN: expected at least 22 letters, digits, - or _ (it is not shown here). Unset it to have one made.',
    )
  return {
    proxy: {
      upstream: readUpstream(upstream),
      agentHeader: header,
      host,
      port,
      token,
      asksLogprobs: askLogprobs === true,
    },
  }
}

interface Setting {
  readonly folder: string
  readonly options: TapOptions
  readonly context: CommandContext
}

interface Passed {
  readonly counts: Recorder['counts']
  readonly lost: number
}

type RecordSettings = Setting & ReturnType<typeof readSettings>

/** Until Ctrl-C. */
async function record({ folder, options, context, proxy: proxySettings }: RecordSettings): Promise<Passed> {
  const events = path.join(folder, eventsName)
  const file = await createEventFile(events, (code) =>
    context.say(
      `${events}: cannot be written (${code}). Everything still passes; what is said meanwhile may be lost.\n`,
    ),
  )
  const began = performance.now()
  const clock = () => (performance.now() - began) / 1000
  const live = options.listen === true ? followLive({ folder, options, context }, clock) : null
  const recorder = createRecorder({ file, clock, onEvent: (event) => live?.add(event) })
  let proxy: RunningTap | null = null
  let page: Awaited<ReturnType<typeof startServer>> | null = null
  try {
    proxy = await startProxy({ ...proxySettings, recorder })
    context.say(`OPENAI_BASE_URL=${proxy.url}\nSet this where your agents run. Ctrl-C ends it.\n`)
    if (live !== null) page = await startServer({ shelf: shelfFor(folder) })
    if (page !== null) context.say(`Listen at ${pageAddress(page.url, path.basename(path.resolve(folder)))}\n`)
    await untilInterrupted()
  } finally {
    await proxy?.close()
    await endRecording(recorder, file, events)
    await live?.close()
    await page?.close()
  }
  return { counts: recorder.counts, lost: file.lost }
}

async function endRecording(recorder: Recorder, file: EventFile, events: string): Promise<void> {
  await recorder.close()
  await file.close()
  if (recorder.counts.tokens === 0) rmSync(events, { force: true })
}

const liveMilliseconds = 100

/** The live record beside what passes; a fault ends it alone. */
function followLive({ folder, options, context }: Setting, clock: () => number) {
  let live: Live | null = openLive({
    ...sonifySettings(options),
    folder,
    voices: options.voices,
    onVoice: (agent, title) => context.say(`${title}: ${oneLine(agent)}\n`),
  })
  let turn = Promise.resolve()
  const inTurn = (work: (live: Live) => Promise<void>) => {
    turn = turn
      .then(() => (live === null ? undefined : work(live)))
      .catch((error: unknown) => {
        live = null
        context.say(`The page hears no more (${oneLine(String(error))}). Everything still passes and is recorded.\n`)
      })
    return turn
  }
  const timer = setInterval(() => void inTurn((open) => open.write(clock())), liveMilliseconds)
  return {
    add: (event: Parameters<Live['add']>[0]) => live?.add(event),
    close() {
      clearInterval(timer)
      return inTurn((open) => open.close())
    },
  }
}

function sonifySettings({ mapping, bpm }: TapOptions) {
  const { hash } = loadInstalledKernel()
  const chosen: Mapping = { ...defaultMapping, name: mapping, timing: 'arrival' }
  return { bpm, mapping: chosen, kernel: hash, hocket: installedVersion }
}

/** All of it anew, from what was written down. */
async function writeAll({ counts, lost }: Passed, { folder, options, context }: Setting): Promise<void> {
  const where = path.join(folder, eventsName)
  const { answers, agents, unheard, reason } = counts
  const told = `${counts.tokens} tokens in ${answers} answers of ${agents.length} agents: ${agents.slice(0, mostVoices).map(oneLine).join(', ')}`
  context.say(`${told}.\n`)
  if (unheard > 0) context.say(`${unheard} answers passed that could not be heard whole (${oneLine(reason ?? '')}).\n`)
  if (lost > 0) context.say(`${lost} tokens were lost because ${where} could not be written.\n`)
  const transcript = shareVoices(openTranscript(readBytes(where)), options.voices)
  for (const complaint of transcript.complaints) context.say(`${where}: ${complaint}\n`)
  const plan = planRecord(transcript, sonifySettings(options))
  const tooLong = slotStart(plan.session, plan.slots).seconds > longestWavSeconds({ sampleRate, channels: 2 })
  if (options.sound && tooLong) context.say('Too long for one sound: only notes are made.\n')
  const more = { answers, agents, tokens: counts.tokens, unheard, lost }
  await writePlan(plan, { where, folder, options: { ...options, sound: options.sound && !tooLong }, context, more })
}
