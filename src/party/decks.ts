// The decks: moves come in at the start of a slot, out goes what each deck does during it (DeckSlot) and how it stands after.
// A deck has a wish for the crossfader (its own fader, 0..1); when the wishes exceed one they share it in proportion.
// PLAY brings the deck in at once, BLEND over beats (64 spans two slots); CUT takes it out at once, YIELD over the slot.
// A new track loaded onto a sounding deck takes over at the slot's start. All faders move from the start of a phrase.
import { beatsPerSlot, type DeckSlot, type Move, type SectionName, type Track } from '../record/index.ts'

export interface Deck {
  readonly agent: string
  readonly track: string | null
  readonly section: number
  readonly playing: boolean
  readonly loopBeats: 4 | 8 | null
  readonly nudgePercent: number
  readonly eq: DeckSlot['eq']
  /** Own fader at the end of the slot, 0..1. */
  readonly wish: number
  /** Beats of a BLEND 64 that are left for the next slot. */
  readonly blending: number
  /** Share of the crossfader at the end of the slot. */
  readonly share: number
  /** Slots for which the track has sounded. */
  readonly slots: number
  /** Own tracks that have sounded, oldest first, at most `longestHistory`. */
  readonly played: readonly string[]
}

export interface DeckFault {
  readonly code: string
  readonly message: string
}

export interface DeckStep {
  readonly deck: Deck
  /** Beats over which the own fader moves; null when it rests. */
  readonly fadeBeats: number | null
  readonly faults: readonly DeckFault[]
}

type Crate = ReadonlyMap<string, Track>

const longestHistory = 12
/** Gains of a band, and the steps that `EQ +` and `EQ -` take between them. */
const bandGains: readonly number[] = [0, 0.5, 1, 1.4]

export function createDeck(agent: string): Deck {
  return {
    agent,
    track: null,
    section: 0,
    playing: false,
    loopBeats: null,
    nudgePercent: 0,
    eq: { low: 1, mid: 1, high: 1 },
    wish: 0,
    blending: 0,
    share: 0,
    slots: 0,
    played: [],
  }
}

/** `crate` is what the agent may load. Moves that cannot be done change nothing and are named. */
export function moveDeck(deck: Deck, moves: readonly Move[], crate: Crate): DeckStep {
  const faults: DeckFault[] = []
  let step = advance(deck, crate)
  for (const move of moves) {
    const next = applyMove(step, move, crate)
    if ('code' in next) faults.push(next)
    else step = next
  }
  return { ...step, deck: countSlot(step.deck), faults }
}

/** The deck at the start of a slot when nobody touches it. */
function advance(deck: Deck, crate: Crate): DeckStep {
  const out = deck.playing && deck.wish === 0
  const sections = crate.get(deck.track ?? '')?.sections.length ?? 1
  const onward = deck.playing && !out && deck.loopBeats === null
  const blending = deck.blending > 0 && !out
  return {
    deck: {
      ...deck,
      section: onward ? (deck.section + 1) % sections : deck.section,
      playing: deck.playing && !out,
      slots: out ? 0 : deck.slots,
      wish: blending ? 1 : deck.wish,
      blending: 0,
    },
    fadeBeats: blending ? beatsPerSlot : null,
    faults: [],
  }
}

function applyMove(step: DeckStep, move: Move, crate: Crate): DeckStep | DeckFault {
  const { deck } = step
  switch (move.do) {
    case 'load':
      return loadTrack(step, move.track, move.cue, crate)
    case 'play':
      return bringIn(step, 1, 0, 0)
    case 'blend': {
      const half = move.beats === 64
      return bringIn(step, half ? (deck.wish + 1) / 2 : 1, half ? beatsPerSlot : move.beats, half ? beatsPerSlot : 0)
    }
    case 'cut':
      return { ...step, deck: { ...deck, playing: false, wish: 0, blending: 0, slots: 0 }, fadeBeats: 0 }
    case 'yield':
      return deck.wish === 0 ? step : { ...step, deck: { ...deck, wish: 0, blending: 0 }, fadeBeats: beatsPerSlot }
    case 'eq':
      return { ...step, deck: { ...deck, eq: { ...deck.eq, [move.band]: turnBand(deck.eq[move.band], move.to) } } }
    case 'nudge':
      return { ...step, deck: { ...deck, nudgePercent: move.percent } }
    case 'loop':
      return { ...step, deck: { ...deck, loopBeats: move.beats } }
    case 'hold':
    case 'say':
      return step
  }
}

function loadTrack(step: DeckStep, id: string, cue: SectionName, crate: Crate): DeckStep | DeckFault {
  const track = crate.get(id)
  if (track === undefined)
    return {
      code: 'unknown-track',
      message: `LOAD: expected a track of the own crate, got "${id}". Take an id from the crate.`,
    }
  const section = track.sections.findIndex((part) => part.name === cue)
  if (section < 0) {
    const cues = [...new Set(track.sections.map((part) => part.name))].join(', ')
    return { code: 'unknown-cue', message: `LOAD: expected a cue that "${id}" has (${cues}), got "${cue}".` }
  }
  return { ...step, deck: { ...step.deck, track: id, section, loopBeats: null, slots: 0 } }
}

function bringIn(step: DeckStep, wish: number, beats: number, left: number): DeckStep | DeckFault {
  const { deck } = step
  if (deck.track === null)
    return { code: 'nothing-loaded', message: 'PLAY or BLEND: expected a loaded track, got an empty deck. LOAD first.' }
  if (deck.playing && deck.wish === 1) return step
  return { ...step, deck: { ...deck, playing: true, wish, blending: left }, fadeBeats: beats }
}

function turnBand(gain: number, to: 'up' | 'down' | 'kill'): number {
  if (to === 'kill') return 0
  const place = bandGains.indexOf(gain) + (to === 'up' ? 1 : -1)
  return bandGains[Math.max(0, Math.min(bandGains.length - 1, place))] as number
}

function countSlot(deck: Deck): Deck {
  if (!deck.playing || deck.track === null) return deck
  const known = deck.played[deck.played.length - 1] === deck.track
  const played = known ? deck.played : [...deck.played, deck.track].slice(-longestHistory)
  return { ...deck, slots: deck.slots + 1, played }
}

/** Shares the crossfader among the decks of one slot. A deck that rests follows the longest fade of the others. */
export function shareFader(before: readonly Deck[], steps: readonly DeckStep[]): { decks: Deck[]; slots: DeckSlot[] } {
  const wishes = steps.reduce((sum, step) => sum + step.deck.wish, 0)
  const longest = steps.reduce((most, step) => Math.max(most, step.fadeBeats ?? 0), 0)
  const decks = steps.map((step) => ({ ...step.deck, share: step.deck.wish / Math.max(1, wishes) }))
  const slots = decks.map((deck, i): DeckSlot => {
    const from = before[i]?.share ?? 0
    const overBeats = from === deck.share ? 0 : (steps[i]?.fadeBeats ?? longest)
    return {
      agent: deck.agent,
      track: deck.track,
      section: deck.section,
      playing: deck.playing,
      loopBeats: deck.loopBeats,
      nudgePercent: deck.nudgePercent,
      fader: { from, to: deck.share, overBeats },
      eq: deck.eq,
    }
  })
  return { decks, slots }
}

/** Mean share of the crossfader over the slot, 0..1; a stopped deck has none. */
export function meanShare(slot: DeckSlot): number {
  if (!slot.playing) return 0
  const { from, to, overBeats } = slot.fader
  return to + ((from - to) * (overBeats / beatsPerSlot)) / 2
}
