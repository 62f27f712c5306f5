// Who sounds at each seat while another run is heard beside this one, in words. A stranger is told where one sounds, and nowhere else: where
// the other run is over, or silent, the words say so instead of how well it fits.
import type { Decibels } from '../../units.ts'
import type { OtherRun } from '../run/other-run.ts'
import type { PartyScore } from '../run/slots.ts'
import { mostLevelChange } from '../sound/guest.ts'
import type { Casting } from '../sound/mixer.ts'
import { displayText } from './elements.ts'

/** Another run, and where it sits. */
export interface Cast {
  readonly casting: Exclude<Casting, 'own'>
  readonly other: OtherRun
}

/** null where the run itself sounds. */
export const castOf = (casting: Casting, other: OtherRun | null): Cast | null =>
  casting === 'own' || other === null ? null : { casting, other }

/** over: the run has no such slot; no seat: nor anybody to sit there. */
export type Presence = 'sounds' | 'silent' | 'over' | 'no seat'

/** Whether an agent of a run can be heard in a slot. */
export function presenceAt({ session, slots }: PartyScore, seat: number, slot: number): Presence {
  if (session.agents[seat] === undefined) return 'no seat'
  const there = slots[slot]
  if (there === undefined) return 'over'
  const part = there.agents[seat]
  return part === undefined || part.voiceNotes.length + part.deckNotes.length === 0 ? 'silent' : 'sounds'
}

/** Whether anybody of a run can be heard in a slot. */
export function presenceOfAll(score: PartyScore, slot: number): Exclude<Presence, 'no seat'> {
  if (slot >= score.slots.length) return 'over'
  const isHeard = score.session.agents.some((_, seat) => presenceAt(score, seat, slot) === 'sounds')
  return isHeard ? 'sounds' : 'silent'
}

/** Whether whoever is cast in can be heard in a slot. */
export const tellPresence = ({ casting, other }: Cast, slot: number): Presence =>
  casting === 'other' ? presenceOfAll(other.score, slot) : presenceAt(other.score, casting.seat, slot)

export const isSwapped = ({ casting }: Cast, seat: number) => casting === 'other' || casting.seat === seat

/** An agent's own name, or that of whoever sits there instead; null: nobody does. */
export function nameAt(score: PartyScore, seat: number, cast: Cast | null): string | null {
  const { session } = cast !== null && isSwapped(cast, seat) ? cast.other.score : score
  const agent = session.agents[seat]
  return agent === undefined ? null : displayText(agent.title, 40)
}

/** "Mira and Orrin", "Mira, Orrin and Juno", "Mira, Orrin and 14 more". */
export function listNames(names: readonly string[]): string {
  const told = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names
  return told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`
}

export const capitalise = (words: string) => `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`

/** Who sits at a seat instead of the run's own agent in a slot; null: the agent itself. */
export function describeStranger(score: PartyScore, cast: Cast | null, seat: number, slot = 0): string | null {
  if (cast === null || !isSwapped(cast, seat)) return null
  const name = nameAt(score, seat, cast)
  if (name === null) return `nobody: ${cast.other.name} has no such seat`
  const ended = slot < cast.other.score.slots.length ? '' : ', which has ended'
  return `${name}, ${cast.casting === 'other' ? '' : 'a stranger from '}${cast.other.name}${ended}`
}

export interface CastMoment {
  readonly score: PartyScore
  readonly cast: Cast | null
  /** The slot that sounds. */
  readonly slot: number
  /** What was added to the stranger's level; null: not known yet. */
  readonly change: Decibels | null
}

/** In a run of one agent there is no null to hear. */
export const nobodyToFit = 'One agent alone: nobody is there to fit with, so there is no null to hear.'

/** Who sounds from now on, and what that means. */
export function describeCast({ score, cast, slot, change }: CastMoment): string {
  if (cast === null) return 'The run itself again.'
  const { casting, other } = cast
  const tempo =
    other.score.session.bpm === score.session.bpm
      ? ''
      : ` Played at ${other.score.session.bpm} bpm, heard at ${score.session.bpm}.`
  if (casting === 'other') return describeOther(other, presenceOfAll(other.score, slot), tempo)
  const title = nameAt(score, casting.seat, null) ?? ''
  const who = `The null: ${title} is a stranger from ${other.name} (seed ${other.score.session.seed})`
  switch (presenceAt(other.score, casting.seat, slot)) {
    case 'no seat':
      return `The null: ${other.name} has nobody for the seat of ${title}; it stays silent.`
    case 'over':
      return `${who}, but ${other.name} has ended before this: the seat is silent.`
    case 'silent':
      return `${who}, who is silent here.`
    case 'sounds': {
      const level = presenceAt(score, casting.seat, slot) === 'sounds' ? describeLevel(change) : ''
      return `${who}, on the same beat${level}. What fits now fits by chance.${tempo}`
    }
  }
}

function describeOther({ name }: OtherRun, presence: ReturnType<typeof presenceOfAll>, tempo: string): string {
  switch (presence) {
    case 'over':
      return `${capitalise(name)} has ended before this: nothing of it sounds here.`
    case 'silent':
      return `You hear ${name}; it is silent here.`
    case 'sounds':
      return `You hear ${name}, in step with this one.${tempo}`
  }
}

/** " and as loud (−2.1 dB here)": as near as the bound of the change allows. */
function describeLevel(change: Decibels | null): string {
  if (change === null) return ''
  const decibels = `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(1)} dB here`
  if (Math.abs(change) < mostLevelChange) return ` and as loud (${decibels})`
  return ` and as near in loudness as ${mostLevelChange} dB allow (${decibels})`
}
