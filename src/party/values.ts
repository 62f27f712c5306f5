// The value store: what an agent remembers beyond its window. In: each finished moment and how the body felt after it, in words. Out: the
// few episodes that are shown again. Everything is made of what the agent has read itself, so that its condition holds for its memory too.
// Novelty as in novelty search (Lehman & Stanley 2011, the mean distance to the nearest), values by episode (Blundell et al. 2016).
import { type Episode, formatMoves, type Moment, parseTurn, readBody, readFloor } from '../djs/index.ts'
import type { Move, ValueStore } from '../record/index.ts'

/** At least "restless"; and of the episodes of scripted nights about the most novel three quarters (their lower quartile is .55 to .58). */
export const defaultValueStore: ValueStore = {
  size: 64,
  recalled: 3,
  noveltyFrom: 0.55,
  comfortFrom: 0.5,
  setSlots: null,
  replayed: 4,
}

export interface StoredEpisode {
  readonly episode: Episode
  /** What the situation was, as far as it was read. */
  readonly situation: ReadonlySet<string>
  /** Situation and own moves. */
  readonly features: ReadonlySet<string>
  /** How well the body felt afterwards, 0..1 along its words, half a word less when it was wearing thin; null where it is not felt. */
  readonly value: number | null
  /** Mean distance to the three nearest of those stored before, 0..1; 1 for the first. */
  readonly novelty: number
}

/** The store with one episode more. `after` is what was read of the body in the slot that followed. */
export function storeEpisode(
  store: readonly StoredEpisode[],
  finished: Moment,
  after: string | null,
  { size }: ValueStore,
): StoredEpisode[] {
  const moves = parseTurn(finished.you ?? '').moves.filter((move) => move.do !== 'say')
  const situation = situationOf(finished)
  const features = new Set([...situation, ...moves.map(featureOf)])
  const you = formatMoves(moves.length > 0 ? moves : [{ do: 'hold' }])
  const moment = { ...finished, heard: null, score: null, partner: [], fault: null, you }
  const stored = { episode: { moment, after }, situation, features, value: easeOf(after), novelty: 1 }
  const grown = [...store, { ...stored, novelty: noveltyOf(features, store) }]
  if (grown.length <= size) return grown
  const least = grown.reduce((worst, next) => (worthOf(next) < worthOf(worst) ? next : worst))
  return grown.filter((next) => next !== least)
}

/** Episodes from before slot `before` that are like the present and worth it, oldest first. */
export function recallEpisodes(
  store: readonly StoredEpisode[],
  present: Moment,
  before: number,
  settings: ValueStore,
): Episode[] {
  const situation = situationOf(present)
  const open = store.filter(({ episode }) => episode.moment.slot < before)
  return best(open, settings, settings.recalled, (next) => 1 - distance(situation, next.situation) + (next.value ?? 0))
}

/** What is shown again before a new set: the best and most novel, oldest first; nothing inside a set. */
export function replayEpisodes(store: readonly StoredEpisode[], slot: number, settings: ValueStore): Episode[] {
  if (settings.setSlots === null || slot === 0 || slot % settings.setSlots !== 0) return []
  return best(store, settings, settings.replayed, worthOf)
}

/** The `count` of highest `rank` among those that are novel and comfortable enough; of equals the later. */
function best(
  store: readonly StoredEpisode[],
  { noveltyFrom, comfortFrom }: ValueStore,
  count: number,
  rank: (stored: StoredEpisode) => number,
): Episode[] {
  return store
    .filter(({ novelty, value }) => novelty >= noveltyFrom && (value === null || value >= comfortFrom))
    .map((stored) => ({ episode: stored.episode, rank: rank(stored) }))
    .sort((a, b) => b.rank - a.rank || b.episode.moment.slot - a.episode.moment.slot)
    .slice(0, count)
    .map(({ episode }) => episode)
    .sort((a, b) => a.moment.slot - b.moment.slot)
}

function worthOf({ value, novelty }: StoredEpisode): number {
  return (value ?? 0) + novelty
}

const easiest = 6

function easeOf(after: string | null): number | null {
  const body = readBody(after ?? '')
  return body === null ? null : Math.max(0, body.ease - (body.worn ? 0.5 : 0)) / easiest
}

const nearest = 3

function noveltyOf(features: ReadonlySet<string>, store: readonly StoredEpisode[]): number {
  const near = store
    .map((other) => distance(features, other.features))
    .sort((a, b) => a - b)
    .slice(0, nearest)
  return near.length === 0 ? 1 : near.reduce((sum, value) => sum + value, 0) / near.length
}

/** Jaccard's: the share of what only one of the two has. */
function distance(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const feature of a) if (b.has(feature)) both++
  const either = a.size + b.size - both
  return either === 0 ? 0 : 1 - both / either
}

function situationOf({ own, other, floor, body }: Moment): Set<string> {
  const deck = other === null || other === 'silent' ? [`other ${other}`] : [`key ${other.key.tonic} ${other.key.mode}`]
  if (other !== null && other !== 'silent') deck.push(`other ${other.style}`, `other ${other.level}`)
  const seen = readFloor(floor ?? '').map(({ group, kind, style }) => `floor ${group} ${kind} ${style}`)
  const felt = readBody(body ?? '')
  return new Set([
    `track ${own.track}`,
    `section ${own.section}`,
    `level ${own.level}`,
    ...deck,
    ...seen,
    ...(felt === null ? [] : [`body ${felt.ease}`]),
  ])
}

function featureOf(move: Move): string {
  return move.do === 'load' ? `load ${move.track}` : `move ${move.do}`
}
