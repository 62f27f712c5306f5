// Attacks of two streams in, out the period of the pulse they keep, window by window, whatever its phase (pulse.ts says what for).
// Windows of 6 s every 2 s; candidate periods tau of 60 to 620 ms in steps of .3 %. The path of tau maximises
//   sum over windows of (PPC_A + PPC_B) / 2,   changing by at most 1.6 % from window to window (Viterbi 1967).
// Of the local maxima within 6 % of the best the slowest is taken (a faster one only counts rests).
// What is computed a million times works on arrays that live as long as this file, each search writing them anew. Functions that are
// made once around such arrays (createAdvance, createSquares) take half the time: to the compiler they are constants.
import { createComb } from './comb.ts'
import { firstIndexFrom } from './phasors.ts'

export const windowSeconds = 6
export const hopSeconds = 2
const blocks = windowSeconds / hopSeconds
const slowestSeconds = 0.62
const fastestSeconds = 0.06
const step = 1.003
const stepsPerHop = 5 // 1.003^5 = 1.5 %, the most that stays under 1.6 %
const nearlyBest = 0.94
/** Paths less than a minor third of tempo apart are one pulse with a stray end, not a slower pulse. */
const otherPulse = Math.log(1.2)

const runLength = 20
const runs = Math.ceil(Math.log(slowestSeconds / fastestSeconds) / Math.log(step) / runLength)
/** 1 / tau falls by .3 % of a run's middle at every step, in equal steps within a run of 20. */
const starts = Float64Array.from({ length: runs }, (_, run) => 1 / (fastestSeconds * step ** (run * runLength)))
const steps = starts.map((start) => (start * (step ** -runLength - 1)) / runLength)
const frequencies = Float64Array.from({ length: runs * runLength }, (_, k) => {
  const run = Math.floor(k / runLength)
  return (starts[run] as number) + (k % runLength) * (steps[run] as number)
})
const candidates = frequencies.length

const comb = createComb(frequencies, hopSeconds / 2)

/** [2 k], [2 k + 1]: how far the phase of candidate k goes on in one hop, cosine and sine. */
const hopTurns = new Float64Array(2 * candidates)
for (let k = 0; k < candidates; k++) {
  hopTurns[2 * k] = Math.cos(2 * Math.PI * (frequencies[k] as number) * hopSeconds)
  hopTurns[2 * k + 1] = Math.sin(2 * Math.PI * (frequencies[k] as number) * hopSeconds)
}

/** The period in each window, seconds, of two streams' ascending times. */
export function trackPeriods(a: Float64Array, b: Float64Array, windows: number): Float64Array {
  return Float64Array.from(chooseTrack(searchTracks([a, b], windows)), (k) => 1 / (frequencies[k] as number))
}

interface Tracks {
  /** Best sum of consistencies of a path that ends in candidate k. */
  readonly totals: Float64Array
  /** [window * candidates + k]: how many candidates the best path came from above k. */
  readonly moves: Int8Array
  readonly windows: number
}

/** Of one window: half of what both streams' consistencies add up to. */
const objective = new Float64Array(candidates)
/** The sums of the window before and of this one, each with a margin of -Infinity on both sides, in turn. */
const totals = new Float64Array(2 * (candidates + 2 * stepsPerHop))
const totalsLength = totals.length / 2

function searchTracks(streams: readonly Float64Array[], windows: number): Tracks {
  const moves = new Int8Array(windows * candidates)
  totals.fill(Number.NEGATIVE_INFINITY)
  for (let w = 0; w < windows; w++) {
    objective.fill(0)
    for (const [stream, times] of streams.entries()) addConsistency(stream, times, w)
    if (w === 0) totals.set(objective, stepsPerHop)
    else advancePaths(((w - 1) % 2) * totalsLength, (w % 2) * totalsLength, moves, w * candidates)
  }
  const last = ((windows - 1) % 2) * totalsLength + stepsPerHop
  return { totals: totals.slice(last, last + candidates), moves, windows }
}

/**
 * One step of the Viterbi search, from the totals that begin at `old` to those at `next`; of equal predecessors the nearest wins. The
 * eleven predecessors move through eleven names: read anew for every candidate they take twice the time.
 */
