// The gamma function and the gamma distribution, as far as errors of few judges need them.

/** log of the gamma function for x above 0: Stirling's series (Abramowitz & Stegun 6.1.41) from 12 on, below by x gamma(x) = gamma(x + 1). */
export function logGamma(x: number): number {
  if (x < 12) return logGamma(x + 1) - Math.log(x)
  const y = 1 / (x * x)
  const series = 1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360360)))))
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series / x
}

/** P(a, x), the regularised lower incomplete gamma function (Abramowitz & Stegun 6.5.29, its series times x): for x up to a or little above. */
export function incompleteGamma(a: number, x: number): number {
  if (x <= 0) return 0
  let [term, sum] = [1, 1]
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= x / (a + k)
    sum += term
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a + 1))
}

/** Mean and variance of max(1, X), X gamma with that shape and mean. */
export function momentsFromOneUp(shape: number, mean: number): { mean: number; variance: number } {
  // X up to 1 counts as 1; above, the n-th moment is that of a gamma with shape + n.
  const [below, ofMean, ofSquare] = [0, 1, 2].map((n) => incompleteGamma(shape + n, shape / mean)) as [
    number,
    number,
    number,
  ]
  const first = below + mean * (1 - ofMean)
  const second = below + mean * mean * (1 + 1 / shape) * (1 - ofSquare)
  return { mean: first, variance: second - first * first }
}
