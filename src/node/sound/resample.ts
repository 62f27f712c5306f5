// Recorded sound at one sample rate -> 48 kHz: a windowed-sinc polyphase filter (J. O. Smith, Digital Audio Resampling),
// Kaiser window beta 10 (stop band about -100 dB, Kaiser 1974), 32 zero crossings to each side, pass band to 95 % of the lower Nyquist.
// Only + - * / and sqrt are used, so that every machine gets the same bits.

const zeroCrossings = 32
const kaiserBeta = 10
const passBand = 0.95
const halfTurn = Math.PI

/** Equal length in time; `samples` itself when the rates are equal. Rates are whole numbers of hertz. */
export function resample(samples: Float32Array, fromRate: number, toRate: number): Float32Array {
  if (fromRate === toRate) return samples
  const common = greatestDivisor(fromRate, toRate)
  const up = toRate / common
  const down = fromRate / common
  const { taps, half } = phasesFor(up, fromRate, toRate)
  const out = new Float32Array(Math.ceil((samples.length * up) / down))
  const width = 2 * half
  for (let i = 0; i < out.length; i++) {
    const position = i * down
    const phase = position % up
    const first = (position - phase) / up - half + 1
    const row = phase * width
    const from = Math.max(0, -first)
    const to = Math.min(width, samples.length - first)
    let sum = 0
    for (let k = from; k < to; k++) sum += (taps[row + k] as number) * (samples[first + k] as number)
    out[i] = sum
  }
  return out
}

interface Phases {
  readonly taps: Float64Array
  readonly half: number
}

/** Designed once for each pair of rates. */
const designed = new Map<string, Phases>()

function phasesFor(up: number, fromRate: number, toRate: number): Phases {
  const key = `${fromRate}/${toRate}`
  const phases = designed.get(key) ?? designPhases(up, fromRate, toRate)
  designed.set(key, phases)
  return phases
}

/** `taps`: up x 2 half, row p the filter at fraction p / up behind a sample, each row scaled to pass 0 Hz unchanged. */
function designPhases(up: number, fromRate: number, toRate: number): Phases {
  const cutoff = passBand * Math.min(1, toRate / fromRate) // of the input's Nyquist
  const half = Math.ceil(zeroCrossings / cutoff)
  const width = 2 * half
  const taps = new Float64Array(up * width)
  const whole = besselI0(kaiserBeta)
  for (let phase = 0; phase < up; phase++) {
    let sum = 0
    for (let k = 0; k < width; k++) {
      const x = k - half + 1 - phase / up
      const across = x / half
      const window = across * across < 1 ? besselI0(kaiserBeta * Math.sqrt(1 - across * across)) / whole : 0
      const value = sinc(cutoff * x) * window
      taps[phase * width + k] = value
      sum += value
    }
    for (let k = 0; k < width; k++) taps[phase * width + k] = (taps[phase * width + k] as number) / sum
  }
  return { taps, half }
}

/** sin(pi x) / (pi x), the sine by its power series after folding x to -.5 .. .5. */
export function sinc(x: number): number {
  if (x === 0) return 1
  const turns = Math.round(x)
  const angle = (x - turns) * halfTurn
  let term = angle
  let sine = angle
  for (let n = 1; n <= 11; n++) {
    term = (-term * angle * angle) / (2 * n * (2 * n + 1))
    sine += term
  }
  return (turns % 2 === 0 ? sine : -sine) / (halfTurn * x)
}

/** Modified Bessel function of the first kind, order 0 (its power series). */
export function besselI0(x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x * x) / (4 * k * k)
    sum += term
  }
  return sum
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}
