// The last thing before the loudspeakers: no sample above -1 dBFS, whatever comes. Without memory: a sample depends on nothing but itself,
// and one that is quieter than the knee stays as it is, bit for bit.

/** -1 dBFS = 10^(-1/20) = .8912509..., rounded down. */
export const ceiling = 0.89125
/** -3 dBFS = 10^(-3/20) = .7079457..., rounded down: what is quieter is left alone. */
export const knee = 0.7079

const room = ceiling - knee

/**
 * With u = (|x| - knee) / (ceiling - knee): y = knee + (ceiling - knee) u / sqrt(1 + u^2). Slope 1 and no bend at the knee, so what is just
 * above it hardly changes; the ceiling is reached by infinity. What is not a number is silence.
 */
export function limitSample(x: number): number {
  const size = Math.abs(x)
  if (size <= knee) return x
  if (Number.isNaN(x)) return 0
  const u = (size - knee) / room
  // Where the square would overflow the ceiling is reached.
  const y = u > 1e9 ? ceiling : knee + (room * u) / Math.sqrt(1 + u * u)
  return x < 0 ? -y : y
}

export const ceilingName = 'hocket-ceiling'
