export {
  type ConsonanceReading,
  type MixturePlan,
  type PairConsonance,
  planMixtures,
  readConsonance,
  type StemGroup,
} from './agents.ts'
export { readCommonalities } from './commonality.ts'
export {
  type ChordFeatures,
  type ChordTerm,
  chordTerms,
  consonanceErrors,
  consonanceOfChord,
  consonanceOfRoughness,
  consonanceOfSound,
  roughnessOfConsonance,
  type SoundFeatures,
} from './composite.ts'
export { harrisonPearce2020 } from './composites/harrison-pearce-2020.ts'
export {
  type CurveTone,
  curveLimits,
  type DissonanceCurve,
  type DissonanceCurveRequest,
  dissonanceCurve,
} from './dissonance-curve.ts'
export { billboard } from './familiarity/billboard.ts'
export { outsideScale } from './familiarity/outside-scale.ts'
export { gill2009 } from './harmonicity/gill-2009.ts'
export {
  type Harmonicity,
  measureHarmonicity,
  type PitchClassTone,
  pitchClassTonesOfNotes,
  pitchClassTonesOfPartials,
  spectralPitchClassSimilarity,
} from './harmonicity/harrison-2018.ts'
export { parncutt1988 } from './harmonicity/parncutt-1988.ts'
export { analysePitches, type PitchAnalysis, pitchCommonality, pitchDistance } from './harmonicity/parncutt-1994.ts'
export { stolzenburg2015 } from './harmonicity/stolzenburg-2015.ts'
export { tenneyMean } from './harmonicity/tenney-mean.ts'
export { type HeardSound, hearSound, measureHeard, measureHeardVoices } from './heard-chord.ts'
export type { HeardStretch } from './heard-notes.ts'
export { hall2025Sum, hall2025Type } from './intervals/hall-2025.ts'
export { huron1994, meanHuron1994 } from './intervals/huron-1994.ts'
export { johnsonLaird2012 } from './intervals/johnson-laird-2012.ts'
export {
  measureConsonance,
  measureSound,
  type Sound,
  type SoundMeasures,
  soundOfNotes,
  soundOfTones,
} from './measure-sound.ts'
export { noteConsonance, type PreparedNotes, prepareNotes } from './note-consonance.ts'
export { nameNotes } from './note-names.ts'
export {
  type Coincidence,
  defaultTimbre,
  harmonicPartials,
  mergePartials,
  type PartialTone,
  partialsOfMidi,
  soundTones,
  type Timbre,
} from './partials.ts'
export { criticalBandwidth, dissonanceFactor, hutchinsonKnopoff1978 } from './roughness/hutchinson-knopoff-1978.ts'
export { hutchinsonKnopoffRevised } from './roughness/hutchinson-knopoff-revised.ts'
export { sethares1993 } from './roughness/sethares-1993.ts'
export { vassilakis2001 } from './roughness/vassilakis-2001.ts'
export { createRubbing, findRubbingPairs, type Rubbing } from './rubbing.ts'
export {
  type ConsonanceSummary,
  type PairSummary,
  summariseConsonance,
  summariseConsonanceReadings,
} from './summary.ts'
export { measureVoices, type VoicesMeasures } from './voices.ts'
