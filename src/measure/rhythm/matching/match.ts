// Which events of an estimate hit which of a reference: the largest set of pairs no further apart than a window, each event in one at most.
// With both lists ascending, taking the earliest free reference for every estimate in turn finds a largest set (the windows are all of one
// length, so an earlier estimate never needs a later reference than a later estimate does).

/** How many events of two ascending lists match within `window` (an event exactly that far still does). Linear. */
export function countMatches(reference: Float64Array, estimate: Float64Array, window: number): number {
  let matches = 0
  let next = 0
  for (const time of estimate) {
    while (next < reference.length && (reference[next] as number) < time - window) next++
    if (next < reference.length && (reference[next] as number) <= time + window) {
      matches++
      next++
    }
  }
  return matches
}

export interface Accuracy {
  /** Harmonic mean of precision and recall, 0..1. */
  readonly fMeasure: number
  /** Share of the estimate that matches. */
  readonly precision: number
  /** Share of the reference that is matched. */
  readonly recall: number
}

/** 0 throughout when a list is empty, as mir_eval has it. */
export function measureAccuracy(reference: Float64Array, estimate: Float64Array, window: number): Accuracy {
  const matches = countMatches(reference, estimate, window)
  if (matches === 0) return { fMeasure: 0, precision: 0, recall: 0 }
  const [precision, recall] = [matches / estimate.length, matches / reference.length]
  return { fMeasure: (2 * precision * recall) / (precision + recall), precision, recall }
}

/** For every time of an ascending list the index of the nearest of another, the first of equals. The other must not be empty. Linear. */
export function findNearest(times: Float64Array, among: Float64Array): Int32Array {
  const later = nextDifferent(among)
  const nearest = new Int32Array(times.length)
  for (let i = 0, at = 0; i < times.length; i++) {
    const time = times[i] as number
    for (let next = later[at] as number; next < among.length; next = later[at] as number) {
      if (Math.abs((among[next] as number) - time) >= Math.abs((among[at] as number) - time)) break
      at = next
    }
    nearest[i] = at
  }
  return nearest
}

/** Index of the first later one that is not equal; the length if there is none. */
function nextDifferent(times: Float64Array): Int32Array {
  const next = new Int32Array(times.length)
  for (let i = times.length - 1, different = times.length; i >= 0; i--) {
    if (i + 1 < times.length && times[i] !== times[i + 1]) different = i + 1
    next[i] = different
  }
  return next
}
