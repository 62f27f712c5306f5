// One run's ensemble on the audio thread, and the sender that keeps it fed.
import type { EnsembleOptions, FromEnsemble, SlotMessage, ToEnsemble } from '../../../worklets/messages.ts'
import { type Library, stemsOf } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import type { PartyScore } from '../run/slots.ts'
import { openEnsemble } from './ensemble.ts'
import type { Sections } from './sections.ts'
import { createSender } from './sender.ts'
import { createSlotMessage } from './slot-message.ts'
import { sampleAt, slotOnGrid, type Tempo } from './tempo.ts'

export interface Place {
  readonly slot: number
  /** Second of the run, in that slot. */
  readonly seconds: Seconds
  readonly tempo: Tempo
}

export interface Troupe {
  readonly score: PartyScore
  readonly node: AudioWorkletNode
  post(message: ToEnsemble): void
  /** Stands at a moment, its slot being rendered. */
  goTo(place: Place): void
  /** This slot sounds now. */
  pump(slot: number): void
  /** Resolves when the slot being rendered is on its way. */
  sent(): Promise<void>
  /** Slots from one to another, as they sound. */
  messages(from: number, until: number, tempo: Tempo, signal: AbortSignal): Promise<SlotMessage[]>
  dispose(): void
}

export interface TroupeSettings extends Pick<EnsembleOptions, 'kernel' | 'mixtures' | 'ears'> {
  readonly audio: AudioContext
  readonly score: PartyScore
  readonly library: Library | null
  readonly sections: Sections
  /** A guest's levels. */
  readonly finish?: (message: SlotMessage, tempo: Tempo, signal: AbortSignal) => Promise<SlotMessage>
  readonly onMessage: (message: FromEnsemble) => void
  readonly onTrouble: (words: string | null) => void
}

export async function openTroupe(settings: TroupeSettings): Promise<Troupe> {
  const { audio, score, library, sections, kernel, mixtures, ears, finish, onTrouble } = settings
  const stems = stemsOf(score.session)
  const node = await openEnsemble(audio, { kernel, bpm: score.session.bpm, stems, mixtures, ears })
  node.port.onmessage = ({ data }: MessageEvent<FromEnsemble>) => settings.onMessage(data)
  const post = (message: ToEnsemble) => node.port.postMessage(message)
  const sender = createSender({
    score,
    library,
    sections,
    post,
    onTrouble,
    ...(finish === undefined ? {} : { finish }),
  })
  const finished = finish ?? (async (message: SlotMessage) => message)
  return {
    score,
    node,
    post,
    goTo({ slot, seconds, tempo }) {
      const { startSample, lengthSamples } = slotOnGrid(tempo, slot)
      const emerge = Math.max(startSample, Math.min(startSample + lengthSamples, sampleAt(tempo, seconds)))
      const open = ears === 'open' && tempo.speed === 1
      post({ kind: 'seek', sample: startSample, emerge, bpm: tempo.bpm * tempo.speed, ears: open ? 'open' : 'shut' })
      sender.restart(slot, tempo)
    },
    pump: sender.pump,
    sent: sender.sent,
    messages(from, until, tempo, signal) {
      const slots = score.slots.slice(from, until)
      const own = { score, library, sections, tempo, signal }
      return Promise.all(slots.map(async (slot) => finished(await createSlotMessage({ slot, ...own }), tempo, signal)))
    },
    dispose() {
      sender.stop()
      node.port.onmessage = null
      node.disconnect()
      node.port.close()
    },
  }
}
