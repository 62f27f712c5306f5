export { type Collapse, findCollapse, shortestTail } from './collapse.ts'
export {
  createRecentVitality,
  createVitalityMeter,
  measureRecentVitality,
  measureVitalitySeries,
  type VitalityMeter,
  type VitalitySeries,
} from './live.ts'
export { measureNews } from './news.ts'
export { measureOrigin, toneRows, wordRuns } from './origin.ts'
export { measureOwnVoice, type OwnVoice } from './own-voice.ts'
export { nameRefrain, type Refrain } from './refrain-name.ts'
export { symbolsOfNotes, symbolsOfText } from './symbols.ts'
export { measureVitality, type Vitality } from './vitality.ts'
