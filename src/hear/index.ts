export { createAnalyser, longWindowSeconds } from './analyser.ts'
export type {
  Analyser,
  AnalyserSettings,
  HeardFrame,
  HeardMixture,
  HeardOnset,
  HeardStem,
  LoudnessMeter,
  LoudnessTrace,
} from './frame.ts'
export { frameNumbers } from './frame-numbers.ts'
export { createLoudnessMeter } from './loudness-meter.ts'
