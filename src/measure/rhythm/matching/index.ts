export type { Accuracy } from './match.ts'
export { type BeatMeasures, measureBeats } from './measure-beats.ts'
export { type Match, measureOnsets } from './measure-onsets.ts'
