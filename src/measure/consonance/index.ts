export { type ConsonanceReading, type PairConsonance, readConsonance, type StemGroup } from './agents.ts'
export {
  criticalBandwidth,
  dissonanceFactor,
  harmonicPartials,
  hutchinsonKnopoff1978,
  type PartialTone,
  partialsOfMidi,
} from './hutchinson-knopoff.ts'
export { findRubbingPairs } from './rubbing.ts'
export { consonanceError, consonanceOfRoughness, roughnessOfConsonance } from './scale.ts'
export {
  type ConsonanceSummary,
  type PairSummary,
  summariseConsonance,
  summariseConsonanceReadings,
} from './summary.ts'
