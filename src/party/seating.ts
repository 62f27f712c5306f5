// Who sits down to a party: options come in, out go seats, crates and the world; what does not fit is refused.
import type { Dj } from '../djs/index.ts'
import type { AgentFeedback } from '../feedback/index.ts'
import {
  type Agent,
  type Condition,
  InputError,
  type Library,
  type Mapping,
  type Metatoken,
  metaPropertySchema,
  type RecordLine,
  type Scenario,
  type Sham,
} from '../record/index.ts'
import { conditions, type Shown } from './conditions.ts'
import { dealCrates, setTasteOverlap } from './crates.ts'
import { describeCrate } from './observe.ts'
import { writeSystemPrompt } from './prompt.ts'
import { createSeat, type Seat } from './turn.ts'
import type { World } from './world.ts'
import { dealSeedOf } from './yoke.ts'

export interface PartyOptions {
  readonly scenario: Scenario
  readonly condition: Condition
  readonly seed: number
  readonly agents: readonly Agent[]
  /** One per agent, by name. */
  readonly djs: Readonly<Record<string, Dj>>
  readonly library: Library
  /** What is told of floor and body under yoked-sham. */
  readonly sham?: Sham | undefined
  /** What is wanted under metatokens; left out: `defaultMetatokens`. */
  readonly metatokens?: readonly Metatoken[] | undefined
  readonly mapping: Mapping
  readonly hashes: {
    readonly kernel: string
    readonly library: string | null
    readonly hocket: string
    readonly plan: string | null
  }
  /** Agents that are asked what they noticed, once the last slot is over. */
  readonly probe?: readonly string[] | undefined
  /** Called once a slot with its lines; what it returns reaches the next slot's percepts. null: nobody listens. */
  readonly listen: ((lines: readonly RecordLine[]) => Promise<Readonly<Record<string, AgentFeedback>>>) | null
}

export interface Party {
  readonly options: PartyOptions
  readonly shown: Shown
  readonly world: World
  readonly seats: readonly Seat[]
}

/** Throws InputError. */
export function checkSeats(options: PartyOptions): void {
  const { agents, djs, condition } = options
  const expected = conditions[condition].agents
  if (agents.length !== expected)
    throw new InputError(
      'agent-count',
      `party: expected ${expected} agent${expected === 1 ? '' : 's'} for condition "${condition}", got ${agents.length}.`,
    )
  const ghosts = agents.filter(({ dj }) => dj.kind === 'ghost').length
  if (ghosts !== (condition === 'ghost' ? 1 : 0))
    throw new InputError(
      'ghost-count',
      `party: expected ${condition === 'ghost' ? 'one recorded agent' : 'no recorded agent'} for condition "${condition}", got ${ghosts}.`,
    )
  if (conditions[condition].yoked) checkSham(options)
  for (const { agent } of agents)
    if (djs[agent] === undefined)
      throw new InputError('no-dj', `party: expected a DJ for agent "${agent}", got none. Pass it in djs.`)
}

/** A trace for every agent and slot. */
function checkSham({ agents, sham, scenario: { slots } }: PartyOptions): void {
  for (const { agent } of agents) {
    const length = sham?.traces.find((trace) => trace.agent === agent)?.felt.length ?? 0
    if (length < slots)
      throw new InputError(
        'too-short',
        `party: expected a trace of ${slots} slots for agent "${agent}" under yoked-sham, got ${length}. Name a run with --from.`,
      )
  }
}

/** The highest level of everything. */
export const defaultMetatokens: readonly Metatoken[] = metaPropertySchema.options.map((property) => ({
  property,
  level: 9,
}))

export function seatAgents(options: PartyOptions): Party {
  const { scenario, condition, seed, agents, library } = options
  const tastes = setTasteOverlap(
    agents.map(({ mask }) => mask?.taste ?? evenTaste),
    scenario.crates.tasteOverlap,
  )
  const { size, sharedFraction } = scenario.crates
  const crates = dealCrates(library, { tastes, size, sharedFraction }, dealSeedOf(agents, seed)).map(
    (tracks) => new Map(tracks.map((track) => [track.id, track])),
  )
  const world: World = { scenario, agents: agents.map(({ agent }) => agent), tastes, crates }
  const seats = agents.map((agent, index) =>
    createSeat(index, agent, {
      dj: options.djs[agent.agent] as Dj,
      system: writeSystemPrompt(agent, condition, scenario),
      crate: describeCrate(crates[index] ?? new Map(), scenario),
    }),
  )
  return { options, shown: conditions[condition], world, seats }
}

/** For an agent without a mask. */
const evenTaste = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
