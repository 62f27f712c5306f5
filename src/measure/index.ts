export type { AgentReading, RubbingPair, SlotReading } from './reading.ts'
export {
  createVitalityMeter,
  measureRecentVitality,
  measureVitality,
  measureVitalitySeries,
  nameRefrain,
  type Refrain,
  symbolsOfNotes,
  symbolsOfText,
  type Vitality,
  type VitalityMeter,
  type VitalitySeries,
} from './vitality/index.ts'
