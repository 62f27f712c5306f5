export type { Analyser, AnalyserSettings, HeardFrame, HeardOnset, HeardStem } from './frame.ts'
