// A moment of the run in plain words, for reading and for hearing it read.
import { gradeOf, placeAmongTwins, placeWords, type ScaleName } from '../../feedback/index.ts'
import type { RubbingPair } from '../../measure/index.ts'
import type { Library } from '../../record/index.ts'
import { pitchNameOf, type Seconds } from '../../units.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import { describeBody } from './body.ts'
import type { CurveLine } from './curves.ts'
import { displayText } from './elements.ts'
import { describeFloor } from './floor.ts'
import { type Cast, capitalise, describeStranger, isSwapped, nameAt, presenceAt, presenceOfAll } from './seats.ts'

export type CurveName = Exclude<ScaleName, 'smoothness'>

/** The three curves' values at a moment; null where undefined. */
export type MomentReadings = Readonly<Record<CurveName, number | null>>

/** A value 0..1 of a curve in words. */
export function describeValue(curve: CurveName, value: number | null): string {
  return value === null ? 'not defined here' : gradeOf(curve, value).ofMoment
}

/** ", no more than chance" where one line lies inside the band of its twins, or why it has none; nothing where there are several. */
export function describeChance(lines: readonly CurveLine[], value: number | null, seconds: Seconds): string {
  const [line, ...more] = lines
  if (line?.isChanceComing === true) return ', chance is being measured'
  if (more.length === 0 && line?.whyNoChance) return `, no band: ${line.whyNoChance}`
  const band = more.length === 0 ? line?.chance : null
  if (band === null || band === undefined || value === null) return ''
  const k = band.seconds.findIndex((time) => time >= seconds)
  const [low, high] = [band.low.at(k) ?? null, band.high.at(k) ?? null] // past the last moment: the last
  if (low === null || high === null) return ''
  // A moment has edges only where enough twins have a value.
  return `, ${placeWords[placeAmongTwins(value, { low, high, count: Number.POSITIVE_INFINITY })]}`
}

