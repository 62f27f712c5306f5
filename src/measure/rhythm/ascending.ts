// Lists of times at the door of the field's measures: ascending numbers in, a typed array out.
import { InputError } from '../../record/index.ts'

/** Throws InputError unless the times are finite, not below `lowest`, and none is earlier than the one before it. */
export function readAscending(times: readonly number[], where: string, lowest = 0): Float64Array {
  let before = lowest
  const list = new Float64Array(times.length)
  for (let i = 0; i < times.length; i++) {
    const time = times[i] as number
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
    list[i] = time
  }
  return list
}

/** The same times, each once; of a list that has no doubles the list itself. */
export function withoutDoubles(times: Float64Array): Float64Array {
  let doubles = 0
  for (let i = 1; i < times.length; i++) if (times[i] === times[i - 1]) doubles++
  if (doubles === 0) return times
  const once = new Float64Array(times.length - doubles)
  for (let i = 0, kept = 0; i < times.length; i++)
    if (i === 0 || times[i] !== times[i - 1]) once[kept++] = times[i] as number
  return once
}
