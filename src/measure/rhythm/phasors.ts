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

/** Frequencies in runs of equal steps, so that a phasor walks through a run by turning: the search asks for some 300,000 of them. */
export interface FrequencyLadder {
  /** The frequency each run starts with, hertz. */
  readonly starts: Float64Array
  /** What every step within a run adds, hertz. */
  readonly steps: Float64Array
  readonly runLength: number
}

/** Sets re[k], im[k] to the sum of the phasors of times[from..to) at step k % runLength of run floor(k / runLength). */
export function sumPhasorsByFrequency(
  times: Float64Array,
  range: { readonly from: number; readonly to: number },
  { starts, steps, runLength }: FrequencyLadder,
  sums: { readonly re: Float64Array; readonly im: Float64Array },
): void {
  const { re, im } = sums
  re.fill(0)
  im.fill(0)
  for (let run = 0; run < starts.length; run++) {
    const end = (run + 1) * runLength
    const start = 2 * Math.PI * (starts[run] as number)
    const step = 2 * Math.PI * (steps[run] as number)
    for (let i = range.from; i < range.to; i++) {
      const time = times[i] as number
      const turnRe = Math.cos(step * time)
      const turnIm = Math.sin(step * time)
      let x = Math.cos(start * time)
      let y = Math.sin(start * time)
      for (let k = end - runLength; k < end; k++) {
        re[k] = (re[k] as number) + x
        im[k] = (im[k] as number) + y
        const turned = x * turnRe - y * turnIm
        y = x * turnIm + y * turnRe
        x = turned
      }
    }
  }
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
