// The command line: hocket party | score | render | sonify | tap | replay | listen | judge | measure | compare-ears | audit-mapping | gauntlet | bench.
import { Command } from 'commander'
import { installedVersion } from '../installation.ts'
import type { CommandContext } from './context.ts'
import { exitCodes, oneLine, reportFailure } from './failure.ts'

/** Runs one command line (without node and script). Returns the exit code; never throws for bad input. */
export async function runCommand(
  words: readonly string[],
  terminal: Pick<CommandContext, 'print' | 'say'>,
): Promise<number> {
  let exitCode: number = exitCodes.well
  const context: CommandContext = {
    ...terminal,
    setExitCode: (code) => {
      exitCode = code
    },
  }
  try {
    await (await createProgram(words, context)).parseAsync(words, { from: 'user' })
    return exitCode
  } catch (error) {
    return reportFailure(error, terminal.say, process.env['HOCKET_TRACE'] === '1')
  }
}

async function createProgram(words: readonly string[], context: CommandContext): Promise<Command> {
  const program = new Command('hocket')
    .description('Hear language-model agents together, and measure whether they harmonise.')
    .version(installedVersion)
    .exitOverride()
    .configureOutput({
      writeOut: context.print,
      writeErr: context.say,
      outputError: (text, write) => write(`${oneLine(text.replace(/^error: /, 'hocket: '))}\n`),
    })
    .showHelpAfterError('Run it with --help to see what it takes.')
  for (const addCommand of await loadCommands(words[0])) addCommand(program, context)
  return program
}

/** All commands; `measure`, which scripts call again and again, starts without what only the others need. */
async function loadCommands(
  name: string | undefined,
): Promise<readonly ((program: Command, context: CommandContext) => void)[]> {
  if (name === 'measure') return [(await import('./measure.ts')).addMeasureCommand]
  return (await import('./commands.ts')).commands
}
