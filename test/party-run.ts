// A short party played and heard in Node, for tests of the whole path.

import { scriptedDj, shippedMasks } from '../src/djs/index.ts'
import { describeForAgent } from '../src/feedback/index.ts'
import { loadInstruments } from '../src/node/run/instruments.ts'
import { defaultScenario, playParty } from '../src/party/index.ts'
import { createListening, type HeardSlotSound, type Listening } from '../src/pipeline.ts'
import {
  type Agent,
  type Condition,
  defaultMapping,
  type Library,
  type Mask,
  type Policy,
  type RecordLine,
} from '../src/record/index.ts'

export const instruments = () => loadInstruments('party')

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
    await own.prepare(lines)
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
    library: own.library as Library,
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
