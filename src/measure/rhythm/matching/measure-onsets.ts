// Onset evaluation as mir_eval has it (Raffel et al. 2014, ISMIR): an onset within 50 ms of a reference onset hits, one to one.
import type { Seconds } from '../../../units.ts'
import { readAscending } from '../ascending.ts'
import { type Accuracy, measureAccuracy } from './match.ts'

/** Ascending times in seconds, none below 0. */
export interface Match {
  readonly reference: readonly Seconds[]
  readonly estimate: readonly Seconds[]
}

const windowSeconds = 0.05

/** 0 throughout when a list is empty. Throws InputError for times that are unsorted, negative or not finite. */
export function measureOnsets({ reference, estimate }: Match): Accuracy {
  return measureAccuracy(readAscending(reference, 'reference'), readAscending(estimate, 'estimate'), windowSeconds)
}
