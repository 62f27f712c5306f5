// Normalised pairwise variability index: how unlike neighbouring durations are.
//   nPVI = 100 / (m - 1) * sum over k of |d_k - d_(k+1)| / ((d_k + d_(k+1)) / 2)
// Grabe & Low 2002; in music Patel & Daniele 2003. 0 = all equal, towards 200. Not cyclic: of m durations m - 1 pairs. The last duration
// runs to the end of a bar alone, and round to the first onset of a looped one.
import type { Bar } from './bar.ts'

/** 0..200; undefined below two durations. */
export function pairwiseVariability({ cells, onsets, course }: Bar): number | undefined {
  if (onsets.length < 2) return undefined
  const end = course === 'looped' ? cells + (onsets[0] as number) : cells
  const durations = onsets.map((onset, i) => (onsets[i + 1] ?? end) - onset)
  const steps = durations.slice(1).map((next, i) => {
    const duration = durations[i] as number
    return (2 * Math.abs(duration - next)) / (duration + next)
  })
  return (100 * steps.reduce((sum, step) => sum + step, 0)) / steps.length
}
