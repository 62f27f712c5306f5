// A small scripted party, for tests.
import { recordedDj, scriptedDj, shippedMasks } from '../../src/djs/index.ts'
import { defaultScenario, ghostOf, type OtherRun, type PartyOptions, playParty, shamOf } from '../../src/party/index.ts'
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
  const borrows = given.condition === 'ghost' || given.condition === 'yoked-sham'
  const lent = borrows && given.sham === undefined && given.agents === undefined ? await borrow(given) : given
  for await (const line of playParty(partyOptions(lent))) lines.push(line)
  return lines
}

/** A run to borrow from: the same party with seed 3, both told of all. */
export async function otherRun(given: Given): Promise<OtherRun> {
  const lines = await playScripted({ ...given, condition: 'hearing+comfort', seed: 3 })
  return { where: 'runs/3/record.jsonl', hash: '3'.repeat(64), lines }
}

/** The options of a party whose agent b, or whose floor and bodies, are those of `other`. */
export async function borrow(given: Given, other?: OtherRun): Promise<Given> {
  const lender = other ?? (await otherRun(given))
  const { scenario, agents, seed, djs } = partyOptions(given)
  const borrower = { scenario, seed, agents: agents.map(({ agent }) => agent) }
  if (given.condition === 'yoked-sham') return { ...given, sham: shamOf(lender, borrower) }
  const ghost = recordedDj({ lines: lender.lines, agent: 'b', slotSeconds: () => 0 })
  const seated = [agents[0] as Agent, ghostOf(lender, borrower, 'b')]
  return { ...given, agents: seated, djs: { ...djs, b: ghost } }
}
