// The world as a pure function: state(t+1) = f(state, moves, random), with every constant from the scenario. No sound is needed:
// the clash of two decks is symbolic (keys on the Camelot wheel, tempi). What is scored is heard; the two are compared elsewhere.
import { camelotDistance, type FloorWord, type StyleName, sayFloor, soundingKey, tempoDistance } from '../djs/index.ts'
import { type Random, randomIndex } from '../random.ts'
import { type DeckSlot, type Dynamics, type Move, type Scenario, styleNames, type Track } from '../record/index.ts'
import {
  adaptationTo,
  type Body,
  createBody,
  createGroups,
  crowdEnergy,
  type Familiar,
  type Group,
  moveBody,
  moveFamiliarity,
  moveGroup,
  type Sounding,
} from './crowd.ts'
import { createDeck, type Deck, type DeckFault, meanShare, moveDeck, shareFader } from './decks.ts'

/** What does not change during a party. */
export interface World {
  readonly scenario: Scenario
  readonly agents: readonly string[]
  /** Per agent, in the order of `agents`. */
  readonly tastes: readonly (readonly number[])[]
  readonly crates: readonly ReadonlyMap<string, Track>[]
}

export interface WorldState {
  /** The slot to be played next. */
  readonly slot: number
  readonly decks: readonly Deck[]
  /** What the decks did in the slot before; empty at the start. */
  readonly deckSlots: readonly DeckSlot[]
  readonly groups: readonly Group[]
  readonly bodies: readonly Body[]
  readonly familiar: readonly Familiar[]
  readonly clash: number
  readonly crowd: number
  /** What is said of the floor, one text for all who see it. */
  readonly floor: string
}

export interface WorldStep {
  readonly state: WorldState
  /** Moves that could not be done, per agent. */
  readonly faults: readonly (readonly DeckFault[])[]
}

export function createWorldState(world: World): WorldState {
  const groups = createGroups(world.scenario)
  return {
    slot: 0,
    decks: world.agents.map(createDeck),
    deckSlots: [],
    groups,
    bodies: world.agents.map((agent) => createBody(agent, world.scenario.dynamics)),
    familiar: [],
    clash: 0,
    crowd: crowdEnergy(groups, world.scenario),
    floor: '',
  }
}

/** One slot. `moves` are per agent, in the order of `world.agents`; `random` is drawn only for what is said of the floor. */
export function stepWorld(
  state: WorldState,
  moves: readonly (readonly Move[])[],
  world: World,
  random: Random,
): WorldStep {
  const { scenario } = world
  const steps = state.decks.map((deck, i) => moveDeck(deck, moves[i] ?? [], world.crates[i] ?? new Map()))
  const { decks, slots: deckSlots } = shareFader(state.decks, steps)
  const sounding = listenToDecks(deckSlots, world)
  const groups = state.groups.map((group, k) =>
    moveGroup(group, scenario.crowd.groups[k]?.taste ?? [], sounding, scenario.dynamics),
  )
  const crowd = crowdEnergy(groups, scenario)
  const familiar = moveFamiliarity(state.familiar, sounding, scenario.dynamics)
  const adaptation = adaptationTo(sounding, familiar)
  const bodies = state.bodies.map((body, i) => {
    const slot = deckSlots[i]
    const playing = slot !== undefined && meanShare(slot) > 0
    return moveBody(body, { taste: world.tastes[i] ?? [], sounding, adaptation, crowd, playing }, scenario.dynamics)
  })
  return {
    state: {
      slot: state.slot + 1,
      decks,
      deckSlots,
      groups,
      bodies,
      familiar,
      clash: sounding.clash,
      crowd,
      floor: describeFloor(state.groups, groups, world, random),
    },
    faults: steps.map((step) => step.faults),
  }
}

interface Source {
  readonly gain: number
  readonly slot: DeckSlot
  readonly track: Track
}

