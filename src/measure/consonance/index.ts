export { type ConsonanceReading, type PairConsonance, readConsonance, type StemGroup } from './agents.ts'
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
export { findRubbingPairs } from './rubbing.ts'
export { consonanceError, consonanceOfRoughness, roughnessOfConsonance } from './scale.ts'
export {
  type ConsonanceSummary,
  type PairSummary,
  summariseConsonance,
  summariseConsonanceReadings,
} from './summary.ts'
