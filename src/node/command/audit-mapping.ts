// hocket audit-mapping: does a mapping say what words mean, and does it stay at chance with what means nothing?
import { type Command, InvalidArgumentError, Option } from 'commander'
import { shippedMasks } from '../../djs/index.ts'
import { defaultMapping, type Mapping, mappingSchema } from '../../record/index.ts'
import {
  auditFaithfulness,
  auditHonesty,
  describeAudit,
  leastEven,
  leastFaithful,
  type MappingAudit,
  readPairs,
} from '../audit/index.ts'
import { loadLexicon, loadLexiconWords, loadMeanings, pairsFile, readText } from '../installation.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { createProgress } from './progress.ts'

interface AuditOptions extends SharedOptions {
  readonly mapping: Mapping['name']
  readonly pairs?: string
  readonly texts: number
  readonly twins: number
  readonly seed: string
}

export function addAuditMappingCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('audit-mapping')
    .description(
      'Audit a mapping: faithfulness (is what means alike consonant?) and honesty (does what means nothing stay at chance among its twins?).',
    )
    .addOption(
      new Option('--mapping <name>', 'the mapping')
        .choices(mappingSchema.shape.name.options)
        .default(defaultMapping.name),
    )
    .option('--pairs <file>', 'more pairs of words with ratings of likeness: CSV or tabs, `a,b,rating` a line')
    .option('--texts <count>', 'texts of each kind for honesty', readCount, 40)
    .option('--twins <count>', 'twins of each text', readCount, 19)
    .option('--seed <seed>', 'for the texts and their twins', '1')
    .action((options: AuditOptions) => audit(options, context))
  addExamples(addSharedOptions(command), [
    'hocket audit-mapping',
    'hocket audit-mapping --mapping letters --json',
    'hocket audit-mapping --pairs wordsim353.csv',
  ])
}

function readCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 2 || count > 10_000)
    throw new InvalidArgumentError(`expected a whole number from 2 to 10000, got "${text}".`)
  return count
}

function audit(options: AuditOptions, context: CommandContext): void {
  const mapping = { ...defaultMapping, name: options.mapping }
  const subject = { mapping, lexicon: loadLexicon(), meanings: loadMeanings() }
  const files = [pairsFile, ...(options.pairs === undefined ? [] : [options.pairs])]
  const faithfulness = files.map((file) => ({
    source: file === pairsFile ? 'WordNet, held out' : file,
    ...auditFaithfulness(readPairs(readText(file), file), subject),
  }))
  const { texts, twins } = options
  const honesty = auditTexts(options, subject)
  const found: MappingAudit = {
    mapping: options.mapping,
    faithfulness,
    honesty,
    texts,
    twins,
    faithful: faithfulness.every(
      ({ motifs, meanings, strangers, chance }) =>
        (motifs ?? 0) >= leastFaithful * (meanings ?? 1) && (strangers ?? 0) <= chance,
    ),
    honest: Object.values(honesty).every((kinds) => Object.values(kinds).every(({ p }) => p >= leastEven)),
  }
  context.print(options.json ? `${JSON.stringify(found)}\n` : describeAudit(found))
}

function auditTexts({ texts, twins, seed, quiet }: AuditOptions, subject: Parameters<typeof auditFaithfulness>[1]) {
  const progress = createProgress({ label: 'audit-mapping', unit: 'text', total: 2 * texts, quiet: quiet === true })
  try {
    return auditHonesty({
      ...subject,
      vocabulary: loadLexiconWords(),
      lines: shippedMasks.flatMap(({ phrases }) => phrases),
      texts,
      twins,
      seed,
      onText: (done) => progress.step(done),
    })
  } finally {
    progress.done()
  }
}
