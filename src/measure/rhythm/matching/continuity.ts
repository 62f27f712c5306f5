// Continuity: how much of the estimated beats is right, in one run at longest and in all, at the given level and at the best one.
//   An estimated beat is right if the nearest reference beat is free, lies within .175 of the reference interval before it, and the estimate's own
//   interval is within 17.5 % of that one. The first estimate and the first reference look at the intervals after them instead.
//   Shares are of the longer list.        Hainsworth 2004; Klapuri, Eronen & Astola 2006 (IEEE TASLP 14); as in mir_eval
import { beatLevels } from './beat-levels.ts'
import { findNearest } from './match.ts'

const phaseWithin = 0.175
const periodWithin = 0.175

export interface Continuity {
  readonly cmlContinuous: number
  readonly cmlTotal: number
  readonly amlContinuous: number
  readonly amlTotal: number
}

/** Each 0..1. Ascending lists of two beats or more. */
export function continuity(reference: Float64Array, estimate: Float64Array): Continuity {
  const levels = beatLevels(reference).map((beats) => shareRight(beats, estimate))
  const given = levels[0] as { longest: number; total: number }
  return {
    cmlContinuous: given.longest,
    cmlTotal: given.total,
    amlContinuous: Math.max(...levels.map(({ longest }) => longest)),
    amlTotal: Math.max(...levels.map(({ total }) => total)),
  }
}

function shareRight(reference: Float64Array, estimate: Float64Array): { longest: number; total: number } {
  const nearest = findNearest(estimate, reference)
  const used = new Uint8Array(reference.length)
  let [run, longest, total] = [0, 0, 0]
  for (let m = 0; m < estimate.length; m++) {
    const beat = nearest[m] as number
    const right = used[beat] === 0 && isRight(reference, beat, estimate, m)
    if (right) used[beat] = 1
    run = right ? run + 1 : 0
    longest = Math.max(longest, run)
    total += right ? 1 : 0
  }
  const count = Math.max(reference.length, estimate.length)
  return { longest: longest / count, total: total / count }
}

function isRight(reference: Float64Array, n: number, estimate: Float64Array, m: number): boolean {
  const forward = m === 0 || n === 0
  const expected = intervalAt(reference, n, forward)
  const played = intervalAt(estimate, m, forward)
  const apart = Math.abs((estimate[m] as number) - (reference[n] as number))
  return expected > 0 && apart / expected < phaseWithin && Math.abs(1 - played / expected) < periodWithin
}

/** Interval before a beat, or after it if `forward` and there is one; 0 for a lone beat. */
function intervalAt(beats: Float64Array, i: number, forward: boolean): number {
  if (beats.length < 2) return 0
  const at = forward && i + 1 < beats.length ? i + 1 : i
  return (beats[at] as number) - (beats[at - 1] as number)
}
