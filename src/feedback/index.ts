export type { AgentFeedback } from './feedback.ts'
