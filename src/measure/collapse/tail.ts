// Since when has something been so, without end? In: yes or no for each step of a run. Out: the step from which on it nearly always is.

/** Fewest steps, and share of the run, that a tail must span. A natural end is no collapse. */
export const leastSteps = 6
export const leastShare = 1 / 8

/**
 * The earliest step from which on at least `purity` of all steps hold, the step itself holding; null when that tail is shorter than
 * six steps or an eighth of the run.
 */
export function tailFrom(holds: readonly boolean[], purity = 0.8): number | null {
  let held = 0
  let from: number | null = null
  for (let i = holds.length - 1; i >= 0; i--) {
    if (!holds[i]) continue
    held++
    if (held >= purity * (holds.length - i)) from = i
  }
  if (from === null) return null
  return holds.length - from >= Math.max(leastSteps, leastShare * holds.length) ? from : null
}
