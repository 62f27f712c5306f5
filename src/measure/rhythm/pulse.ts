// Two streams in, the pulse they keep out: a period for every window, followed through changes of tempo.
// Windows of 6 s every 2 s; candidate periods tau of 60 to 620 ms in steps of .3 %. The path of tau maximises
//   sum over windows of (PPC_A + PPC_B) / 2,   changing by at most 1.6 % from window to window (Viterbi 1967),
// and is blind to the phase between the streams: otherwise a tau is found at which two different tempi look aligned.
// Of the local maxima within 6 % of the best the slowest is taken (a faster one only counts rests), then the slowest of its
// divisions 1..4 whose min(PPC_A, PPC_B, X), means over windows, is >= .8 of the best division's (players who alternate share a
// division of what each keeps alone).
import type { Attacks } from './events.ts'
import {
  type FrequencyLadder,
  firstIndexFrom,
  type PhasorSum,
  phaseConsistency,
  powers,
  sumPhasors,
  sumPhasorsByFrequency,
  sumPowers,
} from './phasors.ts'

export const windowSeconds = 6
export const hopSeconds = 2
const blocks = windowSeconds / hopSeconds
const slowestSeconds = 0.62
const fastestSeconds = 0.06
const step = 1.003
const stepsPerHop = 5 // 1.003^5 = 1.5 %, the most that stays under 1.6 %
const nearlyBest = 0.94
const divisionShare = 0.8
/** Paths less than a minor third of tempo apart are one pulse with a stray end, not a slower pulse. */
const otherPulse = Math.log(1.2)

const runLength = 20
const runs = Math.ceil(Math.log(slowestSeconds / fastestSeconds) / Math.log(step) / runLength)
/** 1 / tau falls by .3 % of a run's middle at every step, in equal steps within a run of 20. */
const starts = Float64Array.from({ length: runs }, (_, run) => 1 / (fastestSeconds * step ** (run * runLength)))
const steps = starts.map((start) => (start * (step ** -runLength - 1)) / runLength)
const ladder: FrequencyLadder = { starts, steps, runLength }
const frequencies = Float64Array.from({ length: runs * runLength }, (_, k) => {
  const run = Math.floor(k / runLength)
  return (starts[run] as number) + (k % runLength) * (steps[run] as number)
})
const candidates = frequencies.length

/** How far every candidate's phase goes on in one hop. */
const hopRe = frequencies.map((frequency) => Math.cos(2 * Math.PI * frequency * hopSeconds))
const hopIm = frequencies.map((frequency) => Math.sin(2 * Math.PI * frequency * hopSeconds))

/** How consistently a pulse is kept, means over the windows in which that can be said. */
export interface Consistency {
  readonly a: number
  readonly b: number
  /** Of the two with each other; -1 when they alternate exactly. */
  readonly cross: number
}

export interface Pulse {
  /** Period in each window, seconds. Window w is centred on 3 + 2 w s. */
  readonly periods: Float64Array
  /** The shared pulse is this division of the one each keeps alone. */
  readonly division: number
  readonly consistency: Consistency
}

/** Windows that fit into a span; a shorter span is one window. */
export function countWindows(seconds: number): number {
  return Math.max(1, Math.floor((seconds - windowSeconds) / hopSeconds + 1e-9) + 1)
}

/** The pulse of two streams, each with at least one attack. Times in seconds from the start of the span. */
export function findPulse(a: Attacks, b: Attacks, seconds: number): Pulse {
  const windows = countWindows(seconds)
  const path = chooseTrack(trackPeriods(a, b, windows))
  const periods = Float64Array.from(path, (k) => 1 / (frequencies[k] as number))
  const divided = divide(a.times, b.times, periods)
  const worth = divided.map(({ consistency }) => Math.min(consistency.a, consistency.b, consistency.cross))
  const best = Math.max(...worth)
  const chosen = divided.find((_, i) => (worth[i] as number) >= Math.min(best, divisionShare * best)) ?? divided[0]
  const { division, consistency } = chosen as (typeof divided)[number]
  return { periods: periods.map((period) => period / division), division, consistency }
}