function createAdvance(totals: Float64Array, objective: Float64Array) {
  return (old: number, next: number, moves: Int8Array, movesAt: number): void => {
    let f5 = totals[old] as number
    let f4 = totals[old + 1] as number
    let f3 = totals[old + 2] as number
    let f2 = totals[old + 3] as number
    let f1 = totals[old + 4] as number
    let here = totals[old + 5] as number
    let s1 = totals[old + 6] as number
    let s2 = totals[old + 7] as number
    let s3 = totals[old + 8] as number
    let s4 = totals[old + 9] as number
    for (let k = 0; k < candidates; k++) {
      const s5 = totals[old + k + 2 * stepsPerHop] as number
      let best = here
      let move = 0
      if (f1 > best) {
        best = f1
        move = -1
      }
      if (s1 > best) {
        best = s1
        move = 1
      }
      if (f2 > best) {
        best = f2
        move = -2
      }
      if (s2 > best) {
        best = s2
        move = 2
      }
      if (f3 > best) {
        best = f3
        move = -3
      }
      if (s3 > best) {
        best = s3
        move = 3
      }
      if (f4 > best) {
        best = f4
        move = -4
      }
      if (s4 > best) {
        best = s4
        move = 4
      }
      if (f5 > best) {
        best = f5
        move = -5
      }
      if (s5 > best) {
        best = s5
        move = 5
      }
      totals[next + k + stepsPerHop] = best + (objective[k] as number)
      moves[movesAt + k] = move
      f5 = f4
      f4 = f3
      f3 = f2
      f2 = f1
      f1 = here
      here = s1
      s1 = s2
      s2 = s3
      s3 = s4
      s4 = s5
    }
  }
}

const advancePaths = createAdvance(totals, objective)

/** Phasor sums by blocks of one hop, counted from their middles, so that no attack is turned more than once: three blocks of each stream. */
const sums = new Float64Array(2 * blocks * 2 * candidates)
const blockLength = 2 * candidates
const counts = new Int32Array(2 * blocks)

function addBlock(stream: number, times: Float64Array, block: number): void {
  const slot = stream * blocks + (block % blocks)
  const from = firstIndexFrom(times, block * hopSeconds)
  const to = firstIndexFrom(times, (block + 1) * hopSeconds)
  comb.sum(times, { from, to, originSeconds: (block + 0.5) * hopSeconds }, sums, slot * blockLength)
  counts[slot] = to - from
}

/** Adds half of a stream's consistency in a window to the objective. Windows in order, from the first. */
function addConsistency(stream: number, times: Float64Array, window: number): void {
  for (let block = window === 0 ? 0 : window + blocks - 1; block < window + blocks; block++)
    addBlock(stream, times, block)
  const slots = Array.from({ length: blocks }, (_, i) => stream * blocks + ((window + i) % blocks))
  const count = slots.reduce((sum, slot) => sum + (counts[slot] as number), 0)
  if (count < 2) return
  const [before, middle, after] = slots.map((slot) => slot * blockLength) as [number, number, number]
  const scale = 0.5 / (count * (count - 1)) // half of PPC = (square / n - 1) / (n - 1)
  const offset = -0.5 / (count - 1)
  addSquares(before, middle, after, scale, offset)
}

/** Adds scale |sum|^2 + offset at every candidate, of three blocks of sums by where they begin. */
function createSquares(sums: Float64Array, turns: Float64Array, objective: Float64Array) {
  return (before: number, middle: number, after: number, scale: number, offset: number): void => {
    for (let k = 0, i = 0; k < candidates; k++, i += 2) {
      const turnRe = turns[i] as number
      const turnIm = turns[i + 1] as number
      const p = sums[before + i] as number
      const u = sums[before + i + 1] as number
      const r = sums[after + i] as number
      const w = sums[after + i + 1] as number
      const re = (sums[middle + i] as number) + turnRe * (p + r) - turnIm * (w - u)
      const im = (sums[middle + i + 1] as number) + turnRe * (u + w) + turnIm * (r - p)
      objective[k] = (objective[k] as number) + (re * re + im * im) * scale + offset
    }
  }
}

const addSquares = createSquares(sums, hopTurns, objective)

/** The path to report: of the local maxima that are nearly best, the slowest that is another pulse than the best. */
function chooseTrack(tracks: Tracks): Int32Array {
  const totals = tracks.totals
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
