// Attacks of a short stretch in, the sum of their phasors at many frequencies out: sum_i exp(2 pi i f t_i), for every f of a comb.
// Such a sum is a smooth function of f, since |t_i| <= reach: it is computed at nodes an eighth of 1 / reach apart only, and read
// between them by a Kaiser-Bessel window of ten nodes, what the window takes from an attack given to it beforehand:
//   exp(2 pi i f t) = sum_n psi(f / d - n) exp(2 pi i n d t) / Psi(d t),    d = 1 / (8 reach)
//   psi(x) = I_0(beta sqrt(1 - (2 x / 10)^2)),    Psi(y) = 10 sinh(r) / r,  r = sqrt(beta^2 - (10 pi y)^2),    beta = 10 pi (1 - 1/8)
// (Jackson, Meyer, Nishimura & Macovski 1991, IEEE Trans Med Imaging 10; Fessler & Sutton 2003, IEEE Trans Signal Process 51.)
// Off by less than 1e-9 an attack; the cost of one more attack does not grow with the comb.

/** Which times are summed, and from when they are counted. */
export interface TimeRange {
  readonly from: number
  readonly to: number
  readonly originSeconds: number
}

export interface Comb {
  /**
   * Sets sums[at + 2 k], sums[at + 2 k + 1] to the real and the imaginary part at frequency k of the phasors of times[from..to),
   * counted from the origin. Throws RangeError for times farther from the origin than the comb reaches.
   */
  sum(times: Float64Array, range: TimeRange, sums: Float64Array, at: number): void
}

const taps = 10
const nodesAReach = 8
const beta = taps * Math.PI * (1 - 1 / nodesAReach)
/** Rounding of a time. */
const nearlySeconds = 1e-9

/** A comb of frequencies (hertz, in any order) for times up to `reachSeconds` from their origin. */
export function createComb(frequencies: Float64Array, reachSeconds: number): Comb {
  const apart = 1 / (nodesAReach * reachSeconds)
  const first = Math.floor(frequencies.reduce((low, f) => Math.min(low, f)) / apart) - taps / 2 + 1
  const last = Math.floor(frequencies.reduce((high, f) => Math.max(high, f)) / apart) + taps / 2
  const nodes = new Float64Array(2 * (last - first + 1))
  const { begins, weights: w } = layWindows(frequencies, apart, first)
  const count = frequencies.length
  /** The weighed sum of ten nodes for every frequency: written out, since a loop within the loop takes four times as long. */
  const readNodes = (sums: Float64Array, at: number) => {
    for (let k = 0, i = 0, to = at; k < count; k++, i += taps, to += 2) {
      const n = begins[k] as number
      const w0 = w[i] as number
      const w1 = w[i + 1] as number
      const w2 = w[i + 2] as number
      const w3 = w[i + 3] as number
      const w4 = w[i + 4] as number
      const w5 = w[i + 5] as number
      const w6 = w[i + 6] as number
      const w7 = w[i + 7] as number
      const w8 = w[i + 8] as number
      const w9 = w[i + 9] as number
      sums[to] =
        w0 * (nodes[n] as number) +
        w1 * (nodes[n + 2] as number) +
        (w2 * (nodes[n + 4] as number) + w3 * (nodes[n + 6] as number)) +
        (w4 * (nodes[n + 8] as number) +
          w5 * (nodes[n + 10] as number) +
          (w6 * (nodes[n + 12] as number) + w7 * (nodes[n + 14] as number))) +
        (w8 * (nodes[n + 16] as number) + w9 * (nodes[n + 18] as number))
      sums[to + 1] =
        w0 * (nodes[n + 1] as number) +
        w1 * (nodes[n + 3] as number) +
        (w2 * (nodes[n + 5] as number) + w3 * (nodes[n + 7] as number)) +
        (w4 * (nodes[n + 9] as number) +
          w5 * (nodes[n + 11] as number) +
          (w6 * (nodes[n + 13] as number) + w7 * (nodes[n + 15] as number))) +
        (w8 * (nodes[n + 17] as number) + w9 * (nodes[n + 19] as number))
    }
  }
  return {
    sum(times, { from, to, originSeconds }, sums, at) {
      checkReach(times, { from, to, originSeconds }, reachSeconds)
      nodes.fill(0)
      const away = new Float64Array(4)
      for (let i = from; i < to; i += 4) {
        const few = Math.min(4, to - i)
        for (let j = 0; j < few; j++) away[j] = (times[i + j] as number) - originSeconds
        walkNodes(away, few, { first, apart }, nodes)
      }
      if (from === to) sums.fill(0, at, at + 2 * count)
      else readNodes(sums, at)
    },
  }
}

