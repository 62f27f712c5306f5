// Information gain: how far the errors of beats are from being spread evenly over the interval.
//   error of an estimated beat = its distance to the nearest reference beat by the interval on that side, wrapped into (-.5, .5];
//   gain = 1 - H / log2 41 of the histogram in 41 even bins; the worse of both ways (estimate to reference, reference to estimate)
// Davies, Degara & Plumbley 2009 (QMUL C4DM-TR-09-06), as in mir_eval, of which one rule is kept though it looks unmeant: before the
// first beat the interval is minus the whole length of the list. 0..1.
import { findNearest } from './match.ts'

const bins = 41

/** 0..1. Ascending lists of two beats or more. */
export function informationGain(reference: Float64Array, estimate: Float64Array): number {
  const entropy = Math.max(errorEntropy(reference, estimate), errorEntropy(estimate, reference))
  const most = Math.log2(bins)
  return (most - entropy) / most
}

/** Entropy of the errors, bits. An error on an interval of no length is left out; without errors nothing is known, and all bins are even. */
function errorEntropy(reference: Float64Array, estimate: Float64Array): number {
  const nearest = findNearest(estimate, reference)
  const counts = new Float64Array(bins)
  for (let m = 0; m < estimate.length; m++) {
    const n = nearest[m] as number
    const error = (estimate[m] as number) - (reference[n] as number)
    const share = (0.5 * error) / (0.5 * intervalBeside(reference, n, error))
    if (!Number.isFinite(share)) continue
    const bin = binOf(wrap(share))
    counts[bin] = (counts[bin] as number) + 1
  }
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return Math.log2(bins)
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / total) * Math.log2(count / total)), 0)
}

function intervalBeside(beats: Float64Array, n: number, error: number): number {
  const last = beats.length - 1
  const to = n === last || error < 0 ? n : n + 1
  const from = to > n ? n : n === 0 ? last : n - 1
  return (beats[to] as number) - (beats[from] as number)
}

/** Into (-.5, .5]. */
const wrap = (turns: number) => turns + 0.5 - Math.ceil(turns + 0.5) + 0.5

const edge = (bin: number) => bin * (1 / bins) - 0.5

/** Bins are half open, [from, to), but the last, which takes .5 in. */
function binOf(error: number): number {
  const near = Math.min(bins - 1, Math.max(0, Math.floor((error + 0.5) * bins)))
  if (error < edge(near)) return near - 1
  return near + 1 < bins && error >= edge(near + 1) ? near + 1 : near
}
