// The command line: hocket party | score | render | sonify | tap | replay | listen | measure | compare-ears | audit-mapping | gauntlet | bench.
import { Command } from 'commander'
import { installedVersion } from '../installation.ts'
import { addAuditMappingCommand } from './audit-mapping.ts'
import { addBenchCommand } from './bench.ts'
import { addCompareEarsCommand } from './compare-ears.ts'
import type { CommandContext } from './context.ts'
import { exitCodes, oneLine, reportFailure } from './failure.ts'
import { addGauntletCommand } from './gauntlet.ts'
import { addListenCommand } from './listen.ts'
import { addMeasureCommand } from './measure.ts'
import { addPartyCommand } from './party.ts'
import { addRenderCommand } from './render.ts'
import { addReplayCommand } from './replay.ts'
import { addScoreCommand } from './score.ts'
import { addSonifyCommand } from './sonify.ts'
import { addTapCommand } from './tap.ts'

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
    await createProgram(context).parseAsync(words, { from: 'user' })
    return exitCode
  } catch (error) {
    return reportFailure(error, terminal.say, process.env['HOCKET_TRACE'] === '1')
  }
}

function createProgram(context: CommandContext): Command {
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
  const add = [
    addPartyCommand,
    addScoreCommand,
    addRenderCommand,
    addSonifyCommand,
    addTapCommand,
    addReplayCommand,
    addListenCommand,
    addMeasureCommand,
    addCompareEarsCommand,
    addAuditMappingCommand,
    addGauntletCommand,
    addBenchCommand,
  ]
  for (const addCommand of add) addCommand(program, context)
  return program
}