interface Tracks {
  /** Best sum of consistencies of a path that ends in candidate k. */
  readonly totals: Float64Array
  /** [window * candidates + k]: how many candidates the best path came from above k. */
  readonly moves: Int8Array
  readonly windows: number
}

function trackPeriods(a: Attacks, b: Attacks, windows: number): Tracks {
  const [sumsA, sumsB] = [createBlocks(a.times), createBlocks(b.times)]
  const moves = new Int8Array(windows * candidates)
  const objective = new Float64Array(candidates)
  let totals = new Float64Array(candidates + 2 * stepsPerHop).fill(Number.NEGATIVE_INFINITY)
  let next = totals.slice()
  for (let w = 0; w < windows; w++) {
    objective.fill(0)
    sumsA.addConsistency(w, objective)
    sumsB.addConsistency(w, objective)
    if (w === 0) next.set(objective, stepsPerHop)
    else advancePaths(totals, objective, next, moves.subarray(w * candidates, (w + 1) * candidates))
    const held = totals
    totals = next
    next = held
  }
  return { totals: totals.slice(stepsPerHop, stepsPerHop + candidates), moves, windows }
}

/** One step of the Viterbi search; of equal predecessors the nearest wins. `totals` has a margin of -Infinity on both sides. */
function advancePaths(totals: Float64Array, objective: Float64Array, next: Float64Array, moves: Int8Array): void {
  for (let k = 0; k < candidates; k++) {
    const at = k + stepsPerHop
    let best = totals[at] as number
    let move = 0
    for (let d = 1; d <= stepsPerHop; d++) {
      const faster = totals[at - d] as number
      const slower = totals[at + d] as number
      if (faster > best) {
        best = faster
        move = -d
      }
      if (slower > best) {
        best = slower
        move = d
      }
    }
    next[at] = best + (objective[k] as number)
    moves[k] = move
  }
}

interface PhasorSums {
  readonly re: Float64Array
  readonly im: Float64Array
  count: number
}

/** Phasor sums of one stream by blocks of one hop, counted from their middles, so that no event is turned more than once; three blocks are kept. */
function createBlocks(times: Float64Array) {
  const ring = Array.from(
    { length: blocks },
    (): PhasorSums => ({
      re: new Float64Array(candidates),
      im: new Float64Array(candidates),
      count: 0,
    }),
  )
  let done = 0
  const addBlock = () => {
    const block = ring[done % blocks] as PhasorSums
    const from = firstIndexFrom(times, done * hopSeconds)
    const to = firstIndexFrom(times, (done + 1) * hopSeconds)
    sumPhasorsByFrequency(times, { from, to, originSeconds: (done + 0.5) * hopSeconds }, ladder, block)
    block.count = to - from
    done++
  }
  return {
    /** Adds half of the stream's consistency in a window to `objective`. Windows in order. */
    addConsistency(window: number, objective: Float64Array): void {
      while (done < window + blocks) addBlock()
      const count = ring.reduce((sum, block) => sum + block.count, 0)
      if (count < 2) return
      const [before, middle, after] = [0, 1, 2].map((i) => ring[(window + i) % blocks]) as [
        PhasorSums,
        PhasorSums,
        PhasorSums,
      ]
      const { re: p, im: u } = before
      const { re: q, im: v } = middle
      const { re: r, im: w } = after
      const scale = 0.5 / (count * (count - 1)) // half of PPC = (square / n - 1) / (n - 1)
      const offset = -0.5 / (count - 1)
      for (let k = 0; k < candidates; k++) {
        const turnRe = hopRe[k] as number
        const turnIm = hopIm[k] as number
        const x = (p[k] as number) + (r[k] as number)
        const y = (r[k] as number) - (p[k] as number)
        const s = (u[k] as number) + (w[k] as number)
        const t = (w[k] as number) - (u[k] as number)
        const re = (q[k] as number) + turnRe * x - turnIm * t
        const im = (v[k] as number) + turnRe * s + turnIm * y
        objective[k] = (objective[k] as number) + (re * re + im * im) * scale + offset
      }
    },
  }
}

