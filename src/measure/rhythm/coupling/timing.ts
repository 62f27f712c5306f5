// The timing channel: is a stream late where the other was late just before?
//   r = |partial correlation| of the target's lateness (lateness.ts) with the source's last one in an earlier cell, both cleared of the
//       target's own past: its last lateness, apart for last attacks 1, 2 and 3 or more cells ago, and the one before
// A lateness fades with time: one coefficient for every distance would leave some of the own past to be told by the other.
import { directionOf, dot, ones, orthonormalise } from './regression.ts'
import { type Correlation, rankAmongShifts } from './shifts.ts'

/** Lateness of one stream. */
export interface Lateness {
  /** Cells of its attacks, ascending, none twice. */
  readonly cells: Int32Array
  /** Seconds, one an attack. */
  readonly late: Float64Array
}

/** Lateness that spreads less than this is a machine's: rounding, not playing. */
const leastSpreadSeconds = 1e-4
const fewestCompared = 12
const past = 2
const farthestGap = 3
/** Share of a square below which the rest of it is rounding. */
const rounding = 1e-10

/** null when either plays like a machine or too little. `cells`: how many the span has. */
export function compareTimings(
  target: Lateness,
  source: Lateness,
  cells: number,
  shifts: readonly number[],
): Correlation | null {
  if (target.late.length < past + fewestCompared || source.late.length < fewestCompared) return null
  if (spread(target.late) < leastSpreadSeconds || spread(source.late) < leastSpreadSeconds) return null
  const basis = orthonormalise(ownPast(target))
  const news = directionOf(target.late.subarray(past), basis)
  if (news === null) return null
  const last = holdLast(source, cells)
  const heard = new Float64Array(news.length)
  const correlationAt = (shift: number) => {
    let whole = 0
    for (let i = 0; i < heard.length; i++) {
      const cell = (target.cells[i + past] as number) - shift
      const late = last[cell < 0 ? cell + cells : cell] as number
      heard[i] = late
      whole += late * late
    }
    const rest = basis.reduce((left, column) => left - dot(heard, column) ** 2, whole)
    return rest <= rounding * whole ? 0 : Math.abs(dot(news, heard)) / Math.sqrt(rest)
  }
  return { r: Math.min(1, correlationAt(0)), p: rankAmongShifts(shifts, correlationAt) }
}

const spread = (values: Float64Array) => Math.sqrt(dot(values, values) / values.length)

function ownPast({ cells, late }: Lateness): Float64Array[] {
  const count = late.length - past
  const lastAfter = Array.from({ length: farthestGap }, () => new Float64Array(count))
  for (let i = 0; i < count; i++) {
    const gap = (cells[i + past] as number) - (cells[i + past - 1] as number)
    ;(lastAfter[Math.min(gap, farthestGap) - 1] as Float64Array)[i] = late[i + past - 1] as number
  }
  return [ones(count), ...lastAfter, late.subarray(0, count)]
}

/** For every cell the lateness of the last attack before it, round the end. */
function holdLast({ cells, late }: Lateness, count: number): Float64Array {
  const held = new Float64Array(count)
  let last = late.at(-1) as number
  for (let cell = 0, i = 0; cell < count; cell++) {
    held[cell] = last
    if (cells[i] === cell) last = late[i++] as number
  }
  return held
}
