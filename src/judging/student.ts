// Student's distribution: how far from 0, in standard errors, an estimate of few freedoms may lie by chance.
//   P(|T| > t) = I_x(df/2, 1/2),  x = df / (df + t^2)      I the regularised incomplete beta function (Abramowitz & Stegun 26.7.1, 26.5.8)
import { logGamma } from './gamma.ts'

/** t with P(|T| <= t) = share; df above 0, fractions allowed. 12.706 for .95 and 1, 1.96 for .95 and many. Throws RangeError. */
export function studentQuantile(share: number, df: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`share: expected a number between 0 and 1, got ${share}`)
  if (!(df > 0)) throw new RangeError(`df: expected a number above 0, got ${df}`)
  // x = df / (df + t^2) falls from 1 to 0 as t grows, and I_x with it: halved until it is as exact as doubles are.
  let [low, high] = [0, 1]
  for (let k = 0; k < 200 && high - low > 1e-16 * high; k++) {
    const middle = (low + high) / 2
    if (incompleteBeta(middle, df / 2, 0.5) > 1 - share) high = middle
    else low = middle
  }
  const x = (low + high) / 2
  return Math.sqrt((df * (1 - x)) / x)
}

/** I_x(a, b) by its continued fraction (Lentz's way), turned over where that converges faster. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const keep = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / keep(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / keep(1 + even * d)
    c = keep(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / keep(1 + odd * d)
    c = keep(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return fraction
}
