// hocket judge: makes a judging session of runs and serves it; serves one again, verifies its votes, tells its results.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Criterion, criteria, criterionSchema, InputError } from '../../record/index.ts'
import {
  describeResults,
  exportResults,
  linksName,
  makeSession,
  openSession,
  readMachines,
  readStore,
  resultFiles,
  resultsOf,
  serveJudging,
  takeStatements,
  usualJudgingPort,
  whereVotesAre,
} from '../judge/index.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { exitCodes, oneLine, wholeNumber } from './failure.ts'
import { addJudgeFit } from './judge-fit.ts'
import { addJudgeMachine } from './judge-machine.ts'
import { untilInterrupted } from './listen.ts'

interface KeepingOptions extends SharedOptions {
  readonly database?: string
}

interface ServeOptions extends KeepingOptions {
  readonly host: string
  readonly port?: number
  readonly name: readonly string[]
}

interface JudgeOptions extends ServeOptions {
  readonly judges: number
  readonly criteria: readonly Criterion[]
  readonly out?: string
  readonly seed?: number
  readonly by: 'run' | 'plan'
  readonly seconds: number
  readonly clips: number
  readonly pairs?: number
  readonly abx: number
  readonly reveal: 'own' | 'all'
  readonly serve: boolean
}

export function addJudgeCommand(program: Command, context: CommandContext): void {
  const judge = program
    .command('judge')
    .description(
      'Let people judge runs, blind and in pairs: cut and match clips, plan who hears what, print a link for each judge, and serve the page until Ctrl-C.',
    )
    .argument('[runs...]', 'two runs or more')
    .option('--judges <n>', 'how many judges', wholeNumber(1, 1000), 8)
    .option('--criteria <list>', `what is asked, of ${criteria.join(', ')}`, readCriteria, ['overall'])
    .option('--out <folder>', 'where the session is kept (default: judging)')
    .option('--seed <n>', 'fixes the plan: pairs, sides, order (default: drawn)', wholeNumber(0))
    .addOption(
      new Option('--by <what>', 'what is ranked: each run, or runs of one plan together')
        .choices(['run', 'plan'])
        .default('run'),
    )
    .option('--seconds <n>', 'length of a clip, rounded to whole bars', wholeNumber(1, 600), 30)
    .option('--clips <n>', 'clips of each run', wholeNumber(1, 50), 1)
    .option(
      '--pairs <n>',
      'pairs of each judge, beside checks (default: every pair once, in two rounds at most)',
      wholeNumber(1, 500),
    )
    .option(
      '--abx <n>',
      'ABX trials of each judge after the pairs: is a third sound A or B? They tell whether a difference is heard at all, and rank nothing',
      wholeNumber(0, 200),
      0,
    )
    .addOption(
      new Option('--reveal <when>', 'when a judge is told what was what').choices(['own', 'all']).default('own'),
    )
    .option('--no-serve', 'make the session and stop')
    .action((runs: string[], options: JudgeOptions) => judgeRuns(runs, options, context))
  addServing(judge)
  judge.addOption(
    new Option(
      '--database <url>',
      'PostgreSQL that keeps the votes, for several servers of one session: postgres://USER@HOST/DATABASE (default: votes.jsonl)',
    ).env('HOCKET_DATABASE'),
  )
  addExamples(addSharedOptions(judge), [
    'hocket judge 1 2 3 4 --judges 8 --criteria overall,order,interplay,evolution',
    'hocket judge runs/* --by plan --seconds 60 --out sessions/june --seed 7',
    'hocket judge 1 2 --judges 12 --abx 16',
    'hocket judge serve sessions/june',
    'hocket judge results sessions/june',
    'hocket judge verify sessions/june',
  ])
  addServe(judge, context)
  addVerify(judge, context)
  addTellResults(judge, context)
  addJudgeMachine(judge, context)
  addJudgeFit(judge, context)
  addTake(judge, context)
}

function addServing(command: Command): Command {
  const more = (value: string, before: readonly string[]) => [...before, value]
  return command
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', `port to listen on (default: ${usualJudgingPort}, or a free one)`, wholeNumber(1, 65535))
    .option('--name <host>', 'host name under which judges reach this server; may be given again', more, [])
}

