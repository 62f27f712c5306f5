// Slow, clear twin of worklets/kernel/weighting.ts: the difference equations of ITU-R BS.1770-5 annex 1 with given coefficients.
export interface Biquad {
  readonly b: readonly number[]
  readonly a: readonly number[]
}

/** y[n] = (sum b_k x[n-k] - sum_{k>0} a_k y[n-k]) / a_0, one filter after the other. */
export function filtered(samples: ArrayLike<number>, filters: readonly Biquad[]): Float64Array {
  return filters.reduce((x, { b, a }) => {
    const y = new Float64Array(x.length)
    for (let n = 0; n < x.length; n++) {
      let sum = 0
      b.forEach((coefficient, k) => {
        sum += coefficient * (x[n - k] ?? 0)
      })
      a.forEach((coefficient, k) => {
        if (k > 0) sum -= coefficient * (y[n - k] ?? 0)
      })
      y[n] = sum / (a[0] ?? 1)
    }
    return y
  }, Float64Array.from(samples))
}
