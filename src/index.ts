// hocket: the pure rooms, which run anywhere; kernel, files and clocks are passed in.
// hocket/node and hocket/web are the edges.
export { type Dj, type DjToken, type Percept, scriptedDj, shippedMasks } from './djs/index.ts'
export { type AgentFeedback, describeForAgent, describeVerdict } from './feedback/index.ts'
export { type Analyser, createAnalyser, createLoudnessMeter, type HeardFrame, type HeardOnset } from './hear/index.ts'
export {
  type Agreement,
  type Comparison,
  choosePairs,
  measureAgreement,
  type NextPairs,
  type OutcomeModel,
  type Ranking,
  rankItems,
} from './judging/index.ts'
export type { Kernel } from './kernel/index.ts'
export {
  type Accuracy,
  activeInformation,
  type BeatMeasures,
  type CircularStatistics,
  conditionalTransferEntropy,
  consonanceOfRoughness,
  type DissonanceCurve,
  type DissonanceCurveRequest,
  type DrumKit,
  dissonanceCurve,
  type EventMeasures,
  type EventStream,
  type Groove,
  type Information,
  measureAngles,
  measureBeats,
  measureEvents,
  measureGroove,
  measureInterlock,
  measureKey,
  measureLoudness,
  measureOnsets,
  measurePatternSurvival,
  measurePhases,
  measureRhythm,
  measureSound,
  measureSpikes,
  measureSurrogateSynchrony,
  measureSyncopation,
  measureTempo,
  measureVitality,
  measureVoices,
  mutualInformation,
  type PartialTone,
  type RhythmMeasures,
  type SlotReading,
  type Sound,
  type SoundMeasures,
  type SpikeMeasures,
  type SurrogateSynchrony,
  type Syncopation,
  soundOfNotes,
  soundOfTones,
  symbolsOfNotes,
  symbolsOfText,
  type Timbre as ToneTimbre,
  transferEntropy,
  type VoicesMeasures,
} from './measure/index.ts'
export {
  compareWithTwins,
  drawMappingTwins,
  drawOffsetTwins,
  drawShiftTwins,
  drawShuffledTwins,
} from './null/index.ts'
export { defaultScenario, type Failure, findFailures, type PartyOptions, playParty } from './party/index.ts'
export { composeSlot, createListening, type Instruments, type Listening, sampleRate, scoreRecord } from './pipeline.ts'
export { type Random, seededRandom } from './random.ts'
export * from './record/index.ts'
export { createDeckRenderer, createVoiceRenderer, deckNotes, mixGains, renderSection } from './render/index.ts'
export { createLexicon, type Lexicon, sonifyTurn } from './sonify/index.ts'
export { detectFormat, readTranscript, type Transcript, transcriptToRecord } from './stream/index.ts'
export * from './units.ts'
