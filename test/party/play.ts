// A small scripted party, for tests.
import { scriptedDj, shippedMasks } from '../../src/djs/index.ts'
import { defaultScenario, type PartyOptions, playParty } from '../../src/party/index.ts'
import { type Agent, defaultMapping, type Policy, type RecordLine } from '../../src/record/index.ts'
import { shippedLibrary } from './library.ts'

export interface Given extends Partial<PartyOptions> {
  readonly policies?: readonly Policy[]
  readonly slots?: number
}

export function partyOptions({ policies = ['listen', 'listen'], slots = 6, ...given }: Given): PartyOptions {
  const agents = policies.map((policy, i): Agent => {
    const mask = shippedMasks[i % shippedMasks.length] as (typeof shippedMasks)[number]
    return { agent: 'ab'[i] as string, title: mask.title, dj: { kind: 'scripted', policy }, mask }
  })
  return {
    scenario: { ...defaultScenario, slots },
    condition: 'hearing+comfort',
    seed: 7,
    agents,
    djs: Object.fromEntries(
      agents.map(({ agent, mask }, i) => [
        agent,
        scriptedDj({ policy: policies[i] as Policy, mask: mask as NonNullable<typeof mask>, seed: 7, agent }),
      ]),
    ),
    library: shippedLibrary,
    mapping: defaultMapping,
    hashes: { kernel: 'k', library: 'l', hocket: '0', plan: null },
    listen: null,
    ...given,
  }
}

export async function playScripted(given: Given): Promise<RecordLine[]> {
  const lines: RecordLine[] = []
  for await (const line of playParty(partyOptions(given))) lines.push(line)
  return lines
}
