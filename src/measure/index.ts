export type { AgentReading, RubbingPair, SlotReading } from './reading.ts'
