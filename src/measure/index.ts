export {
  type Coincidence,
  type ConsonanceReading,
  type ConsonanceSummary,
  consonanceErrors,
  consonanceOfChord,
  consonanceOfRoughness,
  consonanceOfSound,
  criticalBandwidth,
  defaultTimbre,
  dissonanceFactor,
  findRubbingPairs,
  type Harmonicity,
  harmonicPartials,
  hutchinsonKnopoff1978,
  hutchinsonKnopoffRevised,
  measureHarmonicity,
  mergePartials,
  nameNotes,
  type PairConsonance,
  type PairSummary,
  type PartialTone,
  type PitchClassTone,
  partialsOfMidi,
  pitchClassTonesOfNotes,
  pitchClassTonesOfPartials,
  readConsonance,
  roughnessOfConsonance,
  type StemGroup,
  sethares1993,
  soundTones,
  spectralPitchClassSimilarity,
  summariseConsonance,
  summariseConsonanceReadings,
  type Timbre,
  vassilakis2001,
} from './consonance/index.ts'
export { type Loudness, lufsOfPower, measureLoudness } from './loudness.ts'
export type { AgentReading, RubbingPair, SlotReading } from './reading.ts'
export {
  type Asynchrony,
  type Collisions,
  measureAsynchrony,
  measureCollisions,
} from './rhythm/alignment.ts'
export type { BeatClock, EventStream, RhythmSpan } from './rhythm/events.ts'
export { type CheckedInterlock, type InterlockReading, measureInterlock } from './rhythm/interlock.ts'
export {
  createInterlockStream,
  type InterlockMoment,
  type InterlockSeriesSettings,
  type InterlockStream,
  interlockSeries,
  summariseInterlock,
} from './rhythm/series.ts'
export {
  averagePatternSurvival,
  measurePatternSurvival,
  type PatternSurvival,
  type SurvivalSettings,
} from './rhythm/survival.ts'
export { createScoreKeeper, type ScoreKeeper } from './run/keeper.ts'
export type { HeardSlot, UnhashedScores } from './run/so-far.ts'
export {
  createVitalityMeter,
  measureRecentVitality,
  measureVitality,
  measureVitalitySeries,
  nameRefrain,
  type Refrain,
  symbolsOfNotes,
  symbolsOfText,
  type Vitality,
  type VitalityMeter,
  type VitalitySeries,
} from './vitality/index.ts'
