// What a scripted DJ makes of what it read: who is on, for how long, what the floor wants, which tracks would do. Reads Knowledge only.
import { type Random, randomNormal } from '../random.ts'
import { type Move, type Policy, type SectionName, styleNames } from '../record/index.ts'
import { parseTurn } from './grammar.ts'
import { camelotDistance, tempoDistance } from './keys.ts'
import { type CrateTrack, type Knowledge, type Moment, type OtherDeck, presentOf } from './percept.ts'
import { readBody, readFloor } from './words.ts'

export interface Temper {
  readonly policy: Policy
  /** Slots it keeps to a track before it wants the next. */
  readonly patience: number
  /** 0..1, doubt about its own liking. */
  readonly exploration: number
  /** 0 or 1: who goes first where a rule needs it. */
  readonly seat: number
}

export interface Situation {
  readonly knowledge: Knowledge
  readonly present: Moment
  /** Own deck sounds. */
  readonly on: boolean
  /** The other deck as far as it is heard; null when it is silent or not heard. */
  readonly other: OtherDeck | null
  /** Slots in a row, as far as memory goes, in which the other deck sounded. */
  readonly otherSlots: number
  /** The same for the own deck, whatever it played. */
  readonly onSlots: number
  /** The partner's moves not read before, in order. */
  readonly partnerMoves: readonly Move[]
  /** The floor was seen to leave or tire just now. */
  readonly leaving: boolean
  /** 0 (worst) .. 6, null when the body is not felt. */
  readonly ease: number | null
  readonly worn: boolean
}

export function readSituation(knowledge: Knowledge): Situation {
  const present = presentOf(knowledge)
  const floor = readFloor(present.floor ?? '')
  const body = readBody(present.body ?? '')
  return {
    knowledge,
    present,
    on: present.own.level !== 'out',
    other: heardDeck(present),
    otherSlots: countBack(knowledge.moments, (moment) => heardDeck(moment) !== null),
    onSlots: countBack(knowledge.moments, (moment) => moment.own.level !== 'out'),
    partnerMoves: present.partner.flatMap((turn) => parseTurn(turn.text).moves),
    leaving: floor.some((word) => word.kind === 'thinning' || word.kind === 'bare' || word.kind === 'tired'),
    ease: body?.ease ?? null,
    worn: body?.worn ?? false,
  }
}

function heardDeck(moment: Moment): OtherDeck | null {
  return moment.other === null || moment.other === 'silent' ? null : moment.other
}

/** How many of the last moments in a row are so. */
function countBack(moments: readonly Moment[], so: (moment: Moment) => boolean): number {
  const last = moments.findLastIndex((moment) => !so(moment))
  return moments.length - 1 - last
}

/** A wish fades by a third a slot. */
const wishLasts = 0.67

/** The track that the partner was last read to load; null when none was. */
export function partnerTrack({ moments }: Knowledge): string | null {
  for (const moment of moments.toReversed()) {
    const loads = moment.partner.flatMap((turn) => parseTurn(turn.text).moves).filter((move) => move.do === 'load')
    const last = loads.at(-1)
    if (last?.do === 'load') return last.track
  }
  return null
}

/** What the floor calls for, per style, newest words strongest, 0..1. */
export function hearWishes(moments: readonly Moment[]): number[] {
  const wanted = styleNames.map(() => 0)
  let weight = 1
  for (let i = moments.length - 1; i >= 0 && weight > 0.05; i--, weight *= wishLasts)
    for (const word of readFloor(moments[i]?.floor ?? '')) {
      const s = word.style === null ? -1 : styleNames.indexOf(word.style)
      if (s >= 0) wanted[s] = Math.min(1, (wanted[s] ?? 0) + 0.6 * weight)
    }
  return wanted
}

/** What was heard fades by a fifth a slot. */
const heardLasts = 0.8

/** What sounded of late from both decks, per style, newest strongest, 0..1. */
export function recallStyles({ moments, crate }: Knowledge): number[] {
  const heard = styleNames.map(() => 0)
  let weight = 1 - heardLasts
  for (let i = moments.length - 1; i >= 0; i--, weight *= heardLasts) {
    const moment = moments[i]
    if (moment === undefined) continue
    const own = moment.own.level === 'out' ? undefined : crate.find((track) => track.id === moment.own.track)
    const other = heardDeck(moment)
    const share = own !== undefined && other !== null ? 0.5 : 1
    const whole = own?.style.reduce((sum, part) => sum + part, 0) ?? 1
    for (const [s, part] of own?.style.entries() ?? []) heard[s] = (heard[s] ?? 0) + (share * weight * part) / whole
    const s = other === null ? -1 : styleNames.indexOf(other.style)
    if (s >= 0) heard[s] = (heard[s] ?? 0) + share * weight
  }
  return heard
}

/** Mean of `weights` over a track's styles. */
export function overStyles(track: CrateTrack, weights: readonly number[]): number {
  let sum = 0
  let whole = 0
  for (const [s, part] of track.style.entries()) {
    sum += part * (weights[s] ?? 0)
    whole += part
  }
  return whole > 0 ? sum / whole : 0
}

/** DJs' rule of thumb for two keys so many steps apart on the wheel: neighbours mix, further away they rub. */
const mixesAt = [1, 0.85, 0.4, 0.2]

/** How well a track's tones lie beside another's, 0..1. */
export function soundTogether(track: CrateTrack, other: OtherDeck): number {
  return mixesAt[camelotDistance(track.key, other.key)] ?? 0
}

/** How well a track lies beside another in key and tempo, 0..1: both must do. */
export function lieTogether(track: CrateTrack, other: OtherDeck): number {
  const key = soundTogether(track, other)
  const tempo = Math.max(0, 1 - Math.max(0, tempoDistance(track.bpm, other.bpm) - 0.03) / 0.1)
  return key * tempo
}

/** The track with the highest worth; `noise` is the standard deviation of the doubt. Null for an empty crate. */
export function chooseTrack(
  crate: readonly CrateTrack[],
  worth: (track: CrateTrack) => number,
  noise: number,
  random: Random,
): CrateTrack | null {
  let best: CrateTrack | null = null
  let most = Number.NEGATIVE_INFINITY
  for (const track of crate) {
    const value = worth(track) + (noise > 0 ? noise * randomNormal(random) : 0)
    if (value > most) {
      most = value
      best = track
    }
  }
  return best
}

/** 1 for the track played last, falling to 0 over the last eight. */
export function recentness(played: readonly string[], id: string): number {
  const last = played.lastIndexOf(id)
  return last < 0 ? 0 : Math.max(0, 1 - (played.length - 1 - last) / 8)
}

/** The first of the wished cues that the track has. */
export function cueOf(track: CrateTrack, ...wished: SectionName[]): SectionName {
  return wished.find((cue) => track.cues.includes(cue)) ?? track.cues[0] ?? 'intro'
}
