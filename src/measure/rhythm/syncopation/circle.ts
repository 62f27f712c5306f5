// The bar as a circle, its onsets as points on it.
//   evenness = |sum over k of exp 2 pi i (p_k / N - k / K)| / K    1 = K onsets at equal distances    Milne & Dean 2016
//   balance  = 1 - |sum over k of exp 2 pi i p_k / N| / K          1 = the points' centre is the circle's    Milne, Bulger & Herff 2017
// N cells, onset p_k the k-th of K. Both 0..1, the same for a pattern turned round.
import type { Bar } from './bar.ts'

/** 0..1; undefined without onsets. */
export function evenness({ cells, onsets }: Bar): number | undefined {
  return resultant(onsets.map((onset, k) => onset / cells - k / onsets.length))
}

/** 0..1; undefined without onsets. */
export function balance({ cells, onsets }: Bar): number | undefined {
  const length = resultant(onsets.map((onset) => onset / cells))
  return length === undefined ? undefined : 1 - length
}

/** Length of the mean of unit vectors, angles in turns; rounding may not lift it above 1. */
function resultant(turns: readonly number[]): number | undefined {
  if (turns.length === 0) return undefined
  const mean = (part: (angle: number) => number) =>
    turns.reduce((sum, turn) => sum + part(2 * Math.PI * turn), 0) / turns.length
  return Math.min(1, Math.hypot(mean(Math.cos), mean(Math.sin)))
}
