// One slot as the ensemble wants it: notes for voices, deck slots with their rendered sections for decks.
import type { SlotMessage, StemPart } from '../../../worklets/messages.ts'
import { sampleRate } from '../../pipeline.ts'
import { type DeckSlot, type Library, stemsOf } from '../../record/index.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import type { Sections } from './sections.ts'
import { bpmOf, retimeNotes, slotOnGrid, type Tempo } from './tempo.ts'

export interface SlotMessageSettings {
  readonly slot: SlotScore
  readonly score: PartyScore
  readonly library: Library | null
  readonly sections: Pick<Sections, 'render'>
  /** What it sounds at; none: the run's own. */
  readonly tempo?: Tempo
  /** Aborted: nobody waits for it any more. */
  readonly signal?: AbortSignal
}

/** Parts in the order of the stems. Rejects when a section cannot be rendered. */
export async function createSlotMessage(settings: SlotMessageSettings): Promise<SlotMessage> {
  const { slot, score } = settings
  const tempo = settings.tempo ?? { bpm: score.session.bpm, speed: 1 }
  const parts = stemsOf(score.session).map(async ({ agent, layer }): Promise<StemPart> => {
    const own = slot.agents.find((known) => known.agent === agent)
    if (layer === 'voice') return { layer, notes: retimeNotes(own?.voiceNotes ?? [], score.session.bpm, bpmOf(tempo)) }
    const deck = own?.deck ?? null
    return { layer, deck, section: deck === null ? null : await renderDeckSection(deck, settings, tempo) }
  })
  return { kind: 'slot', slot: slot.slot, ...slotOnGrid(tempo, slot.slot), parts: await Promise.all(parts) }
}

/** Slower or faster than it was played, a track keeps its pitch whatever the distance. */
async function renderDeckSection(
  deck: DeckSlot,
  { library, score, sections, signal }: SlotMessageSettings,
  tempo: Tempo,
): Promise<Float32Array | null> {
  const { scenario } = score.session
  const track = library?.tracks.find((known) => known.id === deck.track)
  if (scenario === null || track === undefined || !deck.playing) return null
  const keyLock = tempo.speed === 1 ? scenario.keyLock : Number.MAX_VALUE
  return sections.render({ track, section: deck.section, sampleRate, bpm: bpmOf(tempo), keyLock }, signal)
}
