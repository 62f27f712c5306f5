// A short party for tests: the default scenario cut to a few slots, two scripted DJs who listen, nobody measuring.
import { readFileSync } from 'node:fs'
import { scriptedDj, shippedMasks } from '../src/djs/index.ts'
import { defaultScenario, playParty } from '../src/party/index.ts'
import {
  type Agent,
  defaultMapping,
  librarySchema,
  type Mask,
  type RecordLine,
  readLexicon,
  type Scenario,
} from '../src/record/index.ts'
import { createLexicon } from '../src/sonify/index.ts'

const readSamples = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../samples/${file}`, import.meta.url), 'utf8'))

export const shippedLibrary = () => librarySchema.parse(readSamples('library.json'))
export const shippedLexicon = () =>
  createLexicon(readLexicon(readFileSync(new URL('../samples/lexicon/motifs.bin', import.meta.url))))

/** The same slots and seed give the same record. `count` 1: solo. */
export async function playShortParty(
  slots: number,
  seed = 7,
  change: Partial<Scenario> = {},
  count: 1 | 2 = 2,
): Promise<RecordLine[]> {
  const agents = shippedMasks.slice(0, count).map((mask, k): Agent => {
    return { agent: 'ab'[k] as string, title: mask.title, dj: { kind: 'scripted', policy: 'listen' }, mask }
  })
  const djs = Object.fromEntries(
    agents.map(({ agent, mask }) => [agent, scriptedDj({ policy: 'listen', mask: mask as Mask, seed, agent })]),
  )
  const scenario = { ...defaultScenario, slots, ...change }
  const hashes = { kernel: 'test', library: null, hocket: 'test', plan: null }
  const options = {
    scenario,
    condition: count === 1 ? ('solo' as const) : ('hearing+comfort' as const),
    seed,
    agents,
    djs,
    mapping: defaultMapping,
    hashes,
  }
  const record: RecordLine[] = []
  for await (const line of playParty({ ...options, library: shippedLibrary(), listen: null })) record.push(line)
  return record
}
