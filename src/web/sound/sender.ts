// Sends slots to the ensemble in order, each once its sections are rendered, never further ahead than a deck may hold.
import type { SlotMessage, ToEnsemble } from '../../../worklets/messages.ts'
import type { Library } from '../../record/index.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import type { Sections } from './sections.ts'
import { createSlotMessage } from './slot-message.ts'
import type { Tempo } from './tempo.ts'

export interface SenderSettings {
  readonly score: PartyScore
  readonly library: Library | null
  readonly sections: Sections
  readonly post: (message: ToEnsemble) => void
  readonly onFailed: (words: string) => void
  /** What else a slot needs before it is sent. */
  readonly finish?: (message: SlotMessage, tempo: Tempo) => Promise<SlotMessage>
}

export interface Sender {
  /** This slot sounds now: sends what is due. */
  pump(slot: number): void
  /** Begins anew with this slot. */
  restart(slot: number, tempo: Tempo): void
  /** Resolves when the slot being rendered is on its way; at once when there is none. */
  sent(): Promise<void>
}

/** Slots that lie ready beyond the one that sounds (15 s); a deck takes two at most, counted from the block just rendered. */
const slotsAhead = 1

export function createSender(settings: SenderSettings): Sender {
  const { score, library, sections, post, onFailed, finish = async (message) => message } = settings
  let tempo: Tempo = { bpm: score.session.bpm, speed: 1 }
  let next = 0
  let busy = false
  let toldEnd = false
  let generation = 0
  let sounding = 0
  let sending = Promise.resolve()
  const send = async (slot: SlotScore) => {
    busy = true
    const own = generation
    try {
      const message = await finish(await createSlotMessage({ slot, score, library, sections, tempo }), tempo)
      if (own !== generation) return
      post(message)
      next = slot.slot + 1
      busy = false
      pump(sounding)
    } catch (error) {
      if (own === generation) onFailed((error as Error).message)
    }
  }
  const pump = (slotNow: number) => {
    sounding = slotNow
    if (busy) return
    const slot = score.slots[next]
    if (slot !== undefined) {
      if (next <= slotNow + slotsAhead) sending = send(slot)
    } else if (score.ended && !toldEnd) {
      toldEnd = true
      post({ kind: 'complete' })
    }
  }
  return {
    pump,
    sent: () => sending,
    restart(slot, at) {
      generation++
      busy = false
      toldEnd = false
      tempo = at
      next = slot
      pump(slot)
    },
  }
}
