// hocket/web: listen to runs in a browser of your own. Needs a server like `hocket listen`, or records and kernel passed in.
export { type Composer, createComposer } from './run/compose.ts'
export { type Measures, openMeasures } from './run/measures.ts'
export type { AgentSlot, PartyScore, SlotScore } from './run/slots.ts'
export { type Connection, openRecordStream } from './run/stream.ts'
export type { Mixer } from './sound/mixer.ts'
export { hearOffline, type OfflineHearing } from './sound/offline.ts'
export { openPlayer, type Player, type PlayerState } from './sound/player.ts'
