// The DJ that listens: to the partner, the floor and its own taste. It comes in when the other has had its time, beside what already
// sounds and fits it, swaps the bass, leaves when the other is in, and gives the floor what it calls for.
// `listen-yield` leaves the floor sooner and never comes back before the other has had as long.
import type { Random } from '../random.ts'
import type { Move } from '../record/index.ts'
import type { CrateTrack } from './percept.ts'
import {
  chooseTrack,
  cueOf,
  hearWishes,
  lieTogether,
  overStyles,
  partnerTrack,
  recallStyles,
  recentness,
  type Situation,
  type Temper,
} from './situation.ts'

const hold: Move = { do: 'hold' }

export function decideListening(situation: Situation, temper: Temper, random: Random): Move[] {
  const patience = Math.max(1, Math.min(5, temper.patience)) - (temper.policy === 'listen-yield' ? 1 : 0)
  const arriving = situation.partnerMoves.some((move) => move.do === 'play' || move.do === 'blend')
  if (situation.on && situation.other === null && arriving)
    return [{ do: 'yield' }, { do: 'eq', band: 'low', to: 'kill' }]
  if (!situation.on) return comeIn(situation, patience, temper, random)
  if (situation.other === null) return playAlone(situation, patience, temper, random)
  return playBeside(situation, random)
}

/** Silent deck: wait or come in, never onto a track that was only just loaded and not yet heard. */
function comeIn(situation: Situation, patience: number, temper: Temper, random: Random): Move[] {
  const { other, otherSlots, leaving, partnerMoves } = situation
  const coming = partnerMoves.some((move) => move.do === 'play' || move.do === 'blend')
  const going = partnerMoves.some((move) => move.do === 'yield' || move.do === 'cut')
  const ready = otherSlots >= patience || (leaving && otherSlots >= patience - 1) || going
  const changing = partnerMoves.some((move) => move.do === 'load')
  if (other === null ? coming : !ready || changing) return [hold]
  const track = nextTrack(situation, temper, random)
  if (track === null) return [hold]
  if (other === null) return [{ do: 'load', track: track.id, cue: cueOf(track, 'build', 'drop') }, { do: 'play' }]
  const blend: Move = { do: 'blend', beats: going ? 16 : 32 }
  const bass: Move[] = going ? neutralLow(situation) : [{ do: 'eq', band: 'low', to: 'kill' }]
  return [{ do: 'load', track: track.id, cue: cueOf(track, 'build', 'intro') }, blend, ...bass]
}

/** Only own deck sounds: stay as long as it carries, then change the track at the phrase. */
function playAlone(situation: Situation, patience: number, temper: Temper, random: Random): Move[] {
  const { own } = situation.present
  const back = neutralLow(situation)
  const stale = own.slots >= patience + 2 || (situation.worn && own.slots >= patience)
  if (!stale) return back.length > 0 ? back : [hold]
  const track = nextTrack(situation, temper, random)
  return track === null ? [hold] : [{ do: 'load', track: track.id, cue: cueOf(track, 'drop', 'build') }, ...back]
}

/** Both sound: who was first leaves, who came takes the bass over. When neither remembers who was first, the dice say. */
function playBeside(situation: Situation, random: Random): Move[] {
  const { onSlots, otherSlots, partnerMoves } = situation
  const first = onSlots === otherSlots ? random() < 0.5 : onSlots > otherSlots
  const leaving = partnerMoves.some((move) => move.do === 'yield' || move.do === 'cut')
  if (first && !leaving) return [{ do: 'yield' }, { do: 'eq', band: 'low', to: 'kill' }]
  const back = neutralLow(situation)
  return back.length > 0 ? back : [hold]
}

/** EQ moves that bring a killed or turned-down bass back. */
function neutralLow(situation: Situation): Move[] {
  const up: Move = { do: 'eq', band: 'low', to: 'up' }
  if (situation.present.own.set.includes('low kill')) return [up, up]
  return situation.present.own.set.includes('low down') ? [up] : []
}

/** What the floor calls for, what it likes itself, what lies well beside the other deck, and not what was just on. */
function nextTrack(situation: Situation, temper: Temper, random: Random): CrateTrack | null {
  const { knowledge, other } = situation
  const wanted = hearWishes(knowledge.moments)
  const heardLately = recallStyles(knowledge)
  const theirs = partnerTrack(knowledge)
  return chooseTrack(
    knowledge.crate,
    (track) =>
      1.2 * overStyles(track, wanted) +
      0.5 * overStyles(track, knowledge.taste) +
      1.5 * (other === null ? 0 : lieTogether(track, other)) -
      2 * overStyles(track, heardLately) +
      0.2 * track.energy -
      recentness(knowledge.played, track.id) -
      (track.id === theirs ? 2 : 0),
    0.15 * temper.exploration,
    random,
  )
}
