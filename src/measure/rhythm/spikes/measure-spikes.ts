// The spike measures of two or more trains, as PySpike pools them: distances are means over all pairs of trains, synchronization and
// order are sums over all pairs (a pair with many spikes weighs more).
import { InputError } from '../../../record/index.ts'
import { type Coincidences, countCoincidences } from './coincidences.ts'
import { type Distances, measureDistances } from './pieces.ts'
import { type Observation, readTrains, type SpikeTrain } from './trains.ts'

export interface SpikeMeasures {
  /** 0..1, 0 for equal rates. Null when the observation has no length. */
  readonly isiDistance: number | null
  /** From 0 (the same spikes) up. Null when the observation has no length. */
  readonly spikeDistance: number | null
  /** 0..1, 1 for the same spikes and, as PySpike has it, for no spikes at all. */
  readonly spikeSync: number
  /** -1..1, positive when earlier trains of the list lead. Null without spikes. */
  readonly order: number | null
  readonly undefined: Readonly<Record<string, string>>
}

/** Spike measures of trains of one observation, times in seconds. Throws InputError (trains.ts), also for fewer than two trains. */
export function measureSpikes(trains: readonly (readonly number[])[], observation: Observation): SpikeMeasures {
  if (trains.length < 2)
    throw new InputError(
      'trains',
      `trains: expected two or more, got ${trains.length}. Give an empty list for silence.`,
    )
  const pairs = pairUp(readTrains(trains, observation))
  const reasons: Record<string, string> = {}
  const lasts = observation.endSeconds > observation.startSeconds
  if (!lasts) for (const field of ['isiDistance', 'spikeDistance']) reasons[field] = 'the observation has no length'
  const distances = lasts ? pairs.map(([a, b]) => measureDistances(a, b)) : null
  const { pairs: met, lead, spikes } = pool(pairs)
  if (spikes === 0) reasons['order'] = 'no spikes'
  return {
    isiDistance: distances && meanOver(distances, 'isi'),
    spikeDistance: distances && meanOver(distances, 'spike'),
    spikeSync: spikes === 0 ? 1 : (2 * met) / spikes,
    order: spikes === 0 ? null : (2 * lead) / spikes,
    undefined: reasons,
  }
}

type TrainPair = readonly [SpikeTrain, SpikeTrain]

const pairUp = (trains: readonly SpikeTrain[]) =>
  trains.flatMap((a, i) => trains.slice(i + 1).map((b): TrainPair => [a, b]))

const meanOver = (distances: readonly Distances[], kind: keyof Distances) =>
  distances.reduce((sum, distance) => sum + distance[kind], 0) / distances.length

function pool(pairs: readonly TrainPair[]): Coincidences {
  return pairs
    .map(([a, b]) => countCoincidences(a, b))
    .reduce((sum, one) => ({
      pairs: sum.pairs + one.pairs,
      lead: sum.lead + one.lead,
      spikes: sum.spikes + one.spikes,
    }))
}
