// World state -> what one agent may know of it (Knowledge), and its memory. Which parts are filled is the condition's choice.
import {
  type CrateTrack,
  type DeckLevel,
  type Episode,
  type Knowledge,
  type Moment,
  type OtherDeck,
  type OwnDeck,
  type PartnerTurn,
  sayBody,
  soundingKey,
} from '../djs/index.ts'
import { type Metatoken, type Scenario, styleNames, type Track } from '../record/index.ts'
import type { Shown } from './conditions.ts'
import type { Deck } from './decks.ts'
import type { World, WorldState } from './world.ts'

/** What reached the agent besides the world's own state. */
export interface News {
  readonly heard: string | null
  readonly score: string | null
  readonly partner: readonly PartnerTurn[]
  readonly fault: string | null
  /** What is told instead of floor and body, under yoked-sham. */
  readonly sham?: { readonly floor: string | null; readonly body: string | null } | undefined
  readonly metatokens?: readonly Metatoken[] | undefined
}

/** The crate as it is told to its owner; keys are those that sound at the night's tempo. */
export function describeCrate(crate: ReadonlyMap<string, Track>, scenario: Scenario): CrateTrack[] {
  return [...crate.values()].map((track) => ({
    id: track.id,
    title: track.title,
    bpm: track.bpm,
    key: soundingKey(track.key, track.bpm, scenario.bpm, scenario.keyLock),
    energy: track.energy,
    style: track.style,
    cues: [...new Set(track.sections.map((section) => section.name))],
  }))
}

/** The present slot for agent number `seat`. */
export function observe(state: WorldState, world: World, seat: number, shown: Shown, news: News): Moment {
  const body = state.bodies[seat]
  const felt = news.sham ?? {
    floor: state.floor,
    body: body === undefined ? null : sayBody(body.comfort, body.adaptation),
  }
  return {
    slot: state.slot,
    metatokens: news.metatokens ?? [],
    own: describeOwn(state.decks[seat], world.crates[seat], shown),
    other: shown.hearing ? describeOther(state, world, seat) : null,
    heard: shown.hearing ? news.heard : null,
    floor: shown.comfort ? felt.floor : null,
    body: shown.comfort ? felt.body : null,
    score: shown.score ? news.score : null,
    partner: shown.hearing ? news.partner : [],
    fault: news.fault,
    you: null,
  }
}

export interface Recollection {
  readonly crate: readonly CrateTrack[]
  readonly replayed: readonly Episode[]
  readonly recalled: readonly Episode[]
  /** The agent's finished moments, oldest first. */
  readonly memory: readonly Moment[]
  readonly present: Moment
}

/** Memory and present as one Knowledge. */
export function recall(
  state: WorldState,
  world: World,
  seat: number,
  { crate, replayed, recalled, memory, present }: Recollection,
): Knowledge {
  const kept = world.scenario.memorySlots
  return {
    taste: world.tastes[seat] ?? [],
    crate,
    played: state.decks[seat]?.played ?? [],
    replayed,
    recalled,
    moments: [...(kept > 0 ? memory.slice(-kept) : []), present],
  }
}

/** Who cannot hear the other deck is told of the own fader only: the share of the crossfader would give the other's away. */
function describeOwn(
  deck: Deck | undefined,
  crate: ReadonlyMap<string, Track> | undefined,
  { hearing }: Shown,
): OwnDeck {
  const section = crate?.get(deck?.track ?? '')?.sections[deck?.section ?? 0]?.name
  if (deck === undefined || deck.track === null || section === undefined)
    return { track: null, section: null, level: 'out', slots: 0, set: deck === undefined ? [] : describeSettings(deck) }
  const level = levelOf(deck, hearing ? deck.share : deck.wish)
  return { track: deck.track, section, level, slots: deck.slots, set: describeSettings(deck) }
}

function describeSettings(deck: Deck): string[] {
  const bands = (['low', 'mid', 'high'] as const).flatMap((band) => {
    const gain = deck.eq[band]
    return gain === 1 ? [] : [`${band} ${gain === 0 ? 'kill' : gain < 1 ? 'down' : 'up'}`]
  })
  return [
    ...bands,
    ...(deck.loopBeats === null ? [] : [`loop ${deck.loopBeats}`]),
    ...(deck.nudgePercent === 0 ? [] : [`nudge ${deck.nudgePercent > 0 ? '+' : ''}${deck.nudgePercent}%`]),
  ]
}

/** What can be heard of the loudest other deck. */
function describeOther(state: WorldState, world: World, seat: number): OtherDeck | 'silent' | null {
  const others = state.decks.map((deck, i) => ({ deck, i })).filter(({ i }) => i !== seat)
  if (others.length === 0) return null
  const { deck, i } = others.reduce((most, next) => (next.deck.share > most.deck.share ? next : most))
  const track = world.crates[i]?.get(deck.track ?? '')
  const level = levelOf(deck, deck.share)
  if (track === undefined || level === 'out') return 'silent'
  const { bpm, keyLock } = world.scenario
  let main = 0
  for (const s of styleNames.keys()) if ((track.style[s] ?? 0) > (track.style[main] ?? 0)) main = s
  return {
    bpm: track.bpm,
    key: soundingKey(track.key, track.bpm, bpm, keyLock),
    style: styleNames[main] ?? styleNames[0],
    level,
  }
}

function levelOf({ playing }: Deck, share: number): DeckLevel {
  if (!playing || share === 0) return 'out'
  if (share < 0.4) return 'low'
  return share > 0.75 ? 'full' : 'half'
}
