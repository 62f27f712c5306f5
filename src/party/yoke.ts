// What one run lends to another: the floor and body that its agents were told of (yoked-sham), or one of its agents (ghost).
// In: a record and the plan that borrows from it. Out: the trace, or the agent. Whatever does not fit is refused.
import { parsePercept, presentOf } from '../djs/index.ts'
import { type Agent, InputError, type RecordLine, type Scenario, type Sham, sessionOf } from '../record/index.ts'
import { conditions } from './conditions.ts'

export interface OtherRun {
  /** Named in messages. */
  readonly where: string
  /** SHA-256 of the record. */
  readonly hash: string
  readonly lines: readonly RecordLine[]
}

export interface Borrower {
  readonly scenario: Scenario
  readonly seed: number
  /** Names of its agents. */
  readonly agents: readonly string[]
}

/** What the other run's agents of the same names read of floor and body. Throws InputError. */
export function shamOf(other: OtherRun, borrower: Borrower): Sham {
  const { condition, seed } = checkWorld(other, borrower)
  if (condition === null || !conditions[condition].comfort)
    throw new InputError(
      'nothing-felt',
      `${other.where}: expected a run whose agents were told of floor and body, got condition "${condition}". Take one of hearing+comfort or comfort-only.`,
    )
  if (seed === borrower.seed)
    throw new InputError(
      'same-seed',
      `${other.where}: expected a run of another seed, got the same (${seed}): its trace may be the agents' own. Take another --seed.`,
    )
  const traces = borrower.agents.map((agent) => {
    requireAgent(other, agent)
    const felt = other.lines.flatMap((line) => {
      if (line.kind !== 'percept' || line.agent !== agent) return []
      const { floor, body } = presentOf(parsePercept(line.text))
      return [{ floor, body }]
    })
    requireSlots(other, felt.length, borrower)
    return { agent, felt: felt.slice(0, borrower.scenario.slots) }
  })
  return { from: other.hash, traces }
}

/** The recorded agent as one that plays again. Throws InputError. */
export function ghostOf(other: OtherRun, borrower: Borrower, agent: string): Agent {
  const { agents, seed } = checkWorld(other, borrower)
  const recorded = requireAgent(other, agent)
  const turns = other.lines.filter((line) => line.kind === 'move' && line.agent === agent).length
  requireSlots(other, turns, borrower)
  const { dj } = recorded
  if (dj.kind === 'imported')
    throw new InputError('no-party', `${other.where}: expected an agent of a party, got one of a transcript.`)
  const was = dj.kind === 'ghost' ? dj.was : dj.kind
  return { ...recorded, dj: { kind: 'ghost', from: other.hash, seed: dealSeedOf(agents, seed), was } }
}

/** The crates of a ghost's night are dealt anew by taste, so every agent has to have the taste that its seat had. Throws InputError. */
export function requireTastes({ where, lines }: OtherRun, agents: readonly Agent[]): void {
  for (const recorded of sessionOf(lines).agents) {
    const now = agents.find(({ agent }) => agent === recorded.agent)
    if (JSON.stringify(now?.mask?.taste) !== JSON.stringify(recorded.mask?.taste))
      throw new InputError(
        'other-taste',
        `${where}: expected agent "${recorded.agent}" with the taste of "${recorded.mask?.name ?? 'nobody'}", as recorded, got "${now?.mask?.name ?? 'nobody'}": the ghost would not find its tracks. Leave the mask out.`,
      )
  }
}

/** The seed that deals the crates: a ghost's, so that it finds its tracks, else the run's own. */
export function dealSeedOf(agents: readonly Agent[], seed: number): number {
  const ghost = agents.find(({ dj }) => dj.kind === 'ghost')
  return ghost?.dj.kind === 'ghost' ? ghost.dj.seed : seed
}

/** Length and memory may differ; the world may not. */
function checkWorld(other: OtherRun, { scenario }: Borrower) {
  const session = sessionOf(other.lines)
  if (session.scenario === null)
    throw new InputError(
      'no-party',
      `${other.where}: expected the record of a party, got a transcript from elsewhere. Name a run of \`hocket party\`.`,
    )
  const world = ({ slots, memorySlots, valueStore, ...rest }: Scenario): Record<string, unknown> => rest
  const [theirs, ours] = [world(session.scenario), world(scenario)]
  const field = Object.keys(ours).find((name) => JSON.stringify(ours[name]) !== JSON.stringify(theirs[name]))
  if (field !== undefined)
    throw new InputError(
      'other-scenario',
      `${other.where}: expected a run of the same scenario ("${scenario.name}"), got "${session.scenario.name}" with another "${field}". Leave --scenario and --order out to take the run's own.`,
    )
  return session
}

function requireAgent({ where, lines }: OtherRun, agent: string): Agent {
  const { agents } = sessionOf(lines)
  const found = agents.find((recorded) => recorded.agent === agent)
  if (found === undefined)
    throw new InputError(
      'unknown-agent',
      `${where}: expected an agent "${agent}", got ${agents.map((recorded) => recorded.agent).join(', ')}. Name a run that has one.`,
    )
  return found
}

function requireSlots({ where }: OtherRun, slots: number, { scenario }: Borrower): void {
  if (slots < scenario.slots)
    throw new InputError(
      'too-short',
      `${where}: expected at least ${scenario.slots} slots, got ${slots}. Take fewer --slots, or a longer run.`,
    )
}
