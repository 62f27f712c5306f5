// Deck slots and their sections -> one stem: mono PCM through the kernel's needle, loop, equaliser and fader.
import type { Kernel } from '../kernel/index.ts'
import { beatsPerSlot, type DeckSlot, InputError } from '../record/index.ts'
import { type Hertz, type Samples, samplesOfSeconds, secondsOfBeats } from '../units.ts'
import { createOutput } from './output.ts'

export interface DeckRenderer {
  /**
   * Announces what the deck does in `startSample` .. `startSample + lengthSamples`, in order, at most two slots ahead of the one that sounds.
   * `section` is copied; null, or a deck that is not playing, rests. At speed 1 with flat bands the section passes bit by bit.
   * Throws InputError for a section longer than a slot, RangeError for a third slot ahead.
   */
  schedule(slot: DeckSlot, startSample: Samples, lengthSamples: Samples, section: Float32Array | null): void
  /** The next samples, counted from 0. Allocates nothing. */
  render(into: Float32Array): void
  dispose(): void
}

export interface DeckSettings {
  readonly sampleRate: Hertz
  readonly bpm: number
}

/** A deck for one agent. */
export function createDeckRenderer(kernel: Kernel, { sampleRate, bpm }: DeckSettings): DeckRenderer {
  const capacity = samplesOfSeconds(secondsOfBeats(beatsPerSlot, bpm), sampleRate) + 1
  const deck = kernel.createDeck(sampleRate, capacity)
  const output = createOutput(kernel)
  const renderTo = (address: number, samples: number) => kernel.renderDeck(deck, address, samples)
  return {
    schedule(slot, startSample, lengthSamples, section) {
      const pcm = slot.playing ? section : null
      if (pcm !== null && pcm.length > capacity)
        throw new InputError(
          'section-length',
          `deck ${slot.agent}: expected a section of at most ${capacity} samples (${beatsPerSlot} beats at ${bpm} bpm), got ${pcm.length}. Render it at the party's tempo.`,
        )
      const speed = 1 + slot.nudgePercent / 100
      const loop = slot.loopBeats === null ? 0 : secondsOfBeats(slot.loopBeats, bpm) * sampleRate
      const block = kernel.scheduleDeck(deck, startSample, lengthSamples, pcm?.length ?? 0, speed, loop)
      if (block === 0)
        throw new RangeError(`deck ${slot.agent}: expected at most two slots ahead. Render before scheduling more.`)
      const over = samplesOfSeconds(secondsOfBeats(slot.fader.overBeats, bpm), sampleRate)
      kernel.setDeckGains(deck, slot.fader.from, slot.fader.to, over, slot.eq.low, slot.eq.mid, slot.eq.high)
      if (pcm !== null) new Float32Array(kernel.memory.buffer, block, pcm.length).set(pcm)
    },
    render: (into) => output.fill(into, renderTo),
    dispose() {
      kernel.disposeDeck(deck)
      output.dispose()
    },
  }
}
