// The face of essentia.js (AGPL-3.0, Music Technology Group, Universitat Pompeu Fabra): the algorithms that are used, as types, and how it is
// loaded. It is loaded when first asked for, so that no other command pays for it, and quietly: as it is, it keeps console.log for its own
// words and installs two handlers on the process, which would print its 2.5 MB source under any later fault of ours.
import { createRequire } from 'node:module'

/** Numbers in the library's own memory. Nobody frees them but `delete`. */
export interface EssentiaVector {
  size(): number
  get(index: number): number
  delete(): void
}

export interface EssentiaAlgorithms {
  readonly version: string
  KeyExtractor(
    audio: EssentiaVector,
    averageDetuningCorrection: boolean,
    frameSize: number,
    hopSize: number,
    hpcpSize: number,
    maxFrequency: number,
    maximumSpectralPeaks: number,
    minFrequency: number,
    pcpThreshold: number,
    profileType: string,
    sampleRate: number,
    spectralPeaksThreshold: number,
    tuningFrequency: number,
    weightType: string,
    windowType: string,
  ): { key: string; scale: string; strength: number }
  RhythmExtractor2013(
    signal: EssentiaVector,
    maxTempo: number,
    method: string,
    minTempo: number,
  ): {
    bpm: number
    ticks: EssentiaVector
    confidence: number
    estimates: EssentiaVector
    bpmIntervals: EssentiaVector
  }
  PercivalBpmEstimator(
    signal: EssentiaVector,
    frameSize: number,
    frameSizeOSS: number,
    hopSize: number,
    hopSizeOSS: number,
    maxBPM: number,
    minBPM: number,
    sampleRate: number,
  ): { bpm: number }
  Danceability(
    signal: EssentiaVector,
    maxTau: number,
    minTau: number,
    sampleRate: number,
    tauMultiplier: number,
  ): { danceability: number; dfa: EssentiaVector }
  EqualLoudness(signal: EssentiaVector, sampleRate: number): { signal: EssentiaVector }
  Windowing(
    frame: EssentiaVector,
    normalized: boolean,
    size: number,
    type: string,
    zeroPadding: number,
    zeroPhase: boolean,
  ): { frame: EssentiaVector }
  Spectrum(frame: EssentiaVector, size: number): { spectrum: EssentiaVector }
  SpectralPeaks(
    spectrum: EssentiaVector,
    magnitudeThreshold: number,
    maxFrequency: number,
    maxPeaks: number,
    minFrequency: number,
    orderBy: string,
    sampleRate: number,
  ): { frequencies: EssentiaVector; magnitudes: EssentiaVector }
  Dissonance(frequencies: EssentiaVector, magnitudes: EssentiaVector): { dissonance: number }
  delete(): void
}

/** The WebAssembly module. */
export interface Essentia {
  readonly EssentiaJS: new (debug: boolean) => EssentiaAlgorithms
  arrayToVector(samples: Float32Array): EssentiaVector
  /** The whole memory; another array after it has grown. */
  readonly HEAPU8: Uint8Array
}

const require = createRequire(import.meta.url)
const handled = ['uncaughtException', 'unhandledRejection'] as const

/** The module, one per process. Throws what `require` throws when the package is missing. */
export function loadEssentia(): Essentia {
  const before = handled.map((event) => process.rawListeners(event))
  const { log, warn } = console
  console.log = console.warn = () => {}
  try {
    return require('essentia.js/dist/essentia-wasm.umd.js') as Essentia
  } finally {
    console.log = log
    console.warn = warn
    handled.forEach((event, i) => {
      for (const listener of process.rawListeners(event))
        if (!before[i]?.includes(listener)) process.off(event, listener as () => void)
    })
  }
}