/** "1:05" */
export function describeTime(seconds: Seconds): string {
  const whole = Math.max(0, Math.floor(seconds + 1e-6))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** One line of a curve at a moment. */
export interface LineReading {
  readonly line: CurveLine
  readonly value: number | null
}

export interface MomentInput {
  /** The run that is listened to and measured. */
  readonly score: PartyScore
  /** The slot as it sounds, with whoever sits there. */
  readonly slot: SlotScore
  /** null: the run itself sounds. */
  readonly cast: Cast | null
  readonly library: Library | null
  /** Of the run itself, whoever sounds. */
  readonly readings: MomentReadings
  /** The lines that the readings belong to, each with its own value then. */
  readonly lines: Readonly<Record<CurveName, readonly LineReading[]>>
  /** What rubs most between the run's own agents then; null: hardly anything. */
  readonly rubbing: RubbingPair | null
}

/** Three or four sentences about one slot: what sounds, and apart from it what was measured of the run itself. */
export function describeMoment(input: MomentInput): string {
  const { score, slot, cast, rubbing } = input
  const where = `Slot ${slot.slot + 1} of ${score.plannedSlots}, ${describeTime(slot.startSeconds)}.`
  const [decks, bodies] = slot.world === null ? ['', ''] : [describeDecks(input), describeBodies(input)]
  const floor = describeFloor(slot.world)
  const measured = [describeReadings(input), describeRubbing(rubbing)]
  if (cast === null) return join([where, decks, ...measured.map(capitalise), floor, bodies])
  const isOther = cast.casting === 'other'
  const own = join(isOther ? measured : [...measured, floor])
  return join([
    where,
    describeGuests(input, cast),
    decks,
    ...(isOther ? [floor] : []),
    bodies,
    own === '' ? '' : `Of the run itself: ${own}`,
  ])
}

const join = (sentences: readonly string[]) => sentences.filter((text) => text !== '').join(' ')

/** Who sits where, and what they say. */
function describeGuests({ score, slot }: MomentInput, cast: Cast): string {
  const { casting, other } = cast
  if (casting === 'other') {
    const presence = presenceOfAll(other.score, slot.slot)
    if (presence === 'over') return `${capitalise(other.name)} has ended: nothing sounds.`
    return `You hear ${other.name}${presence === 'silent' ? ', silent here' : ''}.`
  }
  const seat = nameAt(score, casting.seat, null)
  switch (presenceAt(other.score, casting.seat, slot.slot)) {
    case 'no seat':
      return `The seat of ${seat} is silent: ${other.name} has nobody for it.`
    case 'over':
      return `The seat of ${seat} is silent: ${other.name} has ended.`
    case 'silent':
      return `In the seat of ${seat}: ${describeStranger(score, cast, casting.seat)}, silent here.`
    case 'sounds':
      return `In the seat of ${seat}: ${describeStranger(score, cast, casting.seat)}${quote(slot, casting.seat)}.`
  }
}

/** The first words of a turn in a slot. */
function quote(slot: SlotScore, seat: number): string {
  const said = (slot.agents[seat]?.tokens ?? []).filter(({ role }) => role === 'speech' || role === 'quoted')
  const text = displayText(
    said
      .map((token) => token.text)
      .join('')
      .replace(/^[\s"“”']+/, ''),
    48,
  ).trim()
  return text === '' ? '' : `, who says “${text}”`
}

function describeDecks({ score, slot, cast, library }: MomentInput): string {
  const parts = slot.agents.flatMap(({ deck }, seat) => {
    const title = nameAt(score, seat, cast)
    if (title === null || (cast !== null && isOver(cast, seat, slot.slot))) return []
    if (deck === null || !deck.playing || deck.track === null) return [`${title} rests`]
    const track = library?.tracks.find((known) => known.id === deck.track)
    const section = track?.sections[deck.section % track.sections.length]?.name
    return [`${title} plays ${track?.title ?? deck.track}${section === undefined ? '' : `, ${section}`}`]
  })
  return parts.length === 0 ? '' : `${parts.join('; ')}.`
}

const isOver = (cast: Cast, seat: number, slot: number) =>
  isSwapped(cast, seat) && presenceAt(cast.other.score, seat, slot) === 'over'

/** Each measure in words, and whether it is within what chance reaches. */
function describeReadings({ score, slot, readings, lines }: MomentInput): string {
  const seconds = slot.startSeconds + slot.seconds / 2
  const measure = (curve: CurveName, more = ''): string[] => {
    const value = readings[curve]
    if (value === null) return []
    const all = lines[curve]
    if (all.length === 2) return describeBoth(score, curve, all, seconds)
    return [`${describeValue(curve, value)}${more}${placeAll(all, seconds)}`]
  }
  const parts = [...measure('consonance', ' together'), ...measure('interlock'), ...measure('vitality')]
  return parts.length === 0 ? '' : `${parts.join('; ')}.`
}

/** Two lines are two agents. */
function describeBoth(score: PartyScore, curve: CurveName, all: readonly LineReading[], seconds: Seconds): string[] {
  return all.flatMap(({ line, value }, seat) =>
    value === null
      ? []
      : [`${nameAt(score, seat, null)} ${describeValue(curve, value)}${describeChanceShortly(line, value, seconds)}`],
  )
}

/** Of one line its place; of many how many are no more than chance. */
function placeAll(all: readonly LineReading[], seconds: Seconds): string {
  const [only] = all
  if (all.length === 1 && only !== undefined) return describeChanceShortly(only.line, only.value, seconds)
  const places = all.map(({ line, value }) => describeChanceShortly(line, value, seconds))
  const told = places.filter((place) => place.endsWith('chance'))
  if (told.length === 0) return places[0] === ', no band' ? ', no band' : ''
  const within = told.filter((place) => place !== `, ${placeWords.above}`).length
  return `, ${within} of ${told.length} no more than chance`
}

/** Without the reason why there is no band, which the scores tell. */
const describeChanceShortly = (line: CurveLine, value: number | null, seconds: Seconds) =>
  describeChance([line], value, seconds).replace(/, no band: .*/, ', no band')

/** "F4 rubs on F♯4 (349 and 370 Hz)." */
export function describeRubbing(rubbing: RubbingPair | null): string {
  if (rubbing === null) return ''
  const { aHz, bHz } = rubbing
  return `${pitchNameOf(aHz)} rubs on ${pitchNameOf(bHz)} (${Math.round(aHz)} and ${Math.round(bHz)} Hz).`
}

function describeBodies({ score, slot, cast }: MomentInput): string {
  const bodies = (slot.world?.bodies ?? []).map((body) => {
    const seat = score.session.agents.findIndex(({ agent }) => agent === body.agent)
    return `${nameAt(score, seat, cast) ?? displayText(body.agent, 40)} is ${describeBody(body)}`
  })
  return bodies.length === 0 ? '' : `${bodies.join(', ')}.`
}
