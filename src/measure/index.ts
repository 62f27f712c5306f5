export { type Turn, turnsOfSlot } from './collapse/index.ts'
export {
  analysePitches,
  type Coincidence,
  type ConsonanceReading,
  type ConsonanceSummary,
  type CurveTone,
  consonanceErrors,
  consonanceOfChord,
  consonanceOfRoughness,
  consonanceOfSound,
  createRubbing,
  criticalBandwidth,
  curveLimits,
  type DissonanceCurve,
  type DissonanceCurveRequest,
  defaultTimbre,
  dissonanceCurve,
  dissonanceFactor,
  findRubbingPairs,
  type Harmonicity,
  type HeardSound,
  type HeardStretch,
  harmonicPartials,
  hearSound,
  hutchinsonKnopoff1978,
  hutchinsonKnopoffRevised,
  type MixturePlan,
  measureConsonance,
  measureHarmonicity,
  measureHeard,
  measureHeardVoices,
  measureSound,
  measureVoices,
  mergePartials,
  nameNotes,
  noteConsonance,
  type PairConsonance,
  type PairSummary,
  type PartialTone,
  type PitchAnalysis,
  type PitchClassTone,
  type PreparedNotes,
  partialsOfMidi,
  pitchClassTonesOfNotes,
  pitchClassTonesOfPartials,
  pitchCommonality,
  pitchDistance,
  planMixtures,
  prepareNotes,
  type Rubbing,
  readCommonalities,
  readConsonance,
  roughnessOfConsonance,
  type Sound,
  type SoundMeasures,
  type StemGroup,
  sethares1993,
  soundOfNotes,
  soundOfTones,
  soundTones,
  spectralPitchClassSimilarity,
  summariseConsonance,
  summariseConsonanceReadings,
  type Timbre,
  type VoicesMeasures,
  vassilakis2001,
} from './consonance/index.ts'
export {
  activeInformation,
  conditionalTransferEntropy,
  type Information,
  mutualInformation,
  type Series,
  type TransferQuestion,
  transferEntropy,
} from './information/index.ts'
export { findKey, type HeardKey, type KeyReading, measureKey } from './key.ts'
export { type Loudness, lufsOfPower, measureLoudness } from './loudness.ts'
export {
  consonanceOfMotifs,
  createMeanings,
  likenessOfMeanings,
  type Meanings,
} from './mapping/index.ts'
export type { AgentReading, RubbingPair, SlotReading } from './reading.ts'
export {
  type Asynchrony,
  type Collisions,
  measureAsynchrony,
  measureCollisions,
} from './rhythm/alignment.ts'
export { type CircularStatistics, measureAngles, measurePhases } from './rhythm/circular.ts'
export { measureCoupling } from './rhythm/coupling/coupling.ts'
export type { CouplingChannel, CouplingReading } from './rhythm/coupling/reading.ts'
export { measureToneCoupling, type TurnTones } from './rhythm/coupling/tones.ts'
export {
  type EventCoincidence,
  type EventMeasures,
  type EventSynchronization,
  type EventWindow,
  measureEvents,
} from './rhythm/event-series/index.ts'
export type { BeatClock, EventStream, RhythmSpan } from './rhythm/events.ts'
export { type CheckedInterlock, type InterlockReading, measureInterlock } from './rhythm/interlock.ts'
export {
  type Accuracy,
  type BeatMeasures,
  type Match,
  measureBeats,
  measureOnsets,
} from './rhythm/matching/index.ts'
export { measureRhythm, type RhythmMeasures, type RhythmSettings } from './rhythm/measure-rhythm.ts'
export { interlockOfPrepared, type PreparedRhythm, type PreparedSettings, prepareRhythm } from './rhythm/prepared.ts'
export {
  createInterlockStream,
  type InterlockMoment,
  type InterlockSeriesSettings,
  type InterlockStream,
  interlockSeries,
  summariseInterlock,
} from './rhythm/series.ts'
export { measureSpikes, type Observation, type SpikeMeasures } from './rhythm/spikes/index.ts'
export {
  measureSurrogateSynchrony,
  type SurrogateSettings,
  type SurrogateSynchrony,
} from './rhythm/surrogate-synchrony.ts'
export {
  averagePatternSurvival,
  measurePatternSurvival,
  type PatternSurvival,
  type SurvivalSettings,
  timbredStream,
} from './rhythm/survival.ts'
export {
  type Course,
  type DrumKit,
  type Groove,
  measureGroove,
  measureSyncopation,
  type Syncopation,
} from './rhythm/syncopation/index.ts'
export { measureTempo, type TempoAttack, type TempoReading } from './rhythm/tempo.ts'
export { rankCorrelation } from './run/correlation.ts'
export { coupleTurns } from './run/coupling.ts'
export { createScoreKeeper, type ScoreKeeper } from './run/keeper.ts'
export { combineRanking, defaultRanking, type RankedRun, rankRun } from './run/ranking.ts'
export { type HeardSlot, runWindows, type UnhashedScores } from './run/so-far.ts'
export { groupStems } from './run/sound.ts'
export { createPairKeeper, type GroupPair, type HeardPair, type PairKeeper } from './run/strangers.ts'
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
