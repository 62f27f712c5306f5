// Another run to hear beside the one that is listened to: one on the shelf, or the same party played with other dice for the purpose.
import { parseLine } from '../../record/index.ts'
import { type ComposerSettings, createComposer } from './compose.ts'
import { fetchText } from './server.ts'
import type { PartyScore } from './slots.ts'

export type OtherSource = { readonly kind: 'run'; readonly id: string } | { readonly kind: 'twin' }

/** "run 3", "its twin": how it is called on the page. */
export interface OtherRun {
  readonly name: string
  readonly score: PartyScore
}

/** A whole run. Throws InputError with the server's words, or for a record that cannot be read. */
export async function fetchOtherRun(run: string, source: OtherSource, settings: ComposerSettings): Promise<OtherRun> {
  const path =
    source.kind === 'twin'
      ? `api/runs/${encodeURIComponent(run)}/twin`
      : `api/runs/${encodeURIComponent(source.id)}/files/record.jsonl`
  const composer = createComposer(settings)
  const lines = (await fetchText(path)).split('\n')
  for (const [k, line] of lines.entries()) if (line !== '') composer.add(parseLine(line, k + 1))
  const { score } = composer
  if (score === undefined || score.slots.length === 0) throw new Error(`${path}: expected a run with a slot, got none.`)
  const name = source.kind === 'twin' ? 'its twin' : `run ${source.id}`
  return { name, score }
}
