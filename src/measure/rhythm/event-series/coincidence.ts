// Event coincidence analysis: what share of events has an event of the other series shortly before, or shortly after it.
//   precursor XY = share of events of x that follow an event of y:  0 <= (x - y) - lag <= deltaT for some y
//   trigger XY   = share of events of y that are followed by one of x, by the same rule;  YX: roles exchanged
// Events that could not have a partner are not counted: of a series, for the precursor rate, those up to lag + deltaT after its first event,
// for the trigger rate those from lag + deltaT before its last (none of this if lag and deltaT are 0).
// Donges, Schleussner, Siegmund & Donner 2016 (Eur Phys J Special Topics 225), edges as in pyunicorn (Odenweller & Donner 2020).
// Each 0..1. Unison 1; call and response 0 until the lag is right.

export interface CoincidenceWindow {
  /** How long after the lag an event still counts; 0 or more, in the unit of the times. */
  readonly deltaT: number
  /** The second event is expected this much after the first. */
  readonly lag: number
}

/** Rates, each null when no event of its series could have a partner. */
export interface EventCoincidence {
  readonly precursorXY: number | null
  readonly triggerXY: number | null
  readonly precursorYX: number | null
  readonly triggerYX: number | null
}

/** Coincidence rates of ascending times, none twice in a series. Linear in the events. */
export function coincideEvents(x: Float64Array, y: Float64Array, window: CoincidenceWindow): EventCoincidence {
  const [fromX, toX] = countable(x, window)
  const [fromY, toY] = countable(y, window)
  const xy = findFollowers(y, x, window)
  const yx = findFollowers(x, y, window)
  return {
    precursorXY: share(xy.follows, fromX, x.length),
    triggerXY: share(xy.isFollowed, 0, toY),
    precursorYX: share(yx.follows, fromY, y.length),
    triggerYX: share(yx.isFollowed, 0, toX),
  }
}

/** Index of the first event that counts for precursors, and how many count for triggers. */
function countable(times: Float64Array, { deltaT, lag }: CoincidenceWindow): [number, number] {
  const { length } = times
  if (length === 0 || (lag === 0 && deltaT === 0)) return [0, length]
  const [start, end] = [(times[0] as number) + lag + deltaT, (times[length - 1] as number) - lag - deltaT]
  let [from, to] = [0, length]
  while (from < length && (times[from] as number) <= start) from++
  while (to > 0 && (times[to - 1] as number) >= end) to--
  return [from, to]
}

/** Which events of `later` follow one of `earlier` within the window, and which of `earlier` are followed. */
function findFollowers(earlier: Float64Array, later: Float64Array, { deltaT, lag }: CoincidenceWindow) {
  const past = (i: number, j: number) => (later[j] as number) - (earlier[i] as number) - lag
  const follows = new Uint8Array(later.length)
  const isFollowed = new Uint8Array(earlier.length)
  for (let j = 0, i = -1; j < later.length; j++) {
    while (i + 1 < earlier.length && past(i + 1, j) >= 0) i++
    if (i >= 0 && past(i, j) <= deltaT) follows[j] = 1
  }
  for (let i = 0, j = 0; i < earlier.length; i++) {
    while (j < later.length && past(i, j) < 0) j++
    if (j < later.length && past(i, j) <= deltaT) isFollowed[i] = 1
  }
  return { follows, isFollowed }
}

function share(marked: Uint8Array, from: number, to: number): number | null {
  let count = 0
  for (let i = from; i < to; i++) count += marked[i] as number
  return to > from ? count / (to - from) : null
}
