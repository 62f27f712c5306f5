// hocket judge serve: the judges' page of a session, and a link for each judge.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { linksName, openLinks, openSession, serveJudging, usualJudgingPort } from '../judge/index.ts'
import { addExamples, type CommandContext } from './context.ts'
import { oneLine, wholeNumber } from './failure.ts'
import { addKeepingOptions, type KeepingOptions, readOptions } from './judge-options.ts'
import { untilInterrupted } from './listen.ts'

export interface ServeOptions extends KeepingOptions {
  readonly host: string
  readonly port?: number
  readonly name: readonly string[]
}

export function addServingOptions(command: Command): Command {
  const more = (value: string, before: readonly string[] = []) => [...before, value]
  return command
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', `port to listen on (default: ${usualJudgingPort}, or a free one)`, wholeNumber(1, 65535))
    .option('--name <host>', 'host name under which judges reach this server; may be given again', more)
}

export function addServe(judge: Command, context: CommandContext): void {
  const command = judge
    .command('serve <folder>')
    .description('Serve a session that was made before, until Ctrl-C; votes go on where they were.')
    .action((folder: string, _: unknown, self: Command) => serve(folder, readOptions(self), context))
  addExamples(addKeepingOptions(addServingOptions(command)), [
    'hocket judge serve judging',
    'hocket judge serve judging --host 0.0.0.0 --name judge.example.org',
  ])
}

export async function serve(folder: string, options: ServeOptions, context: CommandContext): Promise<void> {
  const tokens = readLinks(folder, context)
  const server = await serveJudging({
    folder,
    database: options.database ?? null,
    host: options.host,
    port: options.port,
    names: [...(options.name ?? []), options.host],
    log: (text) => context.say(`judge: ${oneLine(text)}\n`),
    say: context.say,
  })
  const url = publicAddress(server.url, options)
  const links = tokens.map(({ who, token }) => ({
    who,
    link: `${url}${who === 'organiser' ? 'results.html' : ''}#${token}`,
  }))
  if (options.json) context.print(`${JSON.stringify({ session: folder, url: server.url, links })}\n`)
  else context.print(`${links.map(({ who, link }) => `${who}: ${link}`).join('\n')}\n`)
  if (!options.quiet)
    context.say('Each link is for one judge. Ctrl-C ends the serving; nothing that was voted is lost.\n')
  await untilInterrupted()
  await server.close()
}

/** What judges type: a name of this server where one is given. */
function publicAddress(url: string, { name }: ServeOptions): string {
  const first = name?.[0]
  if (first === undefined) return url
  const address = new URL(url)
  address.hostname = first
  return address.href
}

/** Links that open nothing are not printed. The session is served without them: who has a link may go on. */
function readLinks(folder: string, context: CommandContext) {
  const { key } = openSession(folder)
  const file = path.join(folder, linksName)
  const links = existsSync(file) ? openLinks(readFileSync(file, 'utf8'), key) : []
  const missing = key.judges.filter(({ kind }) => kind === 'person').length + 1 - links.length
  if (missing > 0)
    context.say(
      `${file}: expected a link for every judge and the organiser's, ${missing} ${missing === 1 ? 'is' : 'are'} missing or changed. Put the file back: key.json has their hashes alone.\n`,
    )
  return links
}