/** What all decks together put on the floor. */
function listenToDecks(slots: readonly DeckSlot[], world: World): Sounding {
  const { dynamics } = world.scenario
  const sources: Source[] = slots.flatMap((slot, i) => {
    const track = world.crates[i]?.get(slot.track ?? '')
    const gain = meanShare(slot)
    return track === undefined || gain === 0 ? [] : [{ gain, slot, track }]
  })
  const play = styleNames.map(() => 0)
  const tracks: { track: string; gain: number }[] = []
  let energy = 0
  for (const { gain, slot, track } of sources) {
    const whole = track.style.reduce((sum, part) => sum + part * part, 0)
    if (whole > 0)
      for (const [s, part] of track.style.entries()) play[s] = (play[s] ?? 0) + (gain * part * part) / whole
    tracks.push({ track: track.id, gain })
    const section = track.sections[slot.section]
    energy += gain * track.energy * (section === undefined ? 1 : dynamics.sectionEnergy[section.name])
  }
  return { play, tracks, clash: clashOf(sources, world.scenario), energy: Math.min(1, energy) }
}

/** 1 - fit of key times fit of tempo over all pairs of decks, each pair weighted by how evenly it shares the crossfader; 0..1. */
function clashOf(sources: readonly Source[], scenario: Scenario): number {
  let clash = 0
  for (const [i, a] of sources.entries())
    for (const b of sources.slice(i + 1)) clash += 4 * a.gain * b.gain * (1 - fitOf(a, b, scenario))
  return Math.min(1, clash)
}

function fitOf(a: Source, b: Source, scenario: Scenario): number {
  const { dynamics, bpm, keyLock } = scenario
  const [first, second] = [a, b].map(({ track }) => soundingKey(track.key, track.bpm, bpm, keyLock))
  if (first === undefined || second === undefined) return 1
  const apart = tempoDistance(a.track.bpm, b.track.bpm) + Math.abs(a.slot.nudgePercent - b.slot.nudgePercent) / 100
  return keyFit(camelotDistance(first, second), dynamics) * tempoFit(apart, dynamics)
}

function keyFit(distance: number, dynamics: Dynamics): number {
  return dynamics.keyFit[Math.min(distance, dynamics.keyFit.length - 1)] ?? 0
}

function tempoFit(apart: number, dynamics: Dynamics): number {
  return dynamics.tempoFit.find((row) => apart <= row.within)?.fit ?? 0
}

/** Two things seen on the floor, each now and then wrong, since nobody at the decks sees everything. */
function describeFloor(before: readonly Group[], after: readonly Group[], world: World, random: Random): string {
  const said: string[] = []
  for (let look = 0; look < 2; look++) {
    const k = randomIndex(random, after.length)
    const wrong = random() < world.scenario.dynamics.floorNoise
    const group = after[wrong ? randomIndex(random, after.length) : k]
    const word = look === 0 ? seeGroup(before[k], group, after[k]?.name) : hearWish(group, k, after, world)
    const pick = random()
    if (word !== null) said.push(sayFloor(word, pick))
  }
  return said.join('; ')
}

/** Change first, then extremes; a group that goes on as it was is not worth a word. */
function seeGroup(before: Group | undefined, after: Group | undefined, name: string | undefined): FloorWord | null {
  if (before === undefined || after === undefined || name === undefined) return null
  const change = after.dancing / before.dancing - 1
  const see = (kind: FloorWord['kind']): FloorWord => ({ group: name, kind, style: null })
  if (after.tired > 0.45) return see('tired')
  if (change < -0.05) return see(after.dancing < 0.1 ? 'bare' : 'thinning')
  if (after.dancing > 0.6) return see('packed')
  return change > 0.05 ? see('filling') : see(after.dancing < 0.15 ? 'bare' : 'packed')
}

/** What a group would dance to most: taste times appetite. */
function hearWish(hungry: Group | undefined, k: number, after: readonly Group[], world: World): FloorWord | null {
  const group = after[k]
  const taste = world.scenario.crowd.groups[k]?.taste ?? []
  if (group === undefined || hungry === undefined) return null
  let best = 0
  for (const s of styleNames.keys())
    if ((taste[s] ?? 0) * (hungry.appetite[s] ?? 0) > (taste[best] ?? 0) * (hungry.appetite[best] ?? 0)) best = s
  return { group: group.name, kind: 'wants', style: styleNames[best] as StyleName }
}
