// A short party for tests: the default scenario cut to a few slots, two scripted DJs who listen, nobody measuring.
import { readFileSync } from 'node:fs'
import { scriptedDj } from '../src/djs/index.ts'
import { loadLibrary, loadMasks, loadScenario } from '../src/node/installation.ts'
import { playParty } from '../src/party/index.ts'
import { type Agent, defaultMapping, lexiconSchema, type Mask, type RecordLine } from '../src/record/index.ts'
import { createLexicon } from '../src/sonify/index.ts'

const samples = new URL('../samples/', import.meta.url)

export const shippedLibrary = () => loadLibrary().library
export const shippedLexicon = () =>
  createLexicon(lexiconSchema.parse(JSON.parse(readFileSync(new URL('lexicon/words.json', samples), 'utf8'))))

/** The same slots and seed give the same record. */
export async function playShortParty(slots: number, seed = 7): Promise<RecordLine[]> {
  const masks = loadMasks()
  const agents = ['mira', 'orrin'].map((name, k): Agent => {
    const mask = masks.get(name) as Mask
    return { agent: 'ab'[k] as string, title: mask.title, dj: { kind: 'scripted', policy: 'listen' }, mask }
  })
  const djs = Object.fromEntries(
    agents.map(({ agent, mask }) => [agent, scriptedDj({ policy: 'listen', mask: mask as Mask, seed, agent })]),
  )
  const scenario = { ...loadScenario(new URL('scenarios/warehouse.json', samples).pathname), slots }
  const hashes = { kernel: 'test', library: null, hocket: 'test', plan: null }
  const options = {
    scenario,
    condition: 'hearing+comfort' as const,
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
