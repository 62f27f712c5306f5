// What the subcommands of hocket judge share: where votes are kept, --json and --quiet.
import { type Command, Option } from 'commander'
import { InputError } from '../../record/index.ts'
import { addSharedOptions, type SharedOptions } from './context.ts'

export interface KeepingOptions extends SharedOptions {
  readonly database?: string
}

export function addKeepingOptions(command: Command): Command {
  command.addOption(
    new Option(
      '--database <url>',
      'PostgreSQL that keeps the votes, for several servers of one session: postgres://USER@HOST/DATABASE (default: votes.jsonl)',
    ).env('HOCKET_DATABASE'),
  )
  return addSharedOptions(command)
}

/** A subcommand's options; those that `hocket judge` knows, too, end up there, wherever they stand. Throws InputError (usage) for others. */
export function readOptions<Options extends object>(self: Command): Options {
  const options: Record<string, unknown> = self.opts()
  const above = self.parent
  for (const [name, value] of Object.entries(above?.opts() ?? {})) {
    if (above?.getOptionValueSource(name) !== 'cli') continue
    if (!self.options.some((option) => option.attributeName() === name)) {
      const given = above?.options.find((option) => option.attributeName() === name)?.long ?? `--${name}`
      throw new InputError(
        'usage',
        `judge ${self.name()}: expected no ${given}. See \`hocket judge ${self.name()} --help\`.`,
      )
    }
    if (self.getOptionValueSource(name) !== 'cli') options[name] = value
  }
  return options as Options
}
