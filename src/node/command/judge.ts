// hocket judge: makes a judging session of runs and serves it. What is done with a session later are its subcommands.
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Criterion, criteria, criterionSchema, InputError } from '../../record/index.ts'
import { checkDatabaseUrl, makeSession, openSession } from '../judge/index.ts'
import { addExamples, type CommandContext } from './context.ts'
import { oneLine, wholeNumber } from './failure.ts'
import { addJudgeFit } from './judge-fit.ts'
import { addJudgeMachine } from './judge-machine.ts'
import { describeMade, warnOfMade } from './judge-made.ts'
import { addKeepingOptions } from './judge-options.ts'
import { addServe, addServingOptions, type ServeOptions, serve } from './judge-serve.ts'
import { addResults, addTake, addVerify } from './judge-votes.ts'

interface JudgeOptions extends ServeOptions {
  readonly judges: number
  readonly criteria?: readonly Criterion[]
  readonly out: string
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
    .action((runs: string[], options: JudgeOptions) => judgeRuns(runs, options, context))
  addKeepingOptions(addServingOptions(addPlanning(judge)))
  addExamples(judge, [
    'hocket judge 1 2 3 4 --judges 8 --criteria overall,order,interplay,evolution',
    'hocket judge runs/* --by plan --seconds 60 --out sessions/june --seed 7',
    'hocket judge 1 2 --judges 12 --abx 16',
    'hocket judge serve sessions/june',
    'hocket judge results sessions/june',
    'hocket judge verify sessions/june',
  ])
  for (const add of [addServe, addVerify, addResults, addJudgeMachine, addJudgeFit, addTake]) add(judge, context)
}

/** Who hears what, and of what. */
function addPlanning(judge: Command): Command {
  return judge
    .option('--judges <n>', 'how many judges', wholeNumber(1, 1000), 8)
    .option('--criteria <list>', `what is asked, of ${criteria.join(', ')} (default: overall)`, readCriteria)
    .option('--out <folder>', 'where the session is kept', 'judging')
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
      'pairs of each judge, beside checks (default: every pair once on each clip, as far as two rounds of half an hour hold)',
      wholeNumber(1, 500),
    )
    .option(
      '--abx <n>',
      'ABX trials of each judge after the pairs: is a third sound A or B? They tell whether a difference is heard at all, and rank nothing',
      wholeNumber(0, 200),
      0,
    )
    .addOption(
      new Option(
        '--reveal <when>',
        'when judges are told what was what: each at the own end, or all when all are through',
      )
        .choices(['own', 'all'])
        .default('own'),
    )
    .option('--no-serve', 'make the session and stop')
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
  const { out: folder } = options
  if (options.database !== undefined) checkDatabaseUrl(options.database)
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31)
  let last = ''
  await makeSession({
    ...options,
    criteria: options.criteria ?? ['overall'],
    runs,
    folder,
    seed,
    pairs: options.pairs ?? null,
    onStep(what) {
      if (what !== last && options.quiet !== true) context.say(`judge: ${what}\n`)
      last = what
    },
  })
  tellMade(folder, options, context)
  if (!options.serve) {
    if (options.json) context.print(`${JSON.stringify({ session: folder, seed })}\n`)
    return
  }
  try {
    await serve(folder, options, context)
  } catch (error) {
    context.say(`${folder}: the session is made, and can be served by \`hocket judge serve ${folder}\`.\n`)
    throw error
  }
}

function tellMade(folder: string, { json, quiet }: JudgeOptions, context: CommandContext): void {
  const made = openSession(folder)
  for (const [kind, reason] of Object.entries(made.key.missingAnchors))
    context.say(`No hidden anchor "${kind}": ${reason}.\n`)
  if (quiet !== true) for (const line of warnOfMade(made)) context.say(`${line}\n`)
  if (!json) context.print(describeMade(made))
}
