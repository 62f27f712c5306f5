export type { Course } from './bar.ts'
export { measureSyncopation, type Syncopation } from './measure-syncopation.ts'
