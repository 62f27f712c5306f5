// Sends slots to the ensemble in order, each once its sections are rendered, never further ahead than a deck may hold.
import type { ToEnsemble } from '../../../worklets/messages.ts'
import type { Library } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import type { Sections } from './sections.ts'
import { createSlotMessage } from './slot-message.ts'

export interface SenderSettings {
  readonly score: PartyScore
  readonly library: Library | null
  readonly sections: Sections
  readonly post: (message: ToEnsemble) => void
  readonly onFailed: (words: string) => void
}

export interface Sender {
  /** The run has come so far: sends what is due. */
  pump(runSeconds: Seconds): void
  /** Begins anew with this slot. */
  restart(slot: number): void
  /** Resolves when the slot being rendered is on its way; at once when there is none. */
  sent(): Promise<void>
}

/** Slots that lie ready beyond the one that sounds (15 s); a deck takes two at most, counted from the block just rendered. */
const slotsAhead = 1

export function createSender({ score, library, sections, post, onFailed }: SenderSettings): Sender {
  let next = 0
  let busy = false
  let toldEnd = false
  let generation = 0
  let heard = 0
  let sending = Promise.resolve()
  const send = async (slot: SlotScore) => {
    busy = true
    const own = generation
    try {
      const message = await createSlotMessage({ slot, score, library, sections })
      if (own !== generation) return
      post(message)
      next = slot.slot + 1
      busy = false
      pump(heard)
    } catch (error) {
      onFailed((error as Error).message)
    }
  }
  const pump = (runSeconds: Seconds) => {
    heard = runSeconds
    if (busy) return
    const slot = score.slots[next]
    if (slot !== undefined) {
      if (next <= Math.floor(runSeconds / score.slotSeconds) + slotsAhead) sending = send(slot)
    } else if (score.ended && !toldEnd) {
      toldEnd = true
      post({ kind: 'complete' })
    }
  }
  return {
    pump,
    sent: () => sending,
    restart(slot) {
      generation++
      busy = false
      toldEnd = false
      next = slot
      pump(score.slots[slot]?.startSeconds ?? 0)
    },
  }
}
