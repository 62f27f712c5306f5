// What worklets/kernel/decks.ts, sections.ts and levels.ts export: decks, and the tools that lay a section out.
// Lengths in samples, PCM as mono f32; addresses point into kernel memory.

export interface DeckExports {
  /** A silent deck for sections of at most `capacity` samples. */
  createDeck(sampleRate: number, capacity: number): number
  disposeDeck(deck: number): void
  /** Announces the next slot; the block to copy its section to, or 0 when two slots wait already. No `pcmSamples`: the deck rests. */
  scheduleDeck(
    deck: number,
    start: number,
    samples: number,
    pcmSamples: number,
    speed: number,
    loopSamples: number,
  ): number
  /** Fader shares and band gains of the slot announced last. */
  setDeckGains(
    deck: number,
    from: number,
    to: number,
    overSamples: number,
    low: number,
    mid: number,
    high: number,
  ): void
  /** Writes the next `samples` as f32 to `out`. Allocates nothing. */
  renderDeck(deck: number, out: number, samples: number): void

  /** into[(offset + i) mod length] += gain * source[i]. */
  layRound(into: number, length: number, offset: number, source: number, samples: number, gain: number): void
  /** into[i] += gain * source[i] * (1 - depth * (1 - curve[i])). */
  addDucked(into: number, source: number, curve: number, samples: number, gain: number, depth: number): void
  /** Fills a ducking curve with 1. */
  clearDuck(curve: number, samples: number): void
  /** A smooth dip to 0 at `at`, round the loop. */
  addDip(curve: number, length: number, at: number, attack: number, release: number): void
  /** Echoes of `source` added to `into`, which must hold roomLength more. */
  addRoom(into: number, source: number, samples: number, gain: number, sampleRate: number): void
  roomLength(sampleRate: number): number
  addOneShot(
    into: number,
    room: number,
    pcm: number,
    pcmSamples: number,
    speed: number,
    gain: number,
    fade: number,
  ): void
  /** One turn of a loop stretched to `samples`, plus `fade` to cross into the next turn. */
  layLoop(into: number, samples: number, pcm: number, pcmSamples: number, fade: number): void
  /** Gain from a weighted mean square towards a loudness in LUFS, at most `most` dB either way. */
  gainTowards(meanSquare: number, loudness: number, most: number): number
  /** Gated K-weighted mean square. */
  weightedLevel(buffer: number, samples: number, sampleRate: number): number
  /** Turns the level down round every peak above `ceiling`. */
  limitPeaks(buffer: number, samples: number, ceiling: number): void
}
