export { describeForAgent } from './describe.ts'
export type { AgentFeedback } from './feedback.ts'
export { gradeOf, type ScaleName } from './scales.ts'
export { describeVerdict } from './verdict.ts'
