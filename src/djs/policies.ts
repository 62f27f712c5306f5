// What scripted DJs do: per policy a pure function Situation -> moves. Each does what its name says and sees only what it read.
import { type Random, randomChoice, randomIndex } from '../random.ts'
import type { Move } from '../record/index.ts'
import { decideListening } from './listening.ts'
import type { CrateTrack, Knowledge } from './percept.ts'
import {
  chooseTrack,
  cueOf,
  lieTogether,
  overStyles,
  readSituation,
  recentness,
  type Situation,
  soundTogether,
  type Temper,
} from './situation.ts'

/** The deck moves of one turn; speech is added by `scriptedDj`. Equal knowledge and dice give equal moves. */
export function decide(knowledge: Knowledge, temper: Temper, random: Random): Move[] {
  const situation = readSituation(knowledge)
  switch (temper.policy) {
    case 'silent':
      return [hold]
    case 'selfish':
      return decideSelfish(situation, temper, random)
    case 'random':
      return decideRandom(situation, random)
    case 'alternate':
      return decideAlternate(situation, temper, random)
    case 'copycat':
      return decideCopycat(situation)
    case 'one-hit':
      return situation.on ? [hold] : bringIn(favourite(situation, 0, random), 'drop')
    case 'yes-spammer':
      return situation.on ? [hold] : bringIn(situation.knowledge.crate[0] ?? null, 'intro')
    case 'drone':
      return decideDrone(situation)
    case 'metronome':
      return decideMetronome(situation)
    case 'listen':
    case 'listen-yield':
      return decideListening(situation, temper, random)
    case 'score-seeker':
      return decideScoreSeeker(situation, temper, random)
    case 'tonal-emergence':
      return decideTonal(situation, temper, random)
  }
}

const hold: Move = { do: 'hold' }

function bringIn(track: CrateTrack | null, cue: 'intro' | 'drop' | 'build'): Move[] {
  return track === null ? [hold] : [{ do: 'load', track: track.id, cue: cueOf(track, cue, 'drop') }, { do: 'play' }]
}

/** The best-liked track that was not just on. */
function favourite(situation: Situation, doubt: number, random: Random): CrateTrack | null {
  const { crate, taste, played } = situation.knowledge
  return chooseTrack(crate, (track) => overStyles(track, taste) - recentness(played, track.id), doubt, random)
}

/** Own favourites, one after the other, always on, whatever happens around. */
function decideSelfish(situation: Situation, temper: Temper, random: Random): Move[] {
  if (situation.on && situation.present.own.slots < Math.max(1, temper.patience)) return [hold]
  return bringIn(favourite(situation, 0.1 * temper.exploration, random), 'drop')
}

/** Any move of the grammar, by the dice. */
function decideRandom(situation: Situation, random: Random): Move[] {
  const { crate } = situation.knowledge
  if (crate.length === 0) return [hold]
  const track = randomChoice(random, crate)
  const load: Move = { do: 'load', track: track.id, cue: randomChoice(random, track.cues) }
  const choices: Move[][] = [
    [load, { do: 'play' }],
    [load, { do: 'blend', beats: 32 }],
    [{ do: 'cut' }],
    [{ do: 'yield' }],
    [{ do: 'eq', band: randomChoice(random, ['low', 'mid', 'high']), to: randomChoice(random, ['up', 'down']) }],
    [{ do: 'loop', beats: randomChoice(random, [4, 8, null]) }],
    [hold],
    [hold],
  ]
  return choices[randomIndex(random, choices.length)] ?? [hold]
}

/** Slots of one turn: a rule that both can keep without hearing each other. */
const alternateSlots = 2

/** Turns by the clock: the one, then the other, cut in and cut out, nothing heard. */
function decideAlternate(situation: Situation, temper: Temper, random: Random): Move[] {
  const mine = (Math.floor(situation.present.slot / alternateSlots) + temper.seat) % 2 === 0
  if (!mine) return situation.on ? [{ do: 'cut' }] : [hold]
  if (situation.on) return [hold]
  return bringIn(favourite(situation, 0.1 * temper.exploration, random), 'drop')
}

