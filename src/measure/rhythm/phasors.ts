// Phases as vectors on the unit circle, added up: how well events keep a period, and how well two streams keep it together.
//   z = 1/n sum exp(2 pi i t_k / tau)         mean phasor of one stream
//   PPC = (n |z|^2 - 1) / (n - 1)             its consistency without the bias of small n (Vinck et al. 2010, NeuroImage 51)
//   X = Re(z_A conj z_B)                      consistency of the two streams with each other
// Sine and cosine come from a table with linear interpolation (error below 5e-6): the search asks for some 300,000 of them.

const tableSize = 1024
const cosines = Float64Array.from({ length: tableSize + 2 }, (_, i) => Math.cos((2 * Math.PI * i) / tableSize))
const sines = Float64Array.from({ length: tableSize + 2 }, (_, i) => Math.sin((2 * Math.PI * i) / tableSize))

/** Sums of phasors of one stream, with the count of its events. */
export interface PhasorSum {
  re: number
  im: number
  count: number
}

/** Sets re[k], im[k] to the sum of the phasors of times[from..to), for every frequency k. */
export function sumPhasorsByFrequency(
  times: Float64Array,
  range: { readonly from: number; readonly to: number },
  frequencies: Float64Array,
  sums: { readonly re: Float64Array; readonly im: Float64Array },
): void {
  for (let k = 0; k < frequencies.length; k++) {
    const frequency = (frequencies[k] as number) * tableSize
    let re = 0
    let im = 0
    for (let i = range.from; i < range.to; i++) {
      const at = (times[i] as number) * frequency
      const whole = Math.floor(at)
      const part = at - whole
      const cell = whole & (tableSize - 1)
      const c = cosines[cell] as number
      const s = sines[cell] as number
      re += c + part * ((cosines[cell + 1] as number) - c)
      im += s + part * ((sines[cell + 1] as number) - s)
    }
    sums.re[k] = re
    sums.im[k] = im
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