function addServe(judge: Command, context: CommandContext): void {
  const command = judge
    .command('serve <folder>')
    .description('Serve a session that was made before; votes go on where they were.')
    .action((folder: string, _: unknown, self: Command) => serve(folder, self.optsWithGlobals(), context))
  addExamples(command, [
    'hocket judge serve judging',
    'hocket judge serve judging --host 0.0.0.0 --name judge.example.org',
  ])
}

function addVerify(judge: Command, context: CommandContext): void {
  const command = judge
    .command('verify <folder>')
    .description('Check the chain of a session’s votes; names the first line that was changed.')
    .option('--holds <hash>', 'hash of a line that must be there: a receipt, or the last line as it was once')
    .action((folder: string, _: unknown, self: Command) => verify(folder, self.optsWithGlobals(), context))
  addExamples(command, ['hocket judge verify judging'])
}

function addTellResults(judge: Command, context: CommandContext): void {
  const command = judge
    .command('results <folder>')
    .description(`Print the verdicts and write ${resultFiles.slice(0, 3).join(', ')}.`)
    .action((folder: string, _: unknown, self: Command) => tellResults(folder, self.optsWithGlobals(), context))
  addExamples(command, ['hocket judge results judging', 'hocket judge results judging --json'])
}

function addTake(judge: Command, context: CommandContext): void {
  const command = judge
    .command('take <folder> <judge> <file>')
    .description('Store the answers that a judge’s page saved to a file because no server could be reached.')
    .action((folder: string, name: string, file: string, _: unknown, self: Command) =>
      take(self.optsWithGlobals(), { folder, judge: name, file }, context),
    )
  addExamples(command, ['hocket judge take judging judge-03 answers.jsonl'])
}

async function take(
  { database }: KeepingOptions,
  { folder, judge, file }: { folder: string; judge: string; file: string },
  context: CommandContext,
): Promise<void> {
  const taken = await takeStatements(openSession(folder, database), {
    judge,
    file,
    now: () => Date.now(),
    say: context.say,
  })
  for (const reason of taken.refused) context.say(`${file}: ${reason}\n`)
  context.print(
    `${folder}: ${taken.stored} of ${judge}'s statements stored, ${taken.known} were known, ${taken.refused.length} refused.\n`,
  )
  if (taken.refused.length > 0) context.setExitCode(exitCodes.badInput)
}

function readCriteria(text: string): Criterion[] {
  const names = text.split(',').map((name) => name.trim())
  const known = names.flatMap((name) => {
    const parsed = criterionSchema.safeParse(name)
    return parsed.success ? [parsed.data] : []
  })
  if (known.length !== names.length || new Set(known).size !== known.length || !known.includes('overall'))
    throw new InvalidArgumentError(
      `Expected overall and perhaps more of ${criteria.join(', ')}, got "${oneLine(text)}".`,
    )
  return ['overall', ...known.filter((name) => name !== 'overall')]
}

async function judgeRuns(runs: readonly string[], options: JudgeOptions, context: CommandContext): Promise<void> {
  if (runs.length < 2)
    throw new InputError('usage', `judge: expected two runs or more, got ${runs.length}. See \`hocket judge --help\`.`)
  const folder = options.out ?? 'judging'
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new InputError(
      'session-exists',
      `${folder}: expected an empty folder, got one with files. Choose another --out, or \`hocket judge serve ${folder}\`.`,
    )
  mkdirSync(folder, { recursive: true })
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31)
  let last = ''
  await makeSession({
    ...options,
    runs,
    folder,
    seed,
    pairs: options.pairs ?? null,
    onStep(what) {
      if (what !== last && options.quiet !== true) context.say(`judge: ${what}\n`)
      last = what
    },
  })
  const { key, session } = openSession(folder)
  for (const [kind, reason] of Object.entries(key.missingAnchors))
    context.say(`No hidden anchor "${kind}": ${reason}.\n`)
  if (!options.json)
    context.print(
      `${folder}: ${key.clips.length} clips of ${session.clip.seconds.toFixed(2)} s at ${session.clip.loudnessLufs.toFixed(1)} LUFS, ${key.judges[0]?.trials.length ?? 0} pairs for each of ${key.judges.length} judges. Seed ${seed}.\n`,
    )
  if (options.serve) await serve(folder, options, context)
  else if (options.json) context.print(`${JSON.stringify({ session: folder, seed })}\n`)
}

