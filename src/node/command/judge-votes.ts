// hocket judge verify, results and take: what became of a session's votes.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { InputError } from '../../record/index.ts'
import {
  checkClips,
  describeResults,
  exportResults,
  type OpenedSession,
  openSession,
  readMachines,
  readStore,
  resultFiles,
  resultsOf,
  type SessionResults,
  takeStatements,
  whereVotesAre,
} from '../judge/index.ts'
import { createDerivedFiles } from '../store/run-folder.ts'
import { addExamples, type CommandContext } from './context.ts'
import { exitCodes, oneLine } from './failure.ts'
import { addKeepingOptions, type KeepingOptions, readOptions } from './judge-options.ts'

export function addVerify(judge: Command, context: CommandContext): void {
  const command = judge
    .command('verify <folder>')
    .description('Check the chain of a session’s votes; names the first line that was changed.')
    .option('--holds <hash>', 'hash of a line that must be there: a receipt, or the last line as it was once', readHash)
    .action((folder: string, _: unknown, self: Command) => verify(folder, readOptions(self), context))
  addExamples(addKeepingOptions(command), ['hocket judge verify judging'])
}

function readHash(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text
  throw new InvalidArgumentError(`Expected a hash, 64 hex digits, got "${oneLine(text)}".`)
}

export function addResults(judge: Command, context: CommandContext): void {
  const command = judge
    .command('results <folder>')
    .description(`Print the verdicts and write ${written.join(', ')} into the folder.`)
    .action((folder: string, _: unknown, self: Command) => tellResults(folder, readOptions(self), context))
  addExamples(addKeepingOptions(command), ['hocket judge results judging', 'hocket judge results judging --json'])
}

export function addTake(judge: Command, context: CommandContext): void {
  const command = judge
    .command('take <folder> <judge> <file>')
    .description('Store the answers that a judge’s page saved to a file because no server could be reached.')
    .action((folder: string, name: string, file: string, _: unknown, self: Command) =>
      take(readOptions(self), { folder, judge: name, file }, context),
    )
  addExamples(addKeepingOptions(command), ['hocket judge take judging judge-03 answers.jsonl'])
}

async function take(
  { database, json }: KeepingOptions,
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
    json
      ? `${JSON.stringify({ session: folder, judge, ...taken })}\n`
      : `${folder}: ${taken.stored} of ${judge}'s statements stored, ${taken.known} were known, ${taken.refused.length} refused.\n`,
  )
  if (taken.refused.length > 0) context.setExitCode(exitCodes.badInput)
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
  const clips = faultOfClips(opened)
  if (options.json) context.print(`${JSON.stringify({ session: folder, lines: lines.length, head, fault, clips })}\n`)
  else if (fault === null)
    context.print(
      lines.length === 0
        ? `${folder}: nothing is stored; if there were votes, they were taken away.\n`
        : `${folder}: ${lines.length} lines, the chain holds. Last hash ${head}\n`,
    )
  else context.print(`${whereVotesAre(opened)}: ${fault}. The ${lines.length} lines before it hold.\n`)
  if (!endKnown && fault === null)
    context.say(`${folder}: no votes.head: whether lines were cut off at the end cannot be told.\n`)
  if (fault !== null) context.setExitCode(exitCodes.badInput)
  if (clips === null) return
  context.say(`hocket: ${clips}\n`)
  context.setExitCode(exitCodes.badInput)
}

/** null: they are as they were made. */
function faultOfClips(opened: OpenedSession): string | null {
  try {
    checkClips(opened)
    return null
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
}

const written = resultFiles.filter((name) => name !== 'votes.jsonl')

async function tellResults(folder: string, options: KeepingOptions, context: CommandContext): Promise<void> {
  const opened = openSession(folder, options.database)
  const { lines, broken } = await readStore(opened)
  if (broken !== null)
    throw new InputError('broken-chain', `${whereVotesAre(opened)}: line ${broken.line}: ${broken.why}. Put it back.`)
  const people = { ...opened, said: lines }
  const said = { ...people, machines: readMachines(folder, people, context.say) }
  const results = resultsOf(said)
  // All of one moment, or none.
  const files = createDerivedFiles(folder)
  try {
    for (const name of written) writeFileSync(files.begin(name), exportResults(said, name, results))
    files.keep()
  } finally {
    files.discard()
  }
  if (options.json) return context.print(`${JSON.stringify(describeResults(said, results))}\n`)
  const where = written.map((name) => path.join(folder, name)).join(', ')
  context.print(`${sayVerdicts(results)}${results.counted.length} of ${results.votes} votes count; ${where}\n`)
}

function sayVerdicts({ criteria, abx }: SessionResults): string {
  const verdicts = criteria.map(
    ({ criterion, verdict, votes }) => `${criterion} (${votes} votes): ${verdict.sentence}\n`,
  )
  if (abx === null) return verdicts.join('')
  const { right, of, p } = abx.all
  const guessed = p === null ? '' : `; guessing does as well with a chance of ${p.toPrecision(2)}`
  return `${verdicts.join('')}ABX: ${of === 0 ? 'no trial counts' : `X named right in ${right} of ${of}${guessed}`}.\n`
}
