export type { Answer, MeasureKind, MeasureTools } from './kind.ts'
export { measureKinds } from './kinds/index.ts'
export { type LineCount, type MeasureRun, measureLines } from './measure-lines.ts'
