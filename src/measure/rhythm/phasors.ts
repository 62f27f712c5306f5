// Phases as vectors on the unit circle, added up: how well events keep a period, and how well two streams keep it together.
//   z = 1/n sum exp(2 pi i t_k / tau)         mean phasor of one stream
//   PPC = (n |z|^2 - 1) / (n - 1)             its consistency without the bias of small n (Vinck et al. 2010, NeuroImage 51)
//   X = Re(z_A conj z_B)                      consistency of the two streams with each other

/** Sums of phasors of one stream, with the count of its events. */
export interface PhasorSum {
  re: number
  im: number
  count: number
}

/** Frequencies in runs of equal steps, each run ending where the next starts, so that a phasor walks through them by turning: the search asks for some 300,000 of them. */
export interface FrequencyLadder {
  /** The frequency each run starts with, hertz. */
  readonly starts: Float64Array
  /** What every step within a run adds, hertz. */
  readonly steps: Float64Array
  readonly runLength: number
}

/** Which times are summed, and from when they are counted: small angles are turned fastest and most exactly. */
export interface TimeRange {
  readonly from: number
  readonly to: number
  readonly originSeconds: number
}

/** Sets re[k], im[k] to the sum of the phasors of times[from..to), counted from the origin, at step k % runLength of run floor(k / runLength). Throws RangeError when a step turns a phasor by more than .056 of a cycle: the origin should lie in the middle of the times. */
export function sumPhasorsByFrequency(
  times: Float64Array,
  { from, to, originSeconds }: TimeRange,
  ladder: FrequencyLadder,
  sums: { readonly re: Float64Array; readonly im: Float64Array },
): void {
  sums.re.fill(0)
  sums.im.fill(0)
  checkTurns(times, { from, to, originSeconds }, ladder)
  const four = new Float64Array(4)
  for (let i = from; i < to; i += 4) {
    const count = Math.min(4, to - i)
    for (let j = 0; j < count; j++) four[j] = (times[i + j] as number) - originSeconds
    walkLadder(four, count, ladder, sums)
  }
}

/** Largest step of a ladder times distance of a time from the origin, in cycles: .35 rad. */
const largestTurn = 0.056

function checkTurns(times: Float64Array, { from, to, originSeconds }: TimeRange, { steps }: FrequencyLadder): void {
  if (from >= to) return
  const farthest = Math.max(originSeconds - (times[from] as number), (times[to - 1] as number) - originSeconds)
  const widest = steps.reduce((most, step) => Math.max(most, Math.abs(step)), 0)
  if (farthest * widest > largestTurn)
    throw new RangeError(
      `phasors: expected steps of at most ${largestTurn} of a cycle, got ${widest} Hz ${farthest} s from the origin. Count from the middle.`,
    )
}

/**
 * Adds the phasors of up to four times at every frequency: four that do not wait for each other take a third of the time. A run of
 * frequencies ends where the next starts, so that a phasor walks through all of them; only its turn is new in each run.
 */
function walkLadder(
  times: Float64Array,
  count: number,
  { starts, steps, runLength }: FrequencyLadder,
  { re, im }: { readonly re: Float64Array; readonly im: Float64Array },
): void {
  const [t0, t1, t2, t3] = [times[0] as number, times[1] as number, times[2] as number, times[3] as number]
  const first = 2 * Math.PI * (starts[0] as number)
  const [n1, n2, n3] = [count > 1 ? 1 : 0, count > 2 ? 1 : 0, count > 3 ? 1 : 0]
  let [x0, x1, x2, x3] = [
    Math.cos(first * t0),
    n1 * Math.cos(first * t1),
    n2 * Math.cos(first * t2),
    n3 * Math.cos(first * t3),
  ]
  let [y0, y1, y2, y3] = [
    Math.sin(first * t0),
    n1 * Math.sin(first * t1),
    n2 * Math.sin(first * t2),
    n3 * Math.sin(first * t3),
  ]
  for (let run = 0, k = 0; run < starts.length; run++) {
    const step = 2 * Math.PI * (steps[run] as number)
    const c0 = cosineOf(step * t0)
    const s0 = sineOf(step * t0)
    const c1 = cosineOf(step * t1)
    const s1 = sineOf(step * t1)
    const c2 = cosineOf(step * t2)
    const s2 = sineOf(step * t2)
    const c3 = cosineOf(step * t3)
    const s3 = sineOf(step * t3)
    for (const end = k + runLength; k < end; k++) {
      re[k] = (re[k] as number) + (x0 + x1 + (x2 + x3))
      im[k] = (im[k] as number) + (y0 + y1 + (y2 + y3))
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
}

/** Taylor series, to the last bit up to .35 rad: a turn is small, and asked for 39 times an event. */
function cosineOf(angle: number): number {
  const q = angle * angle
  return 1 - q * (1 / 2 - q * (1 / 24 - q * (1 / 720 - q * (1 / 40_320 - q * (1 / 3_628_800 - q / 479_001_600)))))
}

function sineOf(angle: number): number {
  const q = angle * angle
  return angle * (1 - q * (1 / 6 - q * (1 / 120 - q * (1 / 5040 - q * (1 / 362_880 - q / 39_916_800)))))
}

/** Phasors of positions[from..to), given in cycles times `factor`. */
export function sumPhasors(positions: Float64Array, from: number, to: number, factor: number): PhasorSum {
  let re = 0
  let im = 0
  for (let i = from; i < to; i++) {
    const cycles = (positions[i] as number) * factor
    const angle = 2 * Math.PI * (cycles - Math.floor(cycles))
    re += Math.cos(angle)
    im += Math.sin(angle)
  }
  return { re, im, count: to - from }
}

/** Highest power of `sumPowers`. */
export const powers = 4

/** Sets re[p - 1], im[p - 1] to the sum of the p-th powers, p = 1..4, of the phasors of times[from..to): p times as many cycles. */
export function sumPowers(
  times: Float64Array,
  range: { readonly from: number; readonly to: number },
  frequency: number,
  { re, im }: { readonly re: Float64Array; readonly im: Float64Array },
): void {
  re.fill(0)
  im.fill(0)
  for (let i = range.from; i < range.to; i++) {
    const cycles = (times[i] as number) * frequency
    const angle = 2 * Math.PI * (cycles - Math.floor(cycles))
    const c = Math.cos(angle)
    const s = Math.sin(angle)
    let x = c
    let y = s
    for (let p = 0; p < powers; p++) {
      re[p] = (re[p] as number) + x
      im[p] = (im[p] as number) + y
      const turned = x * c - y * s
      y = x * s + y * c
      x = turned
    }
  }
}

/** PPC of a sum of `count` phasors with squared length `square`; 0 for fewer than two. At most 1; a little below 0 by chance. */
export function phaseConsistency(square: number, count: number): number {
  return count < 2 ? 0 : (square / count - 1) / (count - 1)
}

/** Index of the first of the ascending times at or after `time`. */
export function firstIndexFrom(times: Float64Array, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < time) low = middle + 1
    else high = middle
  }
  return low
}
