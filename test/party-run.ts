// A short party played and heard in Node, for tests of the whole path.

import { scriptedDj, shippedMasks } from '../src/djs/index.ts'
import { describeForAgent } from '../src/feedback/index.ts'
import { loadInstruments } from '../src/node/run/instruments.ts'
import { defaultScenario, type PartyOptions, playParty } from '../src/party/index.ts'
import { composeSlot, createListening, type HeardSlotSound, type Listening, slotsOf } from '../src/pipeline.ts'
import {
  type Agent,
  type Condition,
  defaultMapping,
  type Library,
  type Mask,
  type Note,
  type Policy,
  type RecordLine,
  sessionOf,
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

/** Plays a party and hears it. */
export async function playHeard(wish: PartyWish): Promise<Played> {
  const own = instruments()
  const heard: HeardSlotSound[] = []
  let listening: Listening | undefined
  const listen = async (lines: readonly RecordLine[]) => {
    await own.prepare(lines)
    const slot = (listening as Listening).hearSlot(lines)
    heard.push(slot)
    return Object.fromEntries(slot.reading.agents.map(({ agent }) => [agent, describeForAgent(slot.reading, agent)]))
  }
  const record: RecordLine[] = []
  for await (const line of playParty(optionsOf(wish, own.library as Library, listen))) {
    record.push(line)
    if (line.kind === 'session') listening = createListening(line, own)
  }
  const { scores } = (listening as Listening).finish()
  return { record, heard, scores }
}

/** Plays a party that nobody hears; its notes. */
export async function playUnheard(wish: PartyWish): Promise<Note[]> {
  const own = instruments()
  const record: RecordLine[] = []
  for await (const line of playParty(optionsOf(wish, own.library as Library, null))) record.push(line)
  return slotsOf(record).flatMap((lines, slot) => composeSlot(sessionOf(record), lines, slot, own))
}

function optionsOf(wish: PartyWish, library: Library, listen: PartyOptions['listen']): PartyOptions {
  const { policies, slots, condition = 'hearing+comfort', masks = shippedMasks, seed = 1 } = wish
  const agents = policies.map((policy, i): Agent => {
    const mask = masks[i] as Mask
    return { agent: 'ab'[i] as string, title: mask.title, dj: { kind: 'scripted', policy }, mask }
  })
  const djs = Object.fromEntries(
    agents.map(({ agent, mask }, i) => [
      agent,
      scriptedDj({ policy: policies[i] as Policy, mask: mask as Mask, seed, agent }),
    ]),
  )
  const hashes = { kernel: 'k', library: 'l', hocket: '0', plan: null }
  const scenario = { ...defaultScenario, slots }
  return { scenario, condition, seed, agents, djs, library, mapping: defaultMapping, hashes, listen }
}
