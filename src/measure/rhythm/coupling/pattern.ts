// The pattern channel: does a stream depart from its refrain where the other has just departed from its own?
//   r = largest |correlation| of the target's departures with the source's 1 to 4 cells earlier, the target's cleared of its own
//       past: 1 to 4 cells back, the sum of 5 to 16 back, and one and two periods back
// Without the own past, a source that departs in spells would seem to follow whoever follows it.
import { directionOf, dot, ones, orthonormalise } from './regression.ts'
import { type Correlation, rankAmongShifts } from './shifts.ts'

const farthestLag = 4
const longPast = 16

export interface Departing {
  readonly departures: Float64Array
  /** Period of the refrain in cells, 0 without one. */
  readonly period: number
}

/** null when either never departs, or only as its own past foretells. Both of equal length. */
export function comparePatterns(target: Departing, source: Departing, shifts: readonly number[]): Correlation | null {
  const { departures } = target
  const news = directionOf(departures, orthonormalise(ownPast(target)))
  const other = directionOf(source.departures, orthonormalise([ones(departures.length)]))
  if (news === null || other === null) return null
  const at = overLags(departures.length, (shift) => Math.abs(correlate(news, other, shift)))
  return { r: Math.min(1, at(0)), p: rankAmongShifts(shifts, at) }
}

/** The largest of a value over lags 1 to 4 beyond a shift; every shift is computed once. */
function overLags(cells: number, valueAt: (shift: number) => number): (shift: number) => number {
  const known = new Map<number, number>()
  const value = (shift: number) => {
    const found = known.get(shift) ?? valueAt(shift)
    known.set(shift, found)
    return found
  }
  return (shift) => {
    let largest = 0
    for (let lag = 1; lag <= farthestLag; lag++) largest = Math.max(largest, value((shift + lag) % cells))
    return largest
  }
}

function ownPast({ departures, period }: Departing): Float64Array[] {
  const near = Array.from({ length: farthestLag }, (_, i) => delayed(departures, i + 1))
  const rounds = period > farthestLag ? [delayed(departures, period), delayed(departures, 2 * period)] : []
  return [ones(departures.length), ...near, sumBetween(departures, farthestLag + 1, longPast), ...rounds]
}

/** The series as it was `lag` cells earlier, round the end. */
function delayed(series: Float64Array, lag: number): Float64Array {
  const by = lag % series.length
  const turned = new Float64Array(series.length)
  turned.set(series.subarray(series.length - by))
  turned.set(series.subarray(0, series.length - by), by)
  return turned
}

function sumBetween(series: Float64Array, from: number, to: number): Float64Array {
  const sum = new Float64Array(series.length)
  for (let lag = from; lag <= to; lag++) {
    const earlier = delayed(series, lag)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (earlier[i] as number)
  }
  return sum
}

/** Sum of target_i source_(i - shift), round the end; 0 <= shift < length. */
function correlate(target: Float64Array, source: Float64Array, shift: number): number {
  const head = source.length - shift
  return dot(target.subarray(0, shift), source.subarray(head)) + dot(target.subarray(shift), source.subarray(0, head))
}
