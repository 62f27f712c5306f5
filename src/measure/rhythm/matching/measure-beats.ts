// Beat evaluation as mir_eval has it (Raffel et al. 2014, ISMIR; measures after Davies, Degara & Plumbley 2009): beats before 5 s are left out, a
// measure that cannot be taken is 0.
import { readAscending } from '../ascending.ts'
import { cemgil } from './cemgil.ts'
import { type Continuity, continuity } from './continuity.ts'
import { goto } from './goto.ts'
import { informationGain } from './information-gain.ts'
import { measureAccuracy } from './match.ts'
import type { Match } from './measure-onsets.ts'
import { pScore } from './p-score.ts'

export interface BeatMeasures extends Continuity {
  /** Beats within 70 ms, one to one. */
  readonly fMeasure: number
  readonly cemgil: number
  readonly cemgilBest: number
  /** 0 or 1. */
  readonly goto: number
  readonly pScore: number
  readonly informationGain: number
}

const windowSeconds = 0.07
const listenFromSeconds = 5

const nothing = { pScore: 0, cmlContinuous: 0, cmlTotal: 0, amlContinuous: 0, amlTotal: 0, informationGain: 0 }

/** Throws InputError for times that are unsorted, negative or not finite. */
export function measureBeats(match: Match): BeatMeasures {
  const reference = readAscending(match.reference, 'reference').filter((time) => time >= listenFromSeconds)
  const estimate = readAscending(match.estimate, 'estimate').filter((time) => time >= listenFromSeconds)
  const fewest = Math.min(reference.length, estimate.length)
  if (fewest === 0) return { fMeasure: 0, cemgil: 0, cemgilBest: 0, goto: 0, ...nothing }
  const { asGiven, best } = cemgil(reference, estimate)
  const overIntervals =
    fewest < 2
      ? nothing
      : {
          pScore: pScore(reference, estimate),
          ...continuity(reference, estimate),
          informationGain: informationGain(reference, estimate),
        }
  return {
    fMeasure: measureAccuracy(reference, estimate, windowSeconds).fMeasure,
    cemgil: asGiven,
    cemgilBest: best,
    goto: goto(reference, estimate),
    ...overIntervals,
  }
}
