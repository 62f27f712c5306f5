// Does the world tell strategies apart? Scripted pairs play it without sound or words; what comes out is the mean crowd energy of each pair.
// Robust: the same with every constant of the dynamics moved at random, to see whether the order hangs on one of them.
import { decide, formatMoves, type Moment, type PartnerTurn, presentOf, type Temper } from '../djs/index.ts'
import { type Random, seededRandom, shuffled } from '../random.ts'
import {
  type Dynamics,
  dynamicsSchema,
  type Library,
  type Mask,
  type Move,
  type Policy,
  type Scenario,
} from '../record/index.ts'
import { conditions } from './conditions.ts'
import { dealCrates } from './crates.ts'
import { describeCrate, observe, recall } from './observe.ts'
import { createWorldState, stepWorld, type World } from './world.ts'

/** The pairs, from the worst to the best that the world is asked to tell apart. */
export const benchPairs = ['deaf', 'one-hit', 'copycat', 'alone', 'random', 'alternate', 'listen'] as const
export type BenchPair = (typeof benchPairs)[number]

const policiesOf: Readonly<Record<BenchPair, readonly Policy[]>> = {
  deaf: ['selfish', 'selfish'],
  'one-hit': ['one-hit', 'one-hit'],
  copycat: ['selfish', 'copycat'],
  alone: ['selfish'],
  random: ['random', 'random'],
  alternate: ['alternate', 'alternate'],
  listen: ['listen', 'listen'],
}

export interface BenchOptions {
  readonly scenario: Scenario
  readonly library: Library
  /** Two masks: who A and B are. */
  readonly masks: readonly [Mask, Mask]
  /** Parties per pair. */
  readonly seeds: number
  readonly slots: number
}

export interface PairFigures {
  readonly pair: BenchPair
  /** Mean crowd energy over slots and seeds, 0..1. */
  readonly crowd: number
  /** The lowest mean of a single party. */
  readonly minCrowd: number
  /** Mean over seeds of the lower of the DJs' mean comforts. */
  readonly fairness: number
}

export function benchWorld(options: BenchOptions): PairFigures[] {
  return benchPairs.map((pair) => benchPair(pair, options))
}

function benchPair(pair: BenchPair, options: BenchOptions): PairFigures {
  let crowd = 0
  let minCrowd = 1
  let fairness = 0
  for (let seed = 0; seed < options.seeds; seed++) {
    const night = playSilently(policiesOf[pair], options, seed)
    crowd += night.crowd / options.seeds
    minCrowd = Math.min(minCrowd, night.crowd)
    fairness += Math.min(...night.comforts) / options.seeds
  }
  return { pair, crowd, minCrowd, fairness }
}

/** deaf, one-hit < copycat < alone < random < alternate < listen. */
export function orderHolds(figures: readonly PairFigures[]): boolean {
  const crowdOf = (pair: BenchPair) => figures.find((row) => row.pair === pair)?.crowd ?? Number.NaN
  const lowest = Math.max(crowdOf('deaf'), crowdOf('one-hit'))
  const rising = [lowest, ...benchPairs.slice(2).map(crowdOf)]
  return rising.every((value, i) => i === 0 || value > (rising[i - 1] as number))
}

/** Plays the order with all constants drawn anew `draws` times; counts how often it holds. */
export function benchRobustness(options: BenchOptions, draws: number): { draws: number; held: number } {
  let held = 0
  for (let draw = 0; draw < draws; draw++) {
    const dynamics = moveConstants(options.scenario.dynamics, seededRandom(`robust/${draw}`))
    if (orderHolds(benchWorld({ ...options, scenario: { ...options.scenario, dynamics } }))) held++
  }
  return { draws, held }
}

/**
 * Every number of the dynamics times its own factor in .6 .. 1.5; shares are cut at 1. Fits are moved by their distance from 1,
 * since a fit of 1 is not a constant but what the word means.
 */
