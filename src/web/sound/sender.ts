// Sends slots to the ensemble in order, each once its sections are rendered, never further ahead than a deck may hold.
// What cannot be had now is tried again with growing waits, until it is there or the sound goes on elsewhere.
import type { SlotMessage, ToEnsemble } from '../../../worklets/messages.ts'
import type { Library } from '../../record/index.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import { type Later, laterByTimer, waitAfter } from './patience.ts'
import { createSlotMessage, type SlotMessageSettings } from './slot-message.ts'
import type { Tempo } from './tempo.ts'

export interface SenderSettings {
  readonly score: PartyScore
  readonly library: Library | null
  readonly sections: SlotMessageSettings['sections']
  readonly post: (message: ToEnsemble) => void
  /** A slot cannot be had now and is tried again, in words; null: it is on its way. */
  readonly onTrouble: (words: string | null) => void
  /** What else a slot needs before it is sent. */
  readonly finish?: (message: SlotMessage, tempo: Tempo, signal: AbortSignal) => Promise<SlotMessage>
  readonly later?: Later
}

export interface Sender {
  /** This slot sounds now: sends what is due. */
  pump(slot: number): void
  /** Begins anew with this slot. */
  restart(slot: number, tempo: Tempo): void
  /** Resolves when the slot being rendered is on its way, or could not be had at once; at once when there is none. */
  sent(): Promise<void>
  /** Sends nothing any more. */
  stop(): void
}

/** Slots that lie ready beyond the one that sounds (15 s); a deck takes two at most, counted from the block just rendered. */
const slotsAhead = 1

export function createSender(settings: SenderSettings): Sender {
  const { score, library, sections, post, finish = async (message) => message, later = laterByTimer } = settings
  let tempo: Tempo = { bpm: score.session.bpm, speed: 1 }
  let next = 0
  let busy = false
  let toldEnd = false
  /** Aborted when the sound goes on elsewhere: what was under way for it is left out. */
  let here = new AbortController()
  let sounding = 0
  let sending = Promise.resolve()
  const tell = createTrouble(settings.onTrouble)
  const send = async (slot: SlotScore, failures: number) => {
    busy = true
    const { signal } = here
    try {
      const bare = await createSlotMessage({ slot, score, library, sections, tempo, signal })
      if (signal.aborted) return
      const message = await finish(bare, tempo, signal)
      if (signal.aborted) return
      post(message)
    } catch (error) {
      if (signal.aborted) return
      tell(`${(error as Error).message.replace(/\.$/, '')}; trying again.`)
      return later(() => !signal.aborted && void send(slot, failures + 1), waitAfter(failures))
    }
    next = slot.slot + 1
    busy = false
    tell(null)
    pump(sounding)
  }
  const pump = (slotNow: number) => {
    sounding = slotNow
    if (busy) return
    const slot = score.slots[next]
    if (slot !== undefined) {
      if (next <= slotNow + slotsAhead) sending = send(slot, 0)
    } else if (score.ended && !toldEnd) {
      toldEnd = true
      post({ kind: 'complete' })
    }
  }
  return {
    pump,
    sent: () => sending,
    restart(slot, at) {
      here.abort()
      here = new AbortController()
      busy = false
      toldEnd = false
      tempo = at
      next = slot
      pump(slot)
    },
    stop() {
      here.abort()
      busy = true
      tell(null)
    },
  }
}

/** Tells of trouble at every try, and once when it is over. */
function createTrouble(tell: SenderSettings['onTrouble']): SenderSettings['onTrouble'] {
  let isIn = false
  return (words) => {
    if (words !== null || isIn) tell(words)
    isIn = words !== null
  }
}
