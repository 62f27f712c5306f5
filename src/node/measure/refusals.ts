// What a pure room refuses of a line is the line's fault, not ours.
import { InputError } from '../../record/index.ts'

export function refuseRangeErrors<T>(measure: () => T): T {
  try {
    return measure()
  } catch (error) {
    if (error instanceof RangeError) throw new InputError('bad-value', error.message)
    throw error
  }
}
