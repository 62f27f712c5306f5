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

export interface MomentInput {
  readonly score: PartyScore
  readonly slot: SlotScore
  readonly library: Library | null
  readonly readings: MomentReadings
  /** What rubs most between the agents then; null: hardly anything. */
  readonly rubbing: RubbingPair | null
}

/** Three or four sentences about one slot. */
export function describeMoment({ score, slot, library, readings, rubbing }: MomentInput): string {
  const where = `Slot ${slot.slot + 1} of ${score.plannedSlots}, ${describeTime(slot.startSeconds)}.`
  const decks = slot.world === null ? [] : [describeDecks(score, slot, library)]
  const floor = slot.world === null ? [] : [describeFloor(slot.world), describeBodies(score, slot)]
  return [where, ...decks, ...describeReadings(readings), describeRubbing(rubbing), ...floor]
    .filter((text) => text !== '')
    .join(' ')
}

function describeDecks(score: PartyScore, slot: SlotScore, library: Library | null): string {
  const parts = slot.agents.map(({ agent, deck }) => {
    const title = titleOf(score, agent)
    if (deck === null || !deck.playing || deck.track === null) return `${title} rests`
    const track = library?.tracks.find((known) => known.id === deck.track)
    const section = track?.sections[deck.section % track.sections.length]?.name
    return `${title} plays ${track?.title ?? deck.track}${section === undefined ? '' : `, ${section}`}`
  })
  return `${parts.join('; ')}.`
}

function describeReadings({ consonance, interlock, vitality }: MomentReadings): string[] {
  const parts = [
    consonance === null ? null : `${describeValue('consonance', consonance)} together`,
    interlock === null ? null : describeValue('interlock', interlock),
    vitality === null ? null : describeValue('vitality', vitality),
  ].filter((part) => part !== null)
  if (parts.length === 0) return []
  const text = parts.join(', ')
  return [`${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`]
}

/** "F4 rubs on F♯4 (349 and 370 Hz)." */
export function describeRubbing(rubbing: RubbingPair | null): string {
  if (rubbing === null) return ''
  const { aHz, bHz } = rubbing
  return `${pitchNameOf(aHz)} rubs on ${pitchNameOf(bHz)} (${Math.round(aHz)} and ${Math.round(bHz)} Hz).`
}

function describeBodies(score: PartyScore, slot: SlotScore): string {
  const bodies = slot.world?.bodies ?? []
  if (bodies.length === 0) return ''
  return `${bodies.map((body) => `${titleOf(score, body.agent)} is ${describeBody(body)}`).join(', ')}.`
}

function titleOf(score: PartyScore, agent: string): string {
  return displayText(score.session.agents.find((known) => known.agent === agent)?.title ?? agent, 60)
}
