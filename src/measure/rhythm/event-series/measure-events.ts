// Two event series at the door: checked, each time once, y moved by the lag for synchronization.
import { InputError } from '../../../record/index.ts'
import { readAscending, withoutDoubles } from '../ascending.ts'
import { coincideEvents, type EventCoincidence } from './coincidence.ts'
import { type EventSynchronization, synchronizeEvents } from './synchronization.ts'

export interface EventWindow {
  /** Longest distance that still counts as synchronous; none: unlimited. */
  readonly taumax?: number | undefined
  /** Coincidence: how much later the second event is expected. Synchronization: y is moved by it. Default 0. */
  readonly lag?: number | undefined
  /** Width of the coincidence window. Without it there is no coincidence analysis. */
  readonly deltaT?: number | undefined
}

export interface EventMeasures {
  readonly synchronization: EventSynchronization | null
  readonly coincidence: EventCoincidence | null
  /** Field, or "coincidence.triggerXY" and the like -> why it is null. */
  readonly undefined: Readonly<Record<string, string>>
}

/** Event measures of two ascending series in any one unit; equal times of a series are one event. Throws InputError. */
export function measureEvents(x: readonly number[], y: readonly number[], window: EventWindow = {}): EventMeasures {
  const { taumax = Number.POSITIVE_INFINITY, lag = 0, deltaT } = window
  if (!Number.isFinite(lag)) throw new InputError('lag', `lag: expected a finite number, got ${lag}.`)
  if (!(taumax >= 0)) throw new InputError('taumax', `taumax: expected 0 or more, got ${taumax}.`)
  if (deltaT !== undefined && !(deltaT >= 0 && Number.isFinite(deltaT)))
    throw new InputError('delta-t', `deltaT: expected a finite number from 0 up, got ${deltaT}.`)
  const [a, b] = [readSeries(x, 'x'), readSeries(y, 'y')]
  const moved = withoutDoubles(b.map((time) => time + lag))
  const synchronization = synchronizeEvents(a, moved, taumax) ?? null
  const coincidence = deltaT === undefined ? null : coincideEvents(a, b, { lag, deltaT })
  const reasons = { ...whyNotSynchronized(synchronization), ...whyNotCoinciding(coincidence) }
  return { synchronization, coincidence, undefined: reasons }
}

const readSeries = (times: readonly number[], name: string) =>
  withoutDoubles(readAscending(times, name, Number.NEGATIVE_INFINITY))

function whyNotSynchronized(synchronization: EventSynchronization | null): Record<string, string> {
  return synchronization === null ? { synchronization: 'a series has fewer than three events' } : {}
}

function whyNotCoinciding(coincidence: EventCoincidence | null): Record<string, string> {
  if (coincidence === null) return { coincidence: 'deltaT is not given' }
  const nulls = Object.entries(coincidence).filter(([, rate]) => rate === null)
  return Object.fromEntries(nulls.map(([rate]) => [`coincidence.${rate}`, 'no event could have a partner']))
}
