// Chances of counts: k right of n, each with the same chance p, one independent of the other.
//   P(K >= k) = I_p(k, n - k + 1)      I the regularised incomplete beta function (Abramowitz & Stegun 26.5.24)
// The interval of p is Clopper & Pearson's (1934): it holds p at least as often as it says.
import { incompleteBeta } from './student.ts'

/** Chance of k or more right. Throws RangeError for what are no counts. */
export function chanceOfAtLeast(k: number, n: number, p: number): number {
  if (!(Number.isInteger(k) && Number.isInteger(n) && k >= 0 && k <= n))
    throw new RangeError(`binomial: expected whole k from 0 to n, got ${k} of ${n}`)
  return k === 0 ? 1 : incompleteBeta(p, k, n - k + 1)
}

/** Of p, from 0 to 1; null without a trial. */
export function binomialInterval(k: number, n: number, share = 0.95): readonly [number, number] | null {
  if (n === 0) return null
  const tail = (1 - share) / 2
  const low = k === 0 ? 0 : solve((p) => chanceOfAtLeast(k, n, p) - tail)
  const high = k === n ? 1 : solve((p) => chanceOfAtLeast(k + 1, n, p) - (1 - tail))
  return [low, high]
}

/** Where a growing function of 0 to 1 passes 0: halved until it is as exact as doubles are. */
function solve(f: (p: number) => number): number {
  let [low, high] = [0, 1]
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2
    if (f(middle) > 0) high = middle
    else low = middle
  }
  return (low + high) / 2
}
