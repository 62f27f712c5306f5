// hocket judge machine: a model, or our measures, sits a session under the same blindness as people, and stands beside their ranking.
import { type Command, InvalidArgumentError, Option } from 'commander'
import { defaultRanking } from '../../measure/index.ts'
import {
  type Criterion,
  criteria,
  InputError,
  type MachineKind,
  machineKinds,
  serverSpecSchema,
} from '../../record/index.ts'
import { openSession } from '../judge/index.ts'
import { describeMachine } from '../machine/describe.ts'
import { createModelJudge } from '../machine/model-judge.ts'
import { checkAnswered, checkCriterion, keepMachine, sitSession, sittingOf } from '../machine/session.ts'
import { type Sitting, sitWithMeasures } from '../machine/sit.ts'
import { createBudget } from '../models/budget.ts'
import { readKey } from '../models/key.ts'
import { addExamples, type CommandContext } from './context.ts'
import { wholeNumber } from './failure.ts'
import { addKeepingOptions, type KeepingOptions, readOptions } from './judge-options.ts'
import { addAskingOptions, type ModelOptions, modelSettingsOf } from './model-options.ts'
import { createProgress, type Progress } from './progress.ts'
import { readRankingSettings, settingsOption } from './ranking-settings.ts'
import { parseSeat } from './seats.ts'

interface MachineOptions extends KeepingOptions, ModelOptions {
  readonly kind: MachineKind
  readonly model?: string
  readonly criterion: Criterion
  readonly checks: number
  readonly pairs?: number
  readonly seed?: number
  readonly settings?: string
}

const usualTimeoutSeconds = 120
const usualAnswerTokens = 200
const usualChecks = 6

export function addJudgeMachine(judge: Command, context: CommandContext): void {
  const command = judge
    .command('machine <folder>')
    .description(
      "Let a machine judge a session's pairs, blind, in both orders, with canaries; its verdicts stand beside people's ranking and are no part of it.",
    )
    .addOption(
      new Option(
        '--kind <what>',
        'a model that listens to both clips or reads words about them, or our measures of both',
      )
        .choices(machineKinds)
        .makeOptionMandatory(),
    )
    .option('--model <model>', 'MODEL or MODEL@URL behind an OpenAI-compatible server; --kind measures needs none')
    .addOption(
      new Option('--criterion <name>', 'what it is asked, as people are, and of whose votes it is laid beside')
        .choices(criteria)
        .default('overall'),
    )
    .option(
      '--checks <n>',
      'how many clips are laid beside themselves, and pairs asked again 3 dB softer',
      wholeNumber(0, 100),
      usualChecks,
    )
    .option('--pairs <n>', 'most pairs (default: all that people were given)', wholeNumber(1, 500))
    .option('--seed <n>', 'fixes the order of the questions (default: 1)', wholeNumber(0))
    .option('--settings <file>', settingsOption)
  addAskingOptions(command, `longest wait for one answer (default: ${usualTimeoutSeconds})`, usualAnswerTokens)
  command.action((folder: string, _: unknown, self: Command) => judgeByMachine(folder, readOptions(self), context))
  addExamples(addKeepingOptions(command), [
    'hocket judge machine judging --kind listens --model gpt-4o-audio-preview --max-tokens 200000',
    'hocket judge machine judging --kind reads --model llama3.2@http://127.0.0.1:11434/v1',
    'hocket judge machine judging --kind measures --settings learned.json',
  ])
}

async function judgeByMachine(folder: string, options: MachineOptions, context: CommandContext): Promise<void> {
  checkKind(options)
  const opened = openSession(folder, options.database)
  checkCriterion(opened, options.criterion)
  const seed = options.seed ?? 1
  let progress: Progress | undefined
  const sitting = sittingOf(opened, {
    checks: options.checks,
    pairs: options.pairs ?? null,
    seed,
    onAnswer(done, total) {
      progress ??= createProgress({ label: 'judge machine', unit: 'question', total, quiet: options.quiet === true })
      progress.step(done)
    },
  })
  if (sitting.pairs.length === 0)
    throw new InputError('no-pairs', `${folder}: expected pairs that people were given, got none.`)
  const settings = options.settings === undefined ? defaultRanking : readRankingSettings(options.settings)
  const seated =
    options.kind === 'measures'
      ? { name: settings.name, conduct: sitWithMeasures(sitting, settings) }
      : await askModel(options.kind, options, sitting)
  progress?.done()
  checkAnswered(seated.conduct)
  const { result, file } = await keepMachine(opened, options.criterion, { kind: options.kind, seed, ...seated })
  context.print(options.json ? `${JSON.stringify(result)}\n` : `${describeMachine(result)}${file}\n`)
}

/** Throws InputError (usage) for what the kind would not look at. */
function checkKind({ kind, model, settings }: MachineOptions): void {
  const [idle, use] =
    kind === 'measures'
      ? [model === undefined ? null : '--model', 'Our measures need none: leave it out, or choose another --kind.']
      : [
          settings === undefined ? null : '--settings',
          'They weigh our measures: leave them out, or ask --kind measures.',
        ]
  if (idle !== null) throw new InputError('usage', `judge machine: --kind ${kind}: expected no ${idle}. ${use}`)
}

/** Throws InputError (usage) without a model, or with one that cannot listen. */
async function askModel(kind: 'listens' | 'reads', options: MachineOptions, sitting: Sitting) {
  if (options.model === undefined)
    throw new InputError('usage', `judge machine: --kind ${kind}: expected --model MODEL or MODEL@URL, got none.`)
  const { caps, prices, cache } = modelSettingsOf(options)
  const spec = serverSpecSchema.parse({
    ...readModel(options.model),
    temperature: options.temperature ?? null,
    answerTokens: options.answerTokens ?? usualAnswerTokens,
    timeoutSeconds: options.timeout ?? usualTimeoutSeconds,
    clock: 'world',
  })
  const judge = createModelJudge({
    spec,
    key: readKey('judge'),
    seed: sitting.seed,
    criterion: options.criterion,
    budget: createBudget(caps, prices),
    cache,
  })
  return { name: spec.model, conduct: await sitSession(sitting, kind, judge) }
}

function readModel(text: string) {
  try {
    const { dj } = parseSeat(`openai:${text}`)
    if (dj.kind === 'server') return dj
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw new InputError('usage', `judge machine: --model: ${error.message}`)
  }
  throw new InputError('usage', `judge machine: --model: expected MODEL or MODEL@URL, got "${text}".`)
}
