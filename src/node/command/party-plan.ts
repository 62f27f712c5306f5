// The plan of a party from the words of its command line: what --resume takes from the record instead.
import { randomInt } from 'node:crypto'
import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  conditions,
  defaultMetatokens,
  defaultScenario,
  defaultValueStore,
  ghostOf,
  type OtherRun,
  requireTastes,
  shamOf,
} from '../../party/index.ts'
import {
  type Agent,
  type Condition,
  defaultMapping,
  InputError,
  type Metatoken,
  metaPropertySchema,
  metatokenSchema,
  type Scenario,
  type SessionLine,
  scenarioSchema,
  sessionOf,
} from '../../record/index.ts'
import { loadScenario } from '../installation.ts'
import type { PartyPlan } from '../run/play.ts'
import type { SharedOptions } from './context.ts'
import { oneLine, wholeNumber } from './failure.ts'
import { askingOf, type ModelOptions } from './model-options.ts'
import { type Asking, type SeatChoice, type Seats, seatAgents } from './seats.ts'

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
  readonly from?: string
  readonly ghost?: string
  readonly metatokens?: readonly Metatoken[]
  readonly out?: string
  readonly resume?: string
  readonly listen?: boolean
  readonly hearOthers: boolean
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
  'ghost',
  'metatokens',
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

/** What the conditions yoked-sham, ghost and metatokens need. */
export function addConditionOptions(command: Command): Command {
  return command
    .option('--from <run>', 'the run that yoked-sham or ghost borrows from (with --resume: that a ghost came from)')
    .option('--ghost <agent>', 'which recorded agent plays again: a or b (default: b)')
    .option(
      '--metatokens <list>',
      `under metatokens: property:level, 0 to 9, with commas (default: ${describeTokens(defaultMetatokens)})`,
      parseMetatokens,
    )
}

const describeTokens = (tokens: readonly Metatoken[]) =>
  tokens.map(({ property, level }) => `${property}:${level}`).join(',')

/** "consonance:7,vitality:9". */
export function parseMetatokens(text: string): Metatoken[] {
  const tokens = text.split(',').map((part) => {
    const [property, level = ''] = part.trim().split(':')
    const token = metatokenSchema.safeParse({ property, level: /^\d$/.test(level) ? Number(level) : null })
    if (!token.success)
      throw new InvalidArgumentError(
        `Expected property:level with ${metaPropertySchema.options.join(', ')} and 0 to 9, got "${oneLine(part)}".`,
      )
    return token.data
  })
  if (new Set(tokens.map(({ property }) => property)).size < tokens.length)
    throw new InvalidArgumentError('Expected each property once.')
  return tokens
}

/** Parsed, so that its fields stand in the order in which they are read back. Throws InputError. */
export function planParty(options: PartyCommandOptions, other: OtherRun | null): PartyPlan {
  const recorded = other === null ? null : sessionOf(other.lines)
  const given =
    options.scenario === undefined ? (recorded?.scenario ?? defaultScenario) : loadScenario(options.scenario)
  const condition = options.condition ?? 'hearing+comfort'
  checkCondition(condition, options)
  const scenario = scenarioSchema.parse({
    ...given,
    slots: options.slots ?? given.slots,
    order: options.order ?? given.order,
    valueStore: chooseMemory(options, given),
  })
  const asking = askingOf(options, scenario, conditions[condition].agents)
  const seed = options.seed ?? randomInt(1, 1_000_000)
  const living = seatLike(recorded, seatAgents(condition, seatsOf(options, recorded, asking)), options)
  const borrower = { scenario, seed, agents: living.map(({ agent }) => agent) }
  const haunted = options.ghost ?? 'b'
  const agents =
    other === null || condition !== 'ghost'
      ? living
      : living.map((seat) => (seat.agent === haunted ? ghostOf(other, borrower, haunted) : seat))
  if (other !== null && condition === 'ghost') requireTastes(other, agents)
  return {
    scenario,
    condition,
    seed,
    agents,
    sham: other !== null && condition === 'yoked-sham' ? shamOf(other, borrower) : undefined,
    metatokens: options.metatokens,
    // What came at a time of its own is heard at that time.
    mapping: options.clock === 'wall' ? { ...defaultMapping, timing: 'arrival' } : defaultMapping,
  }
}

/** Throws InputError (usage) for options that the condition does not know, and for those that it lacks. */
function checkCondition(condition: Condition, { from, ghost, metatokens, djA, djB }: PartyCommandOptions): void {
  const borrows = condition === 'yoked-sham' || condition === 'ghost'
  if (borrows !== (from !== undefined))
    throw new InputError(
      'usage',
      borrows
        ? `--condition ${condition}: expected --from RUN beside it: the run that it borrows from.`
        : '--from: expected --condition yoked-sham or ghost beside it.',
    )
  if (metatokens !== undefined && condition !== 'metatokens')
    throw new InputError('usage', '--metatokens: expected --condition metatokens beside it.')
  if (ghost !== undefined && condition !== 'ghost')
    throw new InputError('usage', '--ghost: expected --condition ghost beside it.')
  if (ghost !== undefined && ghost !== 'a' && ghost !== 'b')
    throw new InputError('usage', `--ghost: expected a or b, got "${oneLine(ghost)}".`)
  if (condition === 'ghost' && (ghost === 'a' ? djA : djB) !== undefined)
    throw new InputError('usage', `--dj-${ghost ?? 'b'}: expected none: this seat is the ghost's. Leave it out.`)
}

/** Masks that are not named are those of the run that is borrowed from. */
function seatsOf({ djA, djB }: PartyCommandOptions, recorded: SessionLine | null, asking: Asking): Seats {
  const maskOf = (agent: string) => recorded?.agents.find((known) => known.agent === agent)?.mask ?? null
  const masked = (seat: SeatChoice | undefined, agent: string) =>
    seat === undefined ? undefined : { ...seat, mask: seat.mask ?? maskOf(agent) }
  return { a: masked(djA, 'a'), b: masked(djB, 'b'), asking }
}

/** Seats that are not named are taken as the run that is borrowed from had them. */
function seatLike(recorded: SessionLine | null, agents: readonly Agent[], options: PartyCommandOptions): Agent[] {
  return agents.map((seat) => {
    const chosen = seat.agent === 'a' ? options.djA : options.djB
    const known = recorded?.agents.find(({ agent }) => agent === seat.agent)
    return chosen === undefined && known !== undefined ? known : seat
  })
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
