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