/** Does what the partner just did: the same track, or the own one that is most like it. */
function decideCopycat(situation: Situation): Move[] {
  const moves = situation.partnerMoves.flatMap((move): Move[] => {
    if (move.do === 'say') return []
    if (move.do !== 'load') return [move]
    const track = mostLike(situation, move.track)
    return track === null ? [] : [{ do: 'load', track: track.id, cue: cueOf(track, move.cue, 'drop') }]
  })
  return moves.length > 0 ? moves.slice(-5) : [hold]
}

function mostLike(situation: Situation, id: string): CrateTrack | null {
  const { crate } = situation.knowledge
  const same = crate.find((track) => track.id === id)
  if (same !== undefined) return same
  const { other } = situation
  const family = id.replace(/-?\d+$/, '')
  return chooseTrack(
    crate,
    (track) => (track.id.startsWith(family) ? 1 : 0) + (other === null ? 0 : lieTogether(track, other)),
    0,
    () => 0,
  )
}

/** The quietest track, the same few beats of it for ever. */
function decideDrone(situation: Situation): Move[] {
  if (situation.on) return [hold]
  const track = chooseTrack(
    situation.knowledge.crate,
    (one) => -one.energy,
    0,
    () => 0,
  )
  return [...bringIn(track, 'drop'), { do: 'loop', beats: 8 }]
}

/** The crate from front to back, a track every four slots. */
function decideMetronome(situation: Situation): Move[] {
  const { crate } = situation.knowledge
  if (situation.present.slot % 4 !== 0) return [hold]
  return bringIn(crate[(situation.present.slot / 4) % Math.max(1, crate.length)] ?? null, 'drop')
}

/** Climbs the number: keeps on while it rises, tries something else when it falls; without a number it reads the floor. */
function decideScoreSeeker(situation: Situation, temper: Temper, random: Random): Move[] {
  if (!situation.on) return bringIn(favourite(situation, 0.3, random), 'drop')
  const numbers = situation.knowledge.moments.flatMap((moment) => readNumber(moment.score))
  const [before, now] = numbers.slice(-2)
  const falling = before !== undefined && now !== undefined ? now < before - 0.005 : situation.leaving
  if (!falling || situation.present.own.slots < 2) return [hold]
  const { other, partnerMoves } = situation
  if (partnerMoves.some((move) => move.do === 'load')) return [hold]
  const track = chooseTrack(
    situation.knowledge.crate,
    (one) => (other === null ? 0 : lieTogether(one, other)) - recentness(situation.knowledge.played, one.id),
    0.2 + 0.2 * temper.exploration,
    random,
  )
  return bringIn(track, 'drop')
}

function readNumber(score: string | null): number[] {
  const match = /-?\d+(?:\.\d+)?/.exec(score ?? '')
  return match === null ? [] : [Number(match[0])]
}

/** Drawn to keys that sit well with what the partner just played, noisily, with a short memory (after Setzler & Goldstone 2020). */
function decideTonal(situation: Situation, temper: Temper, random: Random): Move[] {
  const { other, present } = situation
  if (situation.on && present.own.slots < Math.max(2, temper.patience - 1)) return [hold]
  const track = chooseTrack(
    situation.knowledge.crate,
    (one) =>
      (other === null ? 0 : 1.5 * soundTogether(one, other)) -
      recentness(situation.knowledge.played, one.id) +
      0.3 * overStyles(one, situation.knowledge.taste),
    0.15 + 0.3 * temper.exploration,
    random,
  )
  if (track === null) return [hold]
  const load: Move = { do: 'load', track: track.id, cue: cueOf(track, situation.on ? 'drop' : 'intro', 'drop') }
  return situation.on ? [load] : [load, { do: 'blend', beats: 32 }]
}
