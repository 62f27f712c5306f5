export { describeForAgent } from './describe.ts'
export type { AgentFeedback } from './feedback.ts'
export { describeVerdict } from './verdict.ts'
