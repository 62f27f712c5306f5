// hocket judge serve: the judges' page of a session, and a link for each judge.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { linksName, openLinks, openSession, readPublicName, serveJudging, usualJudgingPort } from '../judge/index.ts'
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
  const more = (value: string, before: readonly string[] = []) => [...before, readName(value)]
  return command
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', `port to listen on (default: ${usualJudgingPort}, or a free one)`, wholeNumber(1, 65535))
    .option(
      '--name <name>',
      'host name under which judges reach this server or, where a proxy stands before it, the whole address: https://judge.example.org; may be given again',
      more,
    )
}

function readName(text: string): string {
  if (readPublicName(text) !== null) return text
  throw new InvalidArgumentError(
    `Expected a host name, or an address with scheme and port and nothing after it, as https://judge.example.org:8443, got "${oneLine(text)}".`,
  )
}

export function addServe(judge: Command, context: CommandContext): void {
  const command = judge
    .command('serve <folder>')
    .description('Serve a session that was made before, until Ctrl-C; votes go on where they were.')
    .action((folder: string, _: unknown, self: Command) => serve(folder, readOptions(self), context))
  addExamples(addKeepingOptions(addServingOptions(command)), [
    'hocket judge serve judging',
    'hocket judge serve judging --host 0.0.0.0 --name studio.local',
    'hocket judge serve judging --name https://judge.example.org',
  ])
}

export async function serve(folder: string, options: ServeOptions, context: CommandContext): Promise<void> {
  const tokens = readLinks(folder, context)
  const given = options.name ?? []
  if (given.length === 0 && readPublicName(options.host) === null)
    context.say(
      `--host ${oneLine(options.host)}: judges on other machines are refused, since no --name says under which name or address they ask. End this, and give it.\n`,
    )
  const server = await serveJudging({
    folder,
    database: options.database ?? null,
    host: options.host,
    port: options.port,
    names: given,
    log: (text) => context.say(`judge: ${oneLine(text)}\n`),
    say: context.say,
  })
  const { url } = server
  const links = tokens.map(({ who, token }) => ({
    who,
    link: `${url}${who === 'organiser' ? 'results.html' : ''}#${token}`,
  }))
  if (options.json) context.print(`${JSON.stringify({ session: folder, url, links })}\n`)
  else context.print(`${links.map(({ who, link }) => `${who}: ${link}`).join('\n')}\n`)
  if (!options.quiet)
    context.say('Each link is for one judge. Ctrl-C ends the serving; nothing that was voted is lost.\n')
  await untilInterrupted()
  await server.close()
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
