export { measureSpikes, type SpikeMeasures } from './measure-spikes.ts'
export type { Observation } from './trains.ts'