export function moveConstants(dynamics: Dynamics, random: Random): Dynamics {
  const factor = () => 0.6 + 0.9 * random()
  const share = (value: number) => Math.min(1, value * factor())
  const fitness = (value: number) => 1 - share(1 - value)
  const moved: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(dynamics))
    if (typeof value === 'number') moved[name] = name in unbounded ? value * factor() : share(value)
  const sectionEnergy = Object.entries(dynamics.sectionEnergy).map(([name, value]) => [name, share(value)])
  // The further apart, the worse: a table stays in order however its values move.
  const widths = dynamics.tempoFit.map(({ within }) => within * factor()).sort((a, b) => a - b)
  const fits = dynamics.tempoFit.map(({ fit }) => fitness(fit)).sort((a, b) => b - a)
  return dynamicsSchema.parse({
    ...moved,
    keyFit: dynamics.keyFit.map(fitness).sort((a, b) => b - a),
    tempoFit: fits.map((fit, i) => ({ within: widths[i] ?? 1, fit })),
    sectionEnergy: Object.fromEntries(sectionEnergy),
  })
}

/** Constants that are not shares. */
const unbounded = {
  clashDamping: true,
  appetiteGrowth: true,
  appetiteSeed: true,
  appetiteEaten: true,
  danceGain: true,
  danceThreshold: true,
  danceTiredness: true,
} satisfies Partial<Record<keyof Dynamics, true>>

interface Night {
  /** Mean crowd energy. */
  readonly crowd: number
  /** Mean comfort per DJ. */
  readonly comforts: readonly number[]
}

interface Player {
  readonly temper: Temper
  readonly crate: ReturnType<typeof describeCrate>
  readonly memory: Moment[]
  unread: PartnerTurn[]
}

/** One party in hearing+comfort (one agent: solo) as knowledge and moves only: no text, no words, no sound. */
function playSilently(policies: readonly Policy[], options: BenchOptions, seed: number): Night {
  const { library, slots } = options
  const scenario = { ...options.scenario, slots }
  const masks = options.masks.slice(0, policies.length)
  const tastes = masks.map((mask) => mask.taste)
  const { size, sharedFraction } = scenario.crates
  const crates = dealCrates(library, { tastes, size, sharedFraction }, seed).map(
    (tracks) => new Map(tracks.map((track) => [track.id, track])),
  )
  const world: World = { scenario, agents: policies.map((_, i) => 'ab'[i] as string), tastes, crates }
  const players = policies.map((policy, seat): Player => {
    const { patience, exploration } = masks[seat] as Mask
    return {
      temper: { policy, patience, exploration, seat },
      crate: describeCrate(crates[seat] ?? new Map(), scenario),
      memory: [],
      unread: [],
    }
  })
  let state = createWorldState(world)
  let crowd = 0
  const comforts = policies.map(() => 0)
  const random = seededRandom(`bench/${seed}`)
  const dice = policies.map((_, seat) => seededRandom(`bench/${seed}/${seat}`))
  while (state.slot < slots) {
    state = stepWorld(state, takeTurns(players, world, state, random, dice), world, random).state
    crowd += state.crowd / slots
    for (const [i, body] of state.bodies.entries()) comforts[i] = (comforts[i] ?? 0) + body.comfort / slots
  }
  return { crowd, comforts }
}

function takeTurns(
  players: readonly Player[],
  world: World,
  state: ReturnType<typeof createWorldState>,
  random: Random,
  dice: readonly Random[],
): Move[][] {
  const shown = conditions[players.length === 1 ? 'solo' : 'hearing+comfort']
  const moves: Move[][] = players.map(() => [])
  for (const player of shuffled(random, players)) {
    const { seat } = player.temper
    const news = { heard: null, score: null, partner: player.unread, fault: null }
    const present = observe(state, world, seat, shown, news)
    const knowledge = recall(state, world, seat, {
      crate: player.crate,
      replayed: [],
      recalled: [],
      memory: player.memory,
      present,
    })
    player.unread = []
    const own = decide(knowledge, player.temper, dice[seat] ?? random)
    moves[seat] = own
    const text = formatMoves(own)
    player.memory.push({ ...presentOf(knowledge), you: text })
    if (player.memory.length > world.scenario.memorySlots) player.memory.shift()
    for (const other of players) if (other !== player) other.unread.push({ slot: state.slot, text })
  }
  return moves
}
