// Clear twins of the deck: a windowed sinc written as its formula, a Linkwitz-Riley crossover written as transfer functions.

/** Modified Bessel function of the first kind, order 0. */
function bessel(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; k < 60; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

/** The value of a repeating recording at a fractional position: 64 taps, Kaiser window with beta 8.96, cut off at .41875 of the sample rate. */
export function readBetween(pcm: ArrayLike<number>, position: number): number {
  const whole = Math.floor(position)
  let sum = 0
  let weights = 0
  for (let k = whole - 31; k <= whole + 32; k++) {
    const x = k - position
    const inside = 1 - (x / 32) ** 2
    if (inside <= 0) continue
    const angle = 2 * Math.PI * 0.41875 * x
    const weight = (angle === 0 ? 1 : Math.sin(angle) / angle) * bessel(8.96 * Math.sqrt(inside))
    weights += weight
    sum += weight * (pcm[((k % pcm.length) + pcm.length) % pcm.length] ?? 0)
  }
  return sum / weights
}

interface Complex {
  readonly re: number
  readonly im: number
}
const multiply = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re })
const divide = (a: Complex, b: Complex): Complex => {
  const norm = b.re ** 2 + b.im ** 2
  return { re: (a.re * b.re + a.im * b.im) / norm, im: (a.im * b.re - a.re * b.im) / norm }
}

/** Second-order Butterworth pair at `cutHz`, as seen at `hz` through the bilinear transform: s = j tan(pi hz / rate) / tan(pi cut / rate). */
function butterworth(hz: number, cutHz: number, sampleRate: number): { low: Complex; high: Complex; allpass: Complex } {
  const s = Math.tan((Math.PI * hz) / sampleRate) / Math.tan((Math.PI * cutHz) / sampleRate)
  const below: Complex = { re: 1 - s * s, im: Math.SQRT2 * s }
  return {
    low: divide({ re: 1, im: 0 }, below),
    high: divide({ re: -s * s, im: 0 }, below),
    allpass: divide({ re: 1 - s * s, im: -Math.SQRT2 * s }, below),
  }
}

/** Magnitude of the three bands together at `hz`: 4th-order Linkwitz-Riley at 250 and 2500 Hz, the low band delayed like the others. */
export function equaliserMagnitude(
  hz: number,
  gains: { low: number; mid: number; high: number },
  sampleRate: number,
): number {
  const lower = butterworth(hz, 250, sampleRate)
  const upper = butterworth(hz, 2500, sampleRate)
  const low = multiply(multiply(lower.low, lower.low), upper.allpass)
  const rest = multiply(lower.high, lower.high)
  const mid = multiply(rest, multiply(upper.low, upper.low))
  const high = multiply(rest, multiply(upper.high, upper.high))
  return Math.hypot(
    gains.low * low.re + gains.mid * mid.re + gains.high * high.re,
    gains.low * low.im + gains.mid * mid.im + gains.high * high.im,
  )
}
