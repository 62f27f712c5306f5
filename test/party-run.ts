// A short party played and heard in Node, for tests of the whole path.

import { scriptedDj, shippedMasks } from '../src/djs/index.ts'
import { describeForAgent } from '../src/feedback/index.ts'
import { loadSamples } from '../src/node/sound/samples.ts'
import { defaultScenario, playParty } from '../src/party/index.ts'
import { createListening, type HeardSlotSound, type Instruments, type Listening } from '../src/pipeline.ts'
import {
  type Agent,
  type Condition,
  defaultMapping,
  type Mask,
  type Policy,
  type RecordLine,
} from '../src/record/index.ts'
import { freshKernel } from './kernel.ts'
import { shippedLexicon, shippedLibrary } from './party.ts'

const samples = await loadSamples(shippedLibrary)

export const instruments = (): Instruments => ({
  kernel: freshKernel(),
  library: shippedLibrary,
  lexicon: shippedLexicon(),
  samples: (name) => samples.get(name),
})

export interface Played {
  readonly record: RecordLine[]
  readonly heard: HeardSlotSound[]
  readonly scores: ReturnType<Listening['finish']>['scores']
}

export interface PartyWish {
  readonly policies: readonly Policy[]
  readonly slots: number
  readonly condition?: Condition
  readonly masks?: readonly (Mask | undefined)[]
  readonly seed?: number
}

export async function playHeard(wish: PartyWish): Promise<Played> {
  const { policies, slots, condition = 'hearing+comfort', masks = shippedMasks, seed = 1 } = wish
  const agents = policies.map((policy, i): Agent => {
    const mask = masks[i] as Mask
    return { agent: 'ab'[i] ?? 'z', title: mask.title, dj: { kind: 'scripted', policy }, mask }
  })
  const djs = Object.fromEntries(
    agents.map(({ agent, mask }, i) => [
      agent,
      scriptedDj({ policy: policies[i] as Policy, mask: mask as Mask, seed, agent }),
    ]),
  )
  const own = instruments()
  const record: RecordLine[] = []
  const heard: HeardSlotSound[] = []
  let listening: Listening | undefined
  const listen = async (lines: readonly RecordLine[]) => {
    const slot = (listening as Listening).hearSlot(lines)
    heard.push(slot)
    return Object.fromEntries(agents.map(({ agent }) => [agent, describeForAgent(slot.reading, agent)]))
  }
  const party = playParty({
    scenario: { ...defaultScenario, slots },
    condition,
    seed,
    agents,
    djs,
    library: shippedLibrary,
    mapping: defaultMapping,
    hashes: { kernel: 'k', library: 'l', hocket: '0', plan: null },
    listen,
  })
  for await (const line of party) {
    record.push(line)
    if (line.kind === 'session') listening = createListening(line, own)
  }
  const { scores } = (listening as Listening).finish()
  return { record, heard, scores }
}
