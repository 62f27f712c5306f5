export { type KeyRelation, keyWeights, relateKeys, relateTempi, type TempoRelation } from './agreement.ts'
export { type Comparison, compareEars, type SecondHearing } from './compare.ts'
export { describeComparisons } from './describe.ts'
export type { DissonanceSettings } from './dissonance.ts'
export { type FirstHearing, hearOurselves } from './first-ear.ts'
export {
  createSecondEar,
  type Heard,
  type KeyProfile,
  keyProfiles,
  type SecondEar,
  type SecondKey,
  type TempoMethod,
  tempoMethods,
  usualDissonance,
} from './second-ear.ts'
export { prepareSound, type SecondSound, secondRate } from './sound.ts'
export { openSound, type SoundSource } from './source.ts'