/** The path to report: of the local maxima that are nearly best, the slowest that is another pulse than the best. */
function chooseTrack(tracks: Tracks): Int32Array {
  const { totals } = tracks
  let peak = 0
  for (let k = 1; k < candidates; k++) if ((totals[k] as number) > (totals[peak] as number)) peak = k
  const best = retrace(tracks, peak)
  for (let k = candidates - 1; k > peak; k--) {
    const here = totals[k] as number
    if (here < nearlyBest * (totals[peak] as number)) continue
    if (here < (totals[k - 1] as number) || (k + 1 < candidates && here < (totals[k + 1] as number))) continue
    const path = retrace(tracks, k)
    const slower = path.reduce((sum, at, w) => sum + (at - (best[w] as number)), 0) / path.length
    if (slower * Math.log(step) > otherPulse) return path
  }
  return best
}

function retrace({ moves, windows }: Tracks, last: number): Int32Array {
  const path = new Int32Array(windows)
  for (let w = windows - 1, k = last; w >= 0; w--) {
    path[w] = k
    k += moves[w * candidates + k] as number
  }
  return path
}

/** The consistency of each division of the periods, one a window. */
function divide(
  a: Float64Array,
  b: Float64Array,
  periods: Float64Array,
): { division: number; consistency: Consistency }[] {
  const means = Array.from({ length: powers }, createMean)
  const [p, q] = [createPowers(), createPowers()]
  for (let w = 0; w < periods.length; w++) {
    p.read(a, w, 1 / (periods[w] as number))
    q.read(b, w, 1 / (periods[w] as number))
    for (const [power, mean] of means.entries()) mean.add(p.of(power), q.of(power))
  }
  return means.map((mean, power) => ({ division: power + 1, consistency: mean.read() }))
}

/** Powers of one stream's phasors in a window. */
function createPowers() {
  const sums = { re: new Float64Array(powers), im: new Float64Array(powers) }
  let count = 0
  return {
    read(times: Float64Array, window: number, frequency: number): void {
      const range = rangeOf(times, window)
      sumPowers(times, range, frequency, sums)
      count = range.to - range.from
    },
    of: (power: number): PhasorSum => ({ re: sums.re[power] as number, im: sums.im[power] as number, count }),
  }
}

function rangeOf(times: Float64Array, window: number): { from: number; to: number } {
  const start = window * hopSeconds
  return { from: firstIndexFrom(times, start), to: firstIndexFrom(times, start + windowSeconds) }
}

/** Means over windows, each over those windows where it is defined; 0 where it is nowhere. */
function createMean() {
  const sums = new Float64Array(3)
  const counts = new Float64Array(3)
  const add = (i: number, value: number) => {
    sums[i] = (sums[i] as number) + value
    counts[i] = (counts[i] as number) + 1
  }
  const mean = (i: number) => (counts[i] === 0 ? 0 : (sums[i] as number) / (counts[i] as number))
  return {
    add(p: PhasorSum, q: PhasorSum): void {
      if (p.count >= 2) add(0, phaseConsistency(p.re * p.re + p.im * p.im, p.count))
      if (q.count >= 2) add(1, phaseConsistency(q.re * q.re + q.im * q.im, q.count))
      if (Math.min(p.count, q.count) >= 1) add(2, (p.re * q.re + p.im * q.im) / (p.count * q.count))
    },
    read: (): Consistency => ({ a: mean(0), b: mean(1), cross: mean(2) }),
  }
}

interface Placed {
  readonly times: Float64Array
  /** What the phase is taken of, one a time. */
  readonly positions: Float64Array
}

/** How consistently two streams keep a known grid; positions in cells of it. */
export function keepClock(a: Placed, b: Placed, seconds: number): Consistency {
  const mean = createMean()
  const sumOf = ({ times, positions }: Placed, w: number) => {
    const { from, to } = rangeOf(times, w)
    return sumPhasors(positions, from, to, 1)
  }
  for (let w = 0; w < countWindows(seconds); w++) mean.add(sumOf(a, w), sumOf(b, w))
  return mean.read()
}