function checkReach(times: Float64Array, { from, to, originSeconds }: TimeRange, reach: number): void {
  if (from >= to) return
  const farthest = Math.max(originSeconds - (times[from] as number), (times[to - 1] as number) - originSeconds)
  if (farthest > reach + nearlySeconds)
    throw new RangeError(`comb: expected times up to ${reach} s from the origin, got one ${farthest} s away.`)
}

interface Windows {
  /** Where in the nodes each frequency's window begins. */
  readonly begins: Int32Array
  /** Ten weights a frequency. */
  readonly weights: Float64Array
}

function layWindows(frequencies: Float64Array, apart: number, first: number): Windows {
  const begins = Int32Array.from(frequencies, (frequency) => Math.floor(frequency / apart) - taps / 2 + 1 - first)
  const weights = Float64Array.from({ length: taps * frequencies.length }, (_, i) => {
    const k = Math.floor(i / taps)
    const x = (frequencies[k] as number) / apart - first - (begins[k] as number) - (i % taps)
    return bessel(beta * Math.sqrt(Math.max(0, 1 - ((2 * x) / taps) ** 2)))
  })
  return { begins: begins.map((begin) => 2 * begin), weights }
}

/** I_0, the modified Bessel function of the first kind, by its series. */
function bessel(x: number): number {
  let sum = 1
  for (let k = 1, term = 1; term > Number.EPSILON * sum; k++) {
    term *= (x / 2 / k) ** 2
    sum += term
  }
  return sum
}

/** What the window takes from an attack `cycles` per node away from the origin, given back. */
function weigh(cycles: number): number {
  const root = Math.sqrt(beta * beta - (taps * Math.PI * cycles) ** 2)
  return root / (taps * Math.sinh(root))
}

/** Adds the phasors of up to four times at all nodes: four that do not wait for each other take a third of the time. */
function walkNodes(
  times: Float64Array,
  count: number,
  { first, apart }: { readonly first: number; readonly apart: number },
  nodes: Float64Array,
): void {
  const [t0, t1, t2, t3] = [times[0] as number, times[1] as number, times[2] as number, times[3] as number]
  const [n0, n1, n2, n3] = [
    weigh(apart * t0),
    count > 1 ? weigh(apart * t1) : 0,
    count > 2 ? weigh(apart * t2) : 0,
    count > 3 ? weigh(apart * t3) : 0,
  ]
  const step = 2 * Math.PI * apart
  const start = first * step
  let [x0, y0] = [n0 * Math.cos(start * t0), n0 * Math.sin(start * t0)]
  let [x1, y1] = [n1 * Math.cos(start * t1), n1 * Math.sin(start * t1)]
  let [x2, y2] = [n2 * Math.cos(start * t2), n2 * Math.sin(start * t2)]
  let [x3, y3] = [n3 * Math.cos(start * t3), n3 * Math.sin(start * t3)]
  const [c0, c1, c2, c3] = [Math.cos(step * t0), Math.cos(step * t1), Math.cos(step * t2), Math.cos(step * t3)]
  const [s0, s1, s2, s3] = [Math.sin(step * t0), Math.sin(step * t1), Math.sin(step * t2), Math.sin(step * t3)]
  for (let k = 0; k < nodes.length; k += 2) {
    nodes[k] = (nodes[k] as number) + (x0 + x1 + (x2 + x3))
    nodes[k + 1] = (nodes[k + 1] as number) + (y0 + y1 + (y2 + y3))
    const u0 = x0 * c0 - y0 * s0
    y0 = x0 * s0 + y0 * c0
    x0 = u0
    const u1 = x1 * c1 - y1 * s1
    y1 = x1 * s1 + y1 * c1
    x1 = u1
    const u2 = x2 * c2 - y2 * s2
    y2 = x2 * s2 + y2 * c2
    x2 = u2
    const u3 = x3 * c3 - y3 * s3
    y3 = x3 * s3 + y3 * c3
    x3 = u3
  }
}
