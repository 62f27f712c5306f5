// hocket listen: serves the listening page until Ctrl-C.
import path from 'node:path'
import type { Command } from 'commander'
import { InputError } from '../../record/index.ts'
import { hearOthersBeside } from '../server/chance.ts'
import { startServer, usualPort } from '../server/server.ts'
import { readRecord } from '../store/record-file.ts'
import { defaultRunsFolder, findRun, recordName } from '../store/run-folder.ts'
import { createShelf } from '../store/shelf.ts'
import { addExamples, addSharedOptions, type CommandContext, type SharedOptions } from './context.ts'
import { wholeNumber } from './failure.ts'

interface ListenOptions extends SharedOptions {
  readonly live?: boolean
  readonly port?: number
  readonly hearOthers: boolean
}

export function addListenCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('listen [run]')
    .description('Serve the page to listen to runs, on this machine only, until Ctrl-C.')
    .option('--live', 'open the run that is being played now, and go along with its newest slot')
    .option('--port <number>', `port to listen on (default: ${usualPort}, or a free one)`, wholeNumber(1, 65535))
    .option('--no-hear-others', withoutHearing)
    .action((run: string | undefined, options: ListenOptions) => listen(run, options, context))
  addExamples(addSharedOptions(command), ['hocket listen', 'hocket listen 7', 'hocket listen --live --port 8080'])
}

async function listen(run: string | undefined, options: ListenOptions, context: CommandContext): Promise<void> {
  const opened = run === undefined ? null : findRun(run)
  if (opened !== null) await checkBeginning(opened)
  const id = opened === null ? liveRun(options.live === true) : path.basename(path.resolve(opened))
  const server = await startServer({ shelf: shelfFor(opened), ...hearing(options) }, options.port)
  const url = pageAddress(server.url, id, options.live === true ? 'live' : undefined)
  context.print(options.json ? `${JSON.stringify({ url })}\n` : `Listen at ${url}\n`)
  if (!options.quiet) context.say('Ctrl-C ends it.\n')
  await untilInterrupted()
  await server.close()
}

/** Of listen and of party --listen. */
export const withoutHearing =
  'do not measure, beside the page and once for a run, what chance reaches in its consonance (minutes at the lowest priority)'

export const hearing = ({ hearOthers }: Pick<ListenOptions, 'hearOthers'>) =>
  hearOthers ? { hearOthers: hearOthersBeside } : {}

/** The runs of the usual folder, and this one wherever it lies. */
export function shelfFor(folder: string | null) {
  return createShelf(defaultRunsFolder, folder === null ? [] : [folder])
}

/** The page opened at one run, from its start, or going along with what is newest of it. */
export function pageAddress(server: string, id: string | null, from?: 'live'): string {
  return id === null ? server : `${server}#run=${encodeURIComponent(id)}${from === undefined ? '' : `&t=${from}`}`
}

/** Resolves at Ctrl-C or when asked to end. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}

/** The first line says at once whether this is a record. */
async function checkBeginning(folder: string): Promise<void> {
  for await (const _ of readRecord(path.join(folder, recordName))) break
}

function liveRun(wanted: boolean): string | null {
  if (!wanted) return null
  const live = createShelf(defaultRunsFolder)
    .list()
    .find((entry) => entry.live)
  if (live !== undefined) return live.id
  throw new InputError(
    'nothing-live',
    `--live: expected a party that is being played in ${defaultRunsFolder}/, found none. Start one with \`hocket party\`.`,
  )
}
