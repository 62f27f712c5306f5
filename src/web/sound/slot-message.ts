// One slot as the ensemble wants it: notes for voices, deck slots with their rendered sections for decks.
import type { SlotMessage, StemPart } from '../../../worklets/messages.ts'
import type { DeckSlot, Library } from '../../record/index.ts'
import type { PartyScore, SlotScore } from '../run/slots.ts'
import { ensembleRate } from './ensemble.ts'
import type { Sections } from './sections.ts'

export interface SlotMessageSettings {
  readonly slot: SlotScore
  readonly score: PartyScore
  readonly library: Library | null
  readonly sections: Sections
}

/** Stems in the order of the session's agents, voice before deck. Rejects when a section cannot be rendered. */
export async function createSlotMessage(settings: SlotMessageSettings): Promise<SlotMessage> {
  const { slot } = settings
  const parts = await Promise.all(
    slot.agents.map(async ({ voiceNotes, deck }): Promise<StemPart[]> => {
      const section = deck === null ? null : await renderDeckSection(deck, settings)
      return [
        { layer: 'voice', notes: voiceNotes },
        { layer: 'deck', deck, section },
      ]
    }),
  )
  const { startSample, lengthSamples } = slot
  return { kind: 'slot', slot: slot.slot, startSample, lengthSamples, parts: parts.flat() }
}

async function renderDeckSection(deck: DeckSlot, settings: SlotMessageSettings): Promise<Float32Array | null> {
  const { library, score, sections } = settings
  const scenario = score.session.scenario
  const track = library?.tracks.find((known) => known.id === deck.track)
  if (scenario === null || track === undefined || !deck.playing) return null
  return sections.render({
    track,
    section: deck.section,
    sampleRate: ensembleRate,
    bpm: score.session.bpm,
    keyLock: scenario.keyLock,
  })
}
