export { createAnalyser } from './analyser.ts'
export type {
  Analyser,
  AnalyserSettings,
  HeardFrame,
  HeardOnset,
  HeardStem,
  LoudnessMeter,
  LoudnessTrace,
} from './frame.ts'
export { createLoudnessMeter } from './loudness-meter.ts'
