// What the page and its ensemble on the audio thread say to each other. Sections travel by transfer, everything else is copied.
import type { HeardFrame } from '../src/hear/index.ts'
import type { DeckSlot, Layer, Note } from '../src/record/index.ts'
import type { Samples } from '../src/units.ts'

export interface StemName {
  readonly agent: string
  readonly layer: Layer
}

/** All that one stem needs of one slot. */
export type StemPart =
  | { readonly layer: 'voice'; readonly notes: readonly Note[] }
  | { readonly layer: 'deck'; readonly deck: DeckSlot | null; readonly section: Float32Array | null }

export interface SlotMessage {
  readonly kind: 'slot'
  readonly slot: number
  readonly startSample: Samples
  readonly lengthSamples: Samples
  /** In the order of the stems. */
  readonly parts: readonly StemPart[]
}

export type ToEnsemble =
  | SlotMessage
  /** Sound from this frame of the context's clock on. */
  | { readonly kind: 'play'; readonly contextFrame: Samples }
  | { readonly kind: 'pause' }
  /** Forget everything scheduled; the next slot message begins at this sample of the run. */
  | { readonly kind: 'seek'; readonly sample: Samples }
  /** No slot follows the last one sent. */
  | { readonly kind: 'complete' }

export type FromEnsemble =
  | {
      readonly kind: 'position'
      readonly sample: Samples
      readonly contextFrame: Samples
      readonly state: EnsembleState
    }
  /** The answer to `seek`: what follows is about sound from this sample on. */
  | { readonly kind: 'moved'; readonly sample: Samples }
  /** The slot lies ready. */
  | { readonly kind: 'taken'; readonly slot: number }
  /** The slot has sounded to its end; every frame that became complete in it was reported before. */
  | { readonly kind: 'sounded'; readonly slot: number }
  | { readonly kind: 'heard'; readonly frame: HeardFrame }
  | { readonly kind: 'failed'; readonly message: string }

/** `waiting`: asked to play, but the next slot is not here yet. */
export type EnsembleState = 'paused' | 'playing' | 'waiting' | 'ended'

export interface EnsembleOptions {
  readonly kernel: Uint8Array<ArrayBuffer>
  readonly bpm: number
  readonly stems: readonly StemName[]
  /** Sets of stems that are heard as one sound, for the frames. */
  readonly mixtures: readonly (readonly number[])[]
}

export const processorName = 'hocket-ensemble'
