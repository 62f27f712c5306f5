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
  /** Amplitudes in the order of the stems; none: 1. Never given to what is measured. */
  readonly gains?: readonly number[]
}

export type ToEnsemble =
  | SlotMessage
  | PlayMessage
  /** Silence from this frame of the context's clock on; none: at once. */
  | { readonly kind: 'pause'; readonly contextFrame?: Samples }
  | SeekMessage
  | LoopMessage
  /** Sounds on beyond the loop's end when it comes there. */
  | { readonly kind: 'unloop' }
  /** No slot follows the last one sent. */
  | { readonly kind: 'complete' }

/** Sound from this frame of the context's clock on. */
export interface PlayMessage {
  readonly kind: 'play'
  readonly contextFrame: Samples
  /**
   * The sample of the run that belongs to that frame, come what may: who is late skips, who is early holds its breath.
   * So two ensembles stay in step. None: it sounds on from where it stands.
   */
  readonly sample?: Samples
}

/** Forget everything scheduled, a loop too; the next slot message begins at `sample` of the run. */
export interface SeekMessage {
  readonly kind: 'seek'
  readonly sample: Samples
  /** Where in that slot the sound begins, exactly as if it had been played from `sample`. None: at `sample`. */
  readonly emerge?: Samples
  /** Tempo from here on; none: as before. */
  readonly bpm?: number
  /** Whether what sounds from here on is heard and reported; none: as before. */
  readonly ears?: Ears
}

/**
 * When the sound comes to `to` it goes on with these samples, one array per stem, from `from` to `to`, again and again.
 * null: they are being rendered, and the sound waits for them at `to`.
 */
export interface LoopMessage {
  readonly kind: 'loop'
  readonly from: Samples
  readonly to: Samples
  readonly sound: readonly Float32Array[] | null
}

export type Ears = 'open' | 'shut'

export type FromEnsemble =
  | {
      readonly kind: 'position'
      readonly sample: Samples
      readonly contextFrame: Samples
      readonly state: EnsembleState
    }
  /** The answer to `seek`: what follows is about sound from this sample on. */
  | { readonly kind: 'moved'; readonly sample: Samples }
  /** It stands at a loop's first sample once more. */
  | { readonly kind: 'looped' }
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
  readonly ears: Ears
}

export const processorName = 'hocket-ensemble'
