// What the ear on the audio thread is made with, and what it answers when it is sent anything.

export interface HearingOptions {
  readonly kernel: Uint8Array<ArrayBuffer>
  readonly stems: number
  /** Sets of stems that are heard as one sound. */
  readonly mixtures: readonly (readonly number[])[]
}

export interface HeardCounts {
  quanta: number
  frames: number
  onsets: number
  /** Sum over stems and frames. */
  partials: number
}

export const hearingProcessorName = 'hocket-hearing'
