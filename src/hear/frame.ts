// What the analysers report: plain numbers per frame and stem, made by the kernel, copied out.
import type { Hertz, Seconds } from '../units.ts'

export interface HeardStem {
  /** Tonal peaks, ascending in frequency, at most 60, within 40 dB of the frame's strongest. */
  readonly partialsHz: Float64Array
  /** Linear amplitudes of those peaks, a sine of amplitude 1 giving 1. */
  readonly amplitudes: Float64Array
  /** Energy per pitch class, C first, sum 1, all 0 in silence. */
  readonly chroma: Float64Array
  /** Mean square of the K-weighted signal over the frame's hop (BS.1770). */
  readonly weightedPower: number
  /** Mean square of the plain signal over the hop. */
  readonly power: number
}

/** One moment of all stems together. */
export interface HeardFrame {
  readonly index: number
  /** Centre of the analysed stretch. */
  readonly timeSeconds: Seconds
  readonly stems: readonly HeardStem[]
  /**
   * Sums a_i a_j g(y_ij) of Hutchinson & Knopoff over pairs of partials, stems x stems, row-major, symmetric:
   * [k,k] pairs within stem k, [k,l] pairs between the two. Divide by the sum of a^2 of the stems in question.
   */
  readonly roughnessSums: Float64Array
  /** Sum of a^2 per stem. */
  readonly partialPower: Float64Array
}

export interface HeardOnset {
  readonly stem: number
  readonly timeSeconds: Seconds
  /** Strength of the attack, above 0. */
  readonly strength: number
}

export interface AnalyserSettings {
  readonly sampleRate: Hertz
  /** How many stems are pushed side by side. */
  readonly stems: number
}

/** Streaming and independent of block size: equal samples give equal frames however they are cut. */
export interface Analyser {
  /** The next samples of every stem (equal lengths). Frames and onsets that became complete are passed on in order. */
  push(
    blocks: readonly Float32Array[],
    onFrame: (frame: HeardFrame) => void,
    onOnset?: (onset: HeardOnset) => void,
  ): void
  /** Passes on what the last samples still hold, as if silence followed. */
  finish(onFrame: (frame: HeardFrame) => void, onOnset?: (onset: HeardOnset) => void): void
  dispose(): void
}
