// One slot as the ensemble wants it: notes for voices, deck slots with their rendered sections for decks.
import type { SlotMessage, StemPart } from '../../../worklets/messages.ts'
import { sampleRate } from '../../pipeline.ts'
import { type DeckSlot, type Library, stemsOf } from '../../record/index.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import type { Sections } from './sections.ts'

export interface SlotMessageSettings {
  readonly slot: SlotScore
  readonly score: PartyScore
  readonly library: Library | null
  readonly sections: Sections
}

/** Parts in the order of the stems. Rejects when a section cannot be rendered. */
export async function createSlotMessage(settings: SlotMessageSettings): Promise<SlotMessage> {
  const { slot, score } = settings
  const parts = stemsOf(score.session).map(async ({ agent, layer }): Promise<StemPart> => {
    const own = slot.agents.find((known) => known.agent === agent)
    if (layer === 'voice') return { layer, notes: own?.voiceNotes ?? [] }
    const deck = own?.deck ?? null
    return { layer, deck, section: deck === null ? null : await renderDeckSection(deck, settings) }
  })
  const { startSample, lengthSamples } = slot
  return { kind: 'slot', slot: slot.slot, startSample, lengthSamples, parts: await Promise.all(parts) }
}

async function renderDeckSection(deck: DeckSlot, settings: SlotMessageSettings): Promise<Float32Array | null> {
  const { library, score, sections } = settings
  const { scenario, bpm } = score.session
  const track = library?.tracks.find((known) => known.id === deck.track)
  if (scenario === null || track === undefined || !deck.playing) return null
  return sections.render({ track, section: deck.section, sampleRate, bpm, keyLock: scenario.keyLock })
}
