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
  /** Share of the spectral peaks' energy that was found tonal, 0..1; 0 in silence. The rest is percussion and noise. */
  readonly tonality: number
}

/** Stems heard as one sound. */
export interface HeardMixture {
  /** Partials of its stems, ascending, at most 60, within 40 dB of the strongest; what falls together in several stems is one partial of both powers. */
  readonly partialsHz: Float64Array
  readonly amplitudes: Float64Array
  /** Mean square of its stems' K-weighted signals over the frame's hop, added. */
  readonly weightedPower: number
  /**
   * harrison2018 of the partials, bits, 0 upwards (src/measure/consonance/harmonicity/harrison-2018.ts); null without partials.
   * Single precision: within 1e-4.
   */
  readonly harmonicity: number | null
  /** null when they are not wanted. */
  readonly notes: {
    /** Fractional MIDI numbers of the fundamentals, ascending, at most 12. */
    readonly midi: Float64Array
    /** How much each note explains against the most salient one; above 0, and about 1 at most. */
    readonly saliences: Float64Array
  } | null
}

/** One moment of all stems together. */
export interface HeardFrame {
  readonly index: number
  /** Centre of the analysed stretch: (index + 1/2) hops. */
  readonly timeSeconds: Seconds
  readonly stems: readonly HeardStem[]
  /**
   * Sums a_i a_j g(y_ij) of Hutchinson & Knopoff over pairs of partials, stems x stems, row-major, symmetric:
   * [k,k] pairs within stem k, [k,l] pairs between the two. Divide by the sum of a^2 of the stems in question.
   */
  readonly roughnessSums: Float64Array
  /** Sum of a^2 per stem. */
  readonly partialPower: Float64Array
  /** One per mixture asked for. */
  readonly mixtures: readonly HeardMixture[]
  /** Cosines of the mixtures' smoothed pitch-class spectra, mixtures x mixtures, row-major, symmetric, 0..1; 0 where either has no partials. */
  readonly similarities: Float64Array
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
  /** Sets of stems to be heard as one sound, at most 256; default: each stem alone. What is not asked for costs nothing: `[]` for none. */
  readonly mixtures?: readonly (readonly number[])[]
  /** Indices of the mixtures whose notes are wanted; default: all. */
  readonly notesOf?: readonly number[]
  /** Default: heard. */
  readonly onsets?: 'heard' | 'ignored'
}

/** K-weighted energy and true peak of one sound, as measures of loudness want them. */
export interface LoudnessTrace {
  /** Mean square per cell after K-weighting (BS.1770), summed over channels with their weights. A last part of a cell is left out. */
  readonly cellPowers: Float64Array
  /** 10 ms; where that is no whole number of samples, cells differ by one. */
  readonly cellSeconds: Seconds
  /** Largest magnitude of any channel, between samples too, the last one and the silence after it included; linear. */
  readonly truePeak: number
}

/** One sound's loudness meter. Equal samples give equal traces however they are cut. */
export interface LoudnessMeter {
  /** The next samples of every channel (equal lengths). */
  push(channels: readonly Float32Array[]): void
  /** What was heard so far, as of a sound that ends there; what is pushed afterwards is heard as if nobody had asked. */
  trace(): LoudnessTrace
  dispose(): void
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
