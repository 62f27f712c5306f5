// hocket judge fit: what people's votes say that the ranking composite should weigh, as a settings file.
import { statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { fewestToLearn } from '../../judging/index.ts'
import { type Criterion, criteria, InputError } from '../../record/index.ts'
import { comparisonsOf, openSession } from '../judge/index.ts'
import { checkCriterion } from '../machine/session.ts'
import { describeLearned } from '../reward/describe.ts'
import { learnSettings } from '../reward/learn.ts'
import { rateClips } from '../reward/session.ts'
import { addExamples, type CommandContext } from './context.ts'
import { wholeNumber } from './failure.ts'
import { addKeepingOptions, type KeepingOptions, readOptions } from './judge-options.ts'

interface FitOptions extends KeepingOptions {
  readonly out?: string
  readonly criterion: Criterion
  readonly date?: string
  readonly seed?: number
}

export function addJudgeFit(judge: Command, context: CommandContext): void {
  const command = judge
    .command('fit <folder>')
    .description(
      `Learn the weights of the ranking composite from a session's votes and write them as settings for score and gauntlet; tells how well they tell votes of unseen judges on unseen runs. It takes votes that count of ${fewestToLearn.judges} judges on ${fewestToLearn.groups} runs with scores at least.`,
    )
    .option('--out <file>', 'where the settings go (JSON)')
    .addOption(new Option('--criterion <name>', 'which votes').choices(criteria).default('overall'))
    .option('--date <date>', 'YYYY-MM-DD, told in the file (default: today)', readDate)
    .option('--seed <n>', 'fixes what is held out (default: 1)', wholeNumber(0))
    .action((folder: string, _: unknown, self: Command) => learn(folder, readOptions(self), context))
  addExamples(addKeepingOptions(command), [
    'hocket judge fit judging --out learned.json',
    'hocket score 7 --settings learned.json',
    'hocket gauntlet --settings learned.json',
  ])
}

function readDate(text: string): string {
  if (z.iso.date().safeParse(text).success) return text
  throw new InvalidArgumentError('Expected a date as YYYY-MM-DD.')
}

/** Learning takes long: a place that cannot be written is told before. Throws InputError. */
function checkPlace(out: string): void {
  const above = path.dirname(path.resolve(out))
  const got = isFolder(out) ? 'a folder' : isFolder(above) ? null : `none, since there is no folder ${above}`
  if (got !== null)
    throw new InputError(
      'usage',
      `judge fit: --out: expected the path of a file, got ${got}: ${out}. Nothing was learned.`,
    )
}

const isFolder = (place: string) => statSync(place, { throwIfNoEntry: false })?.isDirectory() === true

async function learn(folder: string, options: FitOptions, context: CommandContext): Promise<void> {
  const { out } = options
  if (out === undefined) throw new InputError('usage', 'judge fit: expected --out FILE for the settings, got none.')
  checkPlace(out)
  const opened = openSession(folder, options.database)
  checkCriterion(opened, options.criterion)
  const { counted, withRepeats, sha256 } = await comparisonsOf(opened, options.criterion)
  const settings = learnSettings({
    items: await rateClips(opened),
    votes: counted,
    withRepeats,
    sha256,
    session: opened.session.id,
    date: options.date ?? new Date().toISOString().slice(0, 10),
    seed: options.seed ?? 1,
  })
  writeFileSync(out, `${JSON.stringify(settings, null, 2)}\n`)
  context.print(options.json ? `${JSON.stringify(settings)}\n` : `${describeLearned(settings)}${out}\n`)
}
