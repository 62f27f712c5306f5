// Event synchronization: how often events of one series follow closely on events of the other, both ways.
//   i of x and j of y are synchronous if |x_i - y_j| <= tau, tau = half the smallest of the four intervals around them, at most taumax
//   Q_xy = (pairs with x after y + 1/2 pairs at one time - 1/2 pairs that are counted twice) / sqrt((n_x - 2)(n_y - 2)),  Q_yx likewise
//   strength = Q_xy + Q_yx (0..1), delay = Q_yx - Q_xy (positive: x leads)
// over all events but the first and the last of each series. A pair is counted twice if one of its events has a partner on the other side
// too, exactly tau away: as published (Quian Quiroga, Kreuz & Grassberger 2002, Phys Rev E 66), two metronomes in antiphase would reach a
// strength of 2. The correction is that of Odenweller & Donner 2020 (Phys Rev E 101), as pyunicorn computes it.
// Unison 1, metronomes in antiphase 1, call and response 0.

export interface EventSynchronization {
  /** Q_xy: x follows y. 0..1. */
  readonly xy: number
  /** Q_yx: y follows x. 0..1. */
  readonly yx: number
}

/** Event synchronization of ascending times, none twice in a series; undefined below three events in one. Linear in the events. */
export function synchronizeEvents(x: Float64Array, y: Float64Array, taumax: number): EventSynchronization | undefined {
  if (x.length < 3 || y.length < 3) return undefined
  const { before, after, together } = findPartners(x, y, taumax)
  const [yIsFollowed, yFollows] = [marks(before, y.length), marks(after, y.length)]
  let [xy, yx] = [together / 2, together / 2]
  before.forEach((j, i) => {
    if (j >= 0) xy += (after[i] as number) >= 0 || yFollows[j] === 1 ? 0.5 : 1
  })
  after.forEach((j, i) => {
    if (j >= 0) yx += (before[i] as number) >= 0 || yIsFollowed[j] === 1 ? 0.5 : 1
  })
  const norm = Math.sqrt((x.length - 2) * (y.length - 2))
  return { xy: xy / norm, yx: yx / norm }
}

/** For every x the y that is synchronous with it, before it and after it (-1: none). Only the nearest can be: tau is half an interval. */
function findPartners(x: Float64Array, y: Float64Array, taumax: number) {
  const [before, after] = [new Int32Array(x.length).fill(-1), new Int32Array(x.length).fill(-1)]
  let together = 0
  for (let i = 1, j = 0; i < x.length - 1; i++) {
    const time = x[i] as number
    while (j < y.length && (y[j] as number) < time) j++
    const same = y[j] === time
    if (same && isInner(y, j)) together++
    const next = same ? j + 1 : j
    if (synchronous(x, i, y, j - 1, taumax)) before[i] = j - 1
    if (synchronous(x, i, y, next, taumax)) after[i] = next
  }
  return { before, after, together }
}

const isInner = (times: Float64Array, i: number) => i > 0 && i < times.length - 1

function synchronous(x: Float64Array, i: number, y: Float64Array, j: number, taumax: number): boolean {
  if (!isInner(y, j)) return false
  const twiceTau = Math.min(shortestAround(x, i), shortestAround(y, j), 2 * taumax)
  return 2 * Math.abs((x[i] as number) - (y[j] as number)) <= twiceTau
}

function shortestAround(times: Float64Array, i: number): number {
  const time = times[i] as number
  return Math.min(time - (times[i - 1] as number), (times[i + 1] as number) - time)
}

function marks(indices: Int32Array, count: number): Uint8Array {
  const marked = new Uint8Array(count)
  for (const index of indices) if (index >= 0) marked[index] = 1
  return marked
}