async function serve(folder: string, options: ServeOptions, context: CommandContext): Promise<void> {
  const server = await serveJudging({
    folder,
    database: options.database ?? null,
    host: options.host,
    port: options.port,
    names: [...options.name, options.host],
    log: (text) => context.say(`judge: ${oneLine(text)}\n`),
    say: context.say,
  })
  const links = linksOf(folder, publicAddress(server.url, options))
  if (options.json) context.print(`${JSON.stringify({ session: folder, url: server.url, links })}\n`)
  else context.print(`${links.map(({ who, link }) => `${who}: ${link}`).join('\n')}\n`)
  if (!options.quiet)
    context.say('Each link is for one judge. Ctrl-C ends the serving; nothing that was voted is lost.\n')
  await untilInterrupted()
  await server.close()
}

/** What judges type: a name of this server where one is given. */
function publicAddress(url: string, { name }: ServeOptions): string {
  const [first] = name
  if (first === undefined) return url
  const address = new URL(url)
  address.hostname = first
  return address.href
}

function linksOf(folder: string, url: string) {
  return readFileSync(path.join(folder, linksName), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [who = '', token = ''] = line.split(' ')
      return { who, link: `${url}${who === 'organiser' ? 'results.html' : ''}#${token}` }
    })
}

async function verify(folder: string, options: KeepingOptions & { holds?: string }, context: CommandContext) {
  const opened = openSession(folder, options.database)
  const { lines, head, torn, broken, endKnown } = await readStore(opened)
  const held = options.holds === undefined || lines.some(({ hash }) => hash === options.holds)
  const fault =
    broken !== null
      ? `line ${broken.line}: ${broken.why}`
      : torn !== null
        ? `line ${torn} is torn: the file ends inside it; it was never acknowledged`
        : !endKnown && opened.session.version > 1
          ? 'votes.head is missing: whether lines were cut off at the end cannot be told'
          : held
            ? null
            : `no line has the hash ${options.holds}: lines were cut off`
  if (options.json) context.print(`${JSON.stringify({ session: folder, lines: lines.length, head, fault })}\n`)
  else if (fault === null) context.print(`${folder}: ${lines.length} lines, the chain holds. Last hash ${head}\n`)
  else context.print(`${whereVotesAre(opened)}: ${fault}. The ${lines.length} lines before it hold.\n`)
  if (!endKnown && fault === null)
    context.say(`${folder}: no votes.head: whether lines were cut off at the end cannot be told.\n`)
  if (fault !== null) context.setExitCode(exitCodes.badInput)
}

async function tellResults(folder: string, options: KeepingOptions, context: CommandContext): Promise<void> {
  const opened = openSession(folder, options.database)
  const { lines, broken } = await readStore(opened)
  if (broken !== null)
    throw new InputError('broken-chain', `${whereVotesAre(opened)}: line ${broken.line}: ${broken.why}. Put it back.`)
  const people = { ...opened, said: lines }
  const said = { ...people, machines: readMachines(folder, people) }
  const results = resultsOf(said)
  for (const name of resultFiles)
    if (name !== 'votes.jsonl') writeFileSync(path.join(folder, name), exportResults(said, name))
  if (options.json) return context.print(`${JSON.stringify(describeResults(said, results))}\n`)
  for (const { criterion, verdict, votes } of results.criteria)
    context.print(`${criterion} (${votes} votes): ${verdict.sentence}\n`)
  if (results.abx !== null) {
    const { right, of, p } = results.abx.all
    const guessed = p === null ? '' : `; guessing does as well with a chance of ${p.toPrecision(2)}`
    context.print(`ABX: X named right in ${right} of ${of}${guessed}.\n`)
  }
  context.print(`${results.counted.length} of ${results.votes} votes count; ${folder}: ${resultFiles.join(', ')}\n`)
}
