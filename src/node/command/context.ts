// What every command has at hand: where to print, whether to be quiet, how to end.
import type { Command } from 'commander'

export interface CommandContext {
  /** Results: stdout. */
  print(text: string): void
  /** Everything else: stderr. */
  say(text: string): void
  /** Ends the process with this code once the command is done; 0 unless set. */
  setExitCode(code: number): void
}

export interface SharedOptions {
  readonly json?: boolean
  readonly quiet?: boolean
}

/** --json and --quiet, the same everywhere. */
export function addSharedOptions(command: Command): Command {
  return command
    .option('--json', 'print the result as one JSON object on stdout')
    .option('--quiet', 'a line of progress now and then instead of a running one')
}

/** Examples below a command's help. */
export function addExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`)
}
