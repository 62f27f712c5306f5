// Another run beside the one that is listened to: in step with it, on its beat, agent by agent as loud as the agent whose seat it takes.
import type { SlotMessage } from '../../../worklets/messages.ts'
import { type Library, stemsOf } from '../../record/index.ts'
import { amplitudeOfDecibels, type Decibels } from '../../units.ts'
import type { PartyScore } from '../run/slots.ts'
import type { Sections } from './sections.ts'
import { bpmOf, type Tempo } from './tempo.ts'
import { openTroupe, type Troupe } from './troupe.ts'
import type { Workshop } from './workshop.ts'

export interface Guest {
  readonly troupe: Troupe
  /** What was added to the agent at a seat in a slot, so that it is as loud as the agent it stands in for; null: not known yet. */
  levelChange(slot: number, seat: number): Decibels | null
}

export interface GuestSettings {
  readonly audio: AudioContext
  readonly kernel: Uint8Array<ArrayBuffer>
  /** The run that is listened to. */
  readonly host: Troupe
  readonly score: PartyScore
  readonly library: Library | null
  readonly sections: Sections
  readonly workshop: Workshop
  readonly onFailed: (words: string) => void
  readonly onTrouble: (words: string | null) => void
}

/** No agent is made louder or quieter by more than this: what is hardly there stays hardly there. */
export const mostLevelChange = 12
/** Where a slot's change is not known: the one after, the one before. */
const nearby = [0, 1, -1]

export async function openGuest(settings: GuestSettings): Promise<Guest> {
  const { audio, kernel, score, library, sections, onFailed, onTrouble } = settings
  const levels = createLevels(settings)
  const troupe = await openTroupe({
    audio,
    score,
    library,
    sections,
    kernel,
    mixtures: [],
    ears: 'shut',
    finish: levels.match,
    onMessage: (message) => message.kind === 'failed' && onFailed(message.message),
    onTrouble,
  })
  return { troupe, levelChange: levels.change }
}

interface Levels {
  match(message: SlotMessage, tempo: Tempo, signal: AbortSignal): Promise<SlotMessage>
  change(slot: number, seat: number): Decibels | null
}

/** Loudness of host and guest over each slot, both as they would sound alone, and the difference as the guest's level. */
function createLevels({ host, score, workshop }: GuestSettings): Levels {
  const changes = new Map<string, Decibels>()
  const guestStems = stemsOf(score.session)
  const seats = score.session.agents.map(({ agent }) => agent)
  const loudness = async (of: PartyScore, message: SlotMessage, tempo: Tempo, signal: AbortSignal) => {
    const { startSample, lengthSamples } = message
    const [from, to] = [startSample, startSample + lengthSamples]
    return workshop.measureLevels({ stems: stemsOf(of.session), bpm: bpmOf(tempo), slots: [message], from, to }, signal)
  }
  return {
    async match(message, tempo, signal) {
      const [theirs] = await host.messages(message.slot, message.slot + 1, tempo, signal)
      if (theirs === undefined) return message
      const [wanted, own] = await Promise.all([
        loudness(host.score, theirs, tempo, signal),
        loudness(score, message, tempo, signal),
      ])
      seats.forEach((_, seat) => {
        const [target, is] = [wanted[seat] ?? null, own[seat] ?? null]
        const before = changes.get(`${message.slot - 1}/${seat}`) ?? 0
        const change =
          target === null || is === null ? before : Math.max(-mostLevelChange, Math.min(mostLevelChange, target - is))
        changes.set(`${message.slot}/${seat}`, change)
      })
      const gains = guestStems.map(({ agent }) =>
        amplitudeOfDecibels(changes.get(`${message.slot}/${seats.indexOf(agent)}`) ?? 0),
      )
      return { ...message, gains }
    },
    change: (slot, seat) =>
      nearby.map((by) => changes.get(`${slot + by}/${seat}`)).find((one) => one !== undefined) ?? null,
  }
}
