// essentia.js' dissonance of a sound: frame by frame Windowing -> Spectrum -> SpectralPeaks -> Dissonance (pairs of peaks by Plomp & Levelt's
// curve, weighed by A-weighted loudness), then the mean over frames that have any peak.
import type { Essentia, EssentiaAlgorithms } from './essentia.ts'
import { secondRate } from './sound.ts'
import { type Keep, numbersOf, withVectors } from './vectors.ts'

/** Frames of `frameSamples` every half frame. Peaks count by their magnitudes, as SpectralPeaks gives them, or by powers, as Dissonance wants them. */
export interface DissonanceSettings {
  readonly frameSamples: number
  readonly window: 'hann' | 'blackmanharris62'
  readonly weights: 'magnitude' | 'power'
  readonly filter: 'none' | 'equal-loudness'
}

/** 0 to .5 (each peak counts at most with its own share, each pair twice, the sum is halved); null when no frame has a peak. `samples` at 44.1 kHz, at least one frame. */
export function meanDissonance(
  essentia: Essentia,
  algorithms: EssentiaAlgorithms,
  samples: Float32Array,
  settings: DissonanceSettings,
): number | null {
  const { frameSamples, filter } = settings
  const heard = filter === 'none' ? samples : filterLoudness(essentia, algorithms, samples)
  let sum = 0
  let count = 0
  for (let at = 0; at + frameSamples <= heard.length; at += frameSamples / 2) {
    const frame = heard.subarray(at, at + frameSamples)
    const dissonance = withVectors((keep) => frameDissonance(essentia, algorithms, { frame, settings, keep }))
    if (dissonance === null) continue
    sum += dissonance
    count++
  }
  return count === 0 ? null : sum / count
}

function filterLoudness(essentia: Essentia, algorithms: EssentiaAlgorithms, samples: Float32Array): Float32Array {
  return withVectors((keep) =>
    numbersOf(keep(algorithms.EqualLoudness(keep(essentia.arrayToVector(samples)), secondRate).signal)),
  )
}

function frameDissonance(
  essentia: Essentia,
  algorithms: EssentiaAlgorithms,
  {
    frame,
    settings,
    keep,
  }: { readonly frame: Float32Array; readonly settings: DissonanceSettings; readonly keep: Keep },
): number | null {
  const size = frame.length
  const windowed = algorithms.Windowing(keep(essentia.arrayToVector(frame)), true, size, settings.window, 0, true)
  const { spectrum } = algorithms.Spectrum(keep(windowed.frame), size)
  const peaks = algorithms.SpectralPeaks(keep(spectrum), 0, 5000, 100, 0, 'frequency', secondRate)
  const frequencies = keep(peaks.frequencies)
  const magnitudes = keep(peaks.magnitudes)
  if (frequencies.size() === 0) return null
  const weights =
    settings.weights === 'magnitude'
      ? magnitudes
      : keep(essentia.arrayToVector(numbersOf(magnitudes).map((magnitude) => magnitude * magnitude)))
  return algorithms.Dissonance(frequencies, weights).dissonance
}
