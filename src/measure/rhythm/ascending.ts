// Lists of times at the door of the field's measures: ascending numbers in, a typed array out.
import { InputError } from '../../record/index.ts'

/** Throws InputError unless the times are finite, not below `lowest`, and none is earlier than the one before it. */
export function readAscending(times: readonly number[], where: string, lowest = 0): Float64Array {
  let before = lowest
  times.forEach((time, i) => {
    if (typeof time !== 'number' || !Number.isFinite(time))
      throw new InputError('time', `${where}[${i}]: expected a finite number, got ${time}. Leave the event out.`)
    if (time < lowest)
      throw new InputError(
        'time',
        `${where}[${i}]: expected a time from ${lowest} up, got ${time}. Shift the events, or start earlier.`,
      )
    if (time < before)
      throw new InputError('time-order', `${where}[${i}]: expected ${before} or later, got ${time}. Sort the times.`)
    before = time
  })
  return Float64Array.from(times)
}

/** The same times, each once. */
export function withoutDoubles(times: Float64Array): Float64Array {
  return times.filter((time, i) => i === 0 || time !== times[i - 1])
}
