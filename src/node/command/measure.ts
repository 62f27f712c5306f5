// hocket measure: JSON lines in, JSON lines out; one command, many kinds of measure.
import { once } from 'node:events'
import { fstatSync } from 'node:fs'
import type { Command } from 'commander'
import type { z } from 'zod'
import type { Kernel } from '../../kernel/index.ts'
import { InputError } from '../../record/index.ts'
import { loadInstalledKernel } from '../installation.ts'
import { type MeasureKind, measureKinds, measureLines } from '../measure/index.ts'
import { addExamples, type CommandContext } from './context.ts'
import { exitCodes } from './failure.ts'

export function addMeasureCommand(program: Command, context: CommandContext): void {
  const measure = program
    .command('measure')
    .usage('<kind> < input.jsonl > output.jsonl')
    .description(
      'Measure anything: a line of JSON in, a line of JSON out, in the same order. A bad line gets an error in its place and makes the exit code 1. docs/measure.md has every field.',
    )
  for (const kind of measureKinds) addKind(measure, kind, context)
  addExamples(measure, [
    ...measureKinds.flatMap(({ name, examples }) => examples.slice(0, 1).map((line) => exampleOf(name, line))),
    'hocket measure vitality --help',
  ])
}

const exampleOf = (name: string, line: string) => `echo '${line}' | hocket measure ${name}`

function addKind(measure: Command, kind: MeasureKind, context: CommandContext): void {
  const command = measure
    .command(kind.name)
    .usage('< input.jsonl > output.jsonl')
    .description(kind.summary)
    .addHelpText('after', `\nFields of a line:\n${describeFields(kind.schema.shape)}\n\nAnswer: ${kind.answers}.`)
    .action(() => measureStandardInput(kind, context))
  addExamples(
    command,
    kind.examples.map((line) => exampleOf(kind.name, line)),
  )
}

function describeFields(shape: Readonly<Record<string, z.ZodType>>): string {
  const fields = Object.entries(shape)
  const width = Math.max(...fields.map(([name]) => name.length))
  return fields.map(([name, field]) => `  ${name.padEnd(width)}  ${field.description ?? ''}`).join('\n')
}

async function measureStandardInput(kind: MeasureKind, context: CommandContext): Promise<void> {
  if (process.stdin.isTTY) context.say('Type JSON lines; Ctrl-D ends them.\n')
  let kernel: Kernel | undefined
  const { lines, refused } = await measureLines(kind, readStandardInput(), {
    tools: {
      kernel() {
        kernel ??= loadInstalledKernel().kernel
        return kernel
      },
    },
    async write(line) {
      context.print(line)
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain')
    },
    onFault(error) {
      if (process.env['HOCKET_TRACE'] === '1') context.say(`${error instanceof Error ? error.stack : error}\n`)
    },
  })
  if (refused === 0) return
  context.say(`hocket: ${refused} of ${lines} lines were not measured; the answers say why.\n`)
  context.setExitCode(exitCodes.badInput)
}

async function* readStandardInput(): AsyncGenerator<Uint8Array> {
  if (isFolder(process.stdin.fd))
    throw new InputError('unreadable', 'standard input: expected JSON lines, got a folder. Check what is piped in.')
  try {
    for await (const block of process.stdin) yield block as Buffer
  } catch (error) {
    throw new InputError('unreadable', `standard input: expected JSON lines, got ${error}. Check what is piped in.`)
  }
}

/** A folder reads as if it were empty. */
function isFolder(handle: number): boolean {
  try {
    return fstatSync(handle).isDirectory()
  } catch {
    return false
  }
}
