// Another run to hear beside the one that is listened to: one on the shelf, or the same party played with other dice for the purpose.
// Whatever keeps it from being heard is told in words for people.
import { z } from 'zod'
import { parseLine } from '../../record/index.ts'
import { nameRun } from '../view/runs.ts'
import { type Composer, type ComposerSettings, createComposer } from './compose.ts'
import type { PartyScore } from './slots.ts'

export type OtherSource = { readonly kind: 'run'; readonly id: string } | { readonly kind: 'twin' }

/** "run 3", "its twin": how it is called on the page. */
export interface OtherRun {
  readonly name: string
  readonly score: PartyScore
}

/** A whole run; of one that broke off in the middle of a line, what is whole. Throws an Error whose message is to be shown as it is. */
export async function fetchOtherRun(run: string, source: OtherSource, settings: ComposerSettings): Promise<OtherRun> {
  const name = source.kind === 'twin' ? 'its twin' : `run ${nameRun(source.id)}`
  const path =
    source.kind === 'twin'
      ? `api/runs/${encodeURIComponent(run)}/twin`
      : `api/runs/${encodeURIComponent(source.id)}/files/record.jsonl`
  const text = await ask(path, name)
  const composer = createComposer(settings)
  const lines = text.split('\n')
  const torn = lines.pop() ?? ''
  for (const [k, line] of lines.entries())
    if (line !== '' && !adds(composer, line, k + 1)) throw unreadable(name, `line ${k + 1} of its record`)
  if (torn !== '') adds(composer, torn, lines.length + 1)
  const { score } = composer
  if (score === undefined || score.slots.length === 0)
    throw new Error(`Nothing of ${name} was played yet. Choose another run.`)
  return { name, score }
}

function adds(composer: Composer, line: string, number: number): boolean {
  try {
    composer.add(parseLine(line, number))
    return true
  } catch {
    return false
  }
}

const unreadable = (name: string, what: string) =>
  new Error(`Of ${name}, ${what} cannot be read, so it is not heard. Choose another run.`)

/** The server's own words where it gives a reason. */
async function ask(path: string, name: string): Promise<string> {
  const asked = fetch(new URL(path, document.baseURI)).then(async (answer) => ({ answer, text: await answer.text() }))
  const got = await asked.catch(() => null)
  if (got === null)
    throw new Error(`The server did not answer, so ${name} is not here yet. Is hocket still running? Then try again.`)
  const { answer, text } = got
  if (answer.ok) return text
  if (answer.status >= 500) throw unreadable(name, 'something')
  throw new Error(reasonIn(text) ?? `There is no ${name.replace(/^its /, '')} here any more. Choose another run.`)
}

function reasonIn(text: string): string | null {
  try {
    return z.object({ error: z.string() }).parse(JSON.parse(text)).error
  } catch {
    return null
  }
}
