// What is measured of the load, and of what sound.

export interface LoadSettings {
  readonly agents: number
  /** Every time is the best of so many passes, after one that is not counted. */
  readonly passes: number
}

/** What is heard: stems of one length, mono at 48 kHz. */
export interface LoadSound {
  readonly kernel: Uint8Array<ArrayBuffer>
  readonly stems: readonly Float32Array<ArrayBuffer>[]
  readonly mixtures: readonly (readonly number[])[]
}

/** Shares are of the time that a quantum of 128 samples lasts. */
export interface QuantaLoad {
  readonly quanta: number
  readonly meanShare: number
  /** The slowest quantum, each quantum by its fastest pass: what the work itself takes. */
  readonly mostShare: number
  /** The slowest reading of all, interruptions by others and collection of garbage included. */
  readonly worstShare: number
  /** Complex points transformed in a quantum, counted: mean and most. */
  readonly meanPoints: number
  readonly mostPoints: number
  /** The time of a transform of 2048 complex points, as share of a quantum. */
  readonly transformShare: number
}

export interface OfflineLoad {
  readonly offlineSeconds: number
  /** Wall time of rendering in the real worklet over the sound's length. */
  readonly offlineShare: number
  readonly offlineFrames: number
}

export interface HearingLoad extends QuantaLoad, OfflineLoad {
  /** The steps of the page's clock. */
  readonly clockMicroseconds: number
}

/** What the page offers to whoever opened it. */
export interface LoadPage {
  measureLoad(settings: LoadSettings): Promise<HearingLoad>
}

export const loadRate = 48_000
export const quantumSamples = 128
