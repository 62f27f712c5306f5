export type { EventCoincidence } from './coincidence.ts'
export { type EventMeasures, type EventWindow, measureEvents } from './measure-events.ts'
export type { EventSynchronization } from './synchronization.ts'
