export { type Separation, separate, type Valued } from './auc.ts'
export { gauntletCases, quickNames } from './cases.ts'
export { notesOfPerformance } from './hands.ts'
export type { Case, CaseKind, Part, Performance, Stroke } from './performance.ts'
