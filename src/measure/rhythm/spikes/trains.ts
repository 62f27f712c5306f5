// Spike trains: event times within an observation, as PySpike takes them (Mulansky & Kreuz 2016, SoftwareX 5).
// Spikes of one train at one time are one spike; a spike outside the observation is a slip, and refused.
import { InputError } from '../../../record/index.ts'
import type { Seconds } from '../../../units.ts'
import { readAscending, withoutDoubles } from '../ascending.ts'

/** From when to when was listened; both ends belong to it. */
export interface Observation {
  readonly startSeconds: Seconds
  readonly endSeconds: Seconds
}

export interface SpikeTrain {
  /** Ascending, none twice, all within the observation. */
  readonly times: Float64Array
  readonly start: number
  readonly end: number
}

/** Throws InputError for an observation that runs back, for times that are unsorted, negative, not finite or outside of it. */
export function readTrains(trains: readonly (readonly number[])[], observation: Observation): SpikeTrain[] {
  const { startSeconds: start, endSeconds: end } = observation
  if (!Number.isFinite(start)) throw new InputError('span', `startSeconds: expected finite seconds, got ${start}.`)
  if (!(Number.isFinite(end) && end >= start))
    throw new InputError('span', `endSeconds: expected finite seconds from startSeconds (${start}) up, got ${end}.`)
  return trains.map((train, n) => {
    const times = readAscending(train, `trains[${n}]`)
    const [first, last] = [times[0] ?? start, times.at(-1) ?? end]
    const outside = first < start ? first : last > end ? times.find((time) => time > end) : undefined
    if (outside !== undefined)
      throw new InputError('span', `trains[${n}]: expected spikes from ${start} to ${end} s, got one at ${outside} s.`)
    return { times: withoutDoubles(times), start, end }
  })
}
