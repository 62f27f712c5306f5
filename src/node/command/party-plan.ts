// The plan of a party from the words of its command line: what --resume takes from the record instead.
import { randomInt } from 'node:crypto'
import { type Command, Option } from 'commander'
import { conditions, defaultScenario, defaultValueStore } from '../../party/index.ts'
import { type Condition, defaultMapping, InputError, type Scenario, scenarioSchema } from '../../record/index.ts'
import { loadScenario } from '../installation.ts'
import type { PartyPlan } from '../run/play.ts'
import type { SharedOptions } from './context.ts'
import { wholeNumber } from './failure.ts'
import { askingOf, type ModelOptions } from './model-options.ts'
import { type SeatChoice, seatAgents } from './seats.ts'

export interface PartyCommandOptions extends SharedOptions, ModelOptions {
  readonly scenario?: string
  readonly condition?: Condition
  readonly seed?: number
  readonly slots?: number
  readonly djA?: SeatChoice
  readonly djB?: SeatChoice
  readonly order?: Scenario['order']
  readonly memory?: 'window' | 'values'
  readonly setSlots?: number
  readonly out?: string
  readonly resume?: string
  readonly listen?: boolean
  readonly sound: boolean
  readonly twins: boolean
}

/** What --resume takes from the record instead. */
export const fixedByRecord = [
  'scenario',
  'condition',
  'seed',
  'slots',
  'djA',
  'djB',
  'order',
  'memory',
  'setSlots',
  'out',
  'clock',
  'timeout',
  'answerTokens',
  'temperature',
] as const

/** How an agent remembers. */
export function addMemoryOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--memory <name>', 'window: the last slots; values: earlier ones come back too').choices([
        'window',
        'values',
      ]),
    )
    .option('--set-slots <number>', 'slots of a set; before the next its best come back', wholeNumber(1, 10_000))
}

/** Parsed, so that its fields stand in the order in which they are read back. Throws InputError. */
export function planParty(options: PartyCommandOptions): PartyPlan {
  const given = options.scenario === undefined ? defaultScenario : loadScenario(options.scenario)
  const condition = options.condition ?? 'hearing+comfort'
  const scenario = scenarioSchema.parse({
    ...given,
    slots: options.slots ?? given.slots,
    order: options.order ?? given.order,
    valueStore: chooseMemory(options, given),
  })
  const asking = askingOf(options, scenario, conditions[condition].agents)
  const agents = seatAgents(condition, { a: options.djA, b: options.djB, asking })
  return {
    scenario,
    condition,
    seed: options.seed ?? randomInt(1, 1_000_000),
    agents,
    // What came at a time of its own is heard at that time.
    mapping: options.clock === 'wall' ? { ...defaultMapping, timing: 'arrival' } : defaultMapping,
  }
}

/** undefined: the window alone. */
function chooseMemory({ memory, setSlots }: PartyCommandOptions, given: Scenario): Scenario['valueStore'] {
  const store =
    memory === 'window' ? undefined : (given.valueStore ?? (memory === 'values' ? defaultValueStore : undefined))
  if (store === undefined && setSlots !== undefined)
    throw new InputError('usage', '--set-slots: expected --memory values beside it; a window keeps nothing of a set.')
  if (store === undefined) return undefined
  return { ...store, setSlots: setSlots ?? store.setSlots }
}
