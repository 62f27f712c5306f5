export type { Course } from './bar.ts'
export { type DrumKit, type Groove, measureGroove } from './groove.ts'
export { measureSyncopation, type Syncopation } from './measure-syncopation.ts'
