// The page's side of measuring: frames gathered slot by slot as they are heard, and handed to the keeper in its worker.
import type { FromEnsemble } from '../../../worklets/messages.ts'
import type { HeardFrame } from '../../hear/index.ts'
import type { HeardSlot, UnhashedScores } from '../../measure/index.ts'
import type { Scores, SessionLine } from '../../record/index.ts'
import MeasuresWorker from './measures.worker.ts?worker'
import type { PartyScore, SlotScore } from './slots.ts'

export type ToMeasures =
  /** `unheard`: slots before the first one heard; nothing in them counts. */
  | {
      readonly kind: 'begin'
      readonly passage: number
      readonly session: SessionLine
      readonly unheard: readonly HeardSlot[]
    }
  | { readonly kind: 'slot'; readonly heard: HeardSlot }
  | { readonly kind: 'finish'; readonly frames: readonly HeardFrame[] }

export type FromMeasures =
  | { readonly kind: 'series'; readonly passage: number; readonly series: Scores['series'] }
  | { readonly kind: 'scores'; readonly passage: number; readonly scores: UnhashedScores }

export interface Measures {
  hear(message: FromEnsemble): void
  /** Sound goes on at this slot. */
  seek(slot: number): void
  /** Nothing more will sound. */
  finish(): void
  dispose(): void
}

export interface MeasuresSettings {
  readonly score: PartyScore
  readonly onSeries: (series: Scores['series']) => void
  /** `whole`: every slot was heard from the first to the last, so these are the run's scores. */
  readonly onScores: (scores: UnhashedScores, whole: boolean) => void
  /** More sounds than can be measured while it sounds: the rest is heard without the keeper's measures. */
  readonly onTooMuch: () => void
}

/** Slots that may wait for the keeper: about a minute. */
const mostWaiting = 4

export function openMeasures({ score, onSeries, onScores, onTooMuch }: MeasuresSettings): Measures {
  const worker = new MeasuresWorker()
  const post = (message: ToMeasures) => worker.postMessage(message)
  let frames: HeardFrame[] = []
  let whole = true
  let waiting = 0
  let passage = 0
  let tooMuch = false
  worker.onmessage = ({ data }: MessageEvent<FromMeasures>) => {
    if (data.kind === 'series') waiting--
    if (data.passage !== passage) return // sound goes on elsewhere since
    if (data.kind === 'series') onSeries(data.series)
    else onScores(data.scores, whole)
  }
  const begin = (slot: number) => {
    frames = []
    whole = slot === 0
    const unheard = score.slots.slice(0, slot).map((one) => heardSlot(silent(one), []))
    post({ kind: 'begin', passage: ++passage, session: score.session, unheard })
  }
  begin(0)
  return {
    hear(message) {
      if (tooMuch) return
      if (message.kind === 'heard') frames.push(message.frame)
      const slot = message.kind === 'sounded' ? score.slots[message.slot] : undefined
      if (slot === undefined) return
      const heard = frames
      frames = []
      tooMuch = waiting >= mostWaiting
      if (tooMuch) return onTooMuch()
      waiting++
      post({ kind: 'slot', heard: heardSlot(slot, heard) })
    },
    seek(slot) {
      if (!tooMuch) begin(slot)
    },
    finish() {
      if (!tooMuch) post({ kind: 'finish', frames })
      frames = []
    },
    dispose: () => worker.terminate(),
  }
}

/** A slot without what would have to be composed. */
function silent({ slot, startSeconds, seconds, startSample, lengthSamples, world }: SlotScore): SlotScore {
  return { slot, startSeconds, seconds, startSample, lengthSamples, world, notes: [], agents: [], turns: [] }
}

function heardSlot(slot: SlotScore, frames: readonly HeardFrame[]): HeardSlot {
  const { startSeconds, notes, turns, world } = slot
  return { slot: slot.slot, startSeconds, endSeconds: startSeconds + slot.seconds, frames, notes, turns, world }
}
