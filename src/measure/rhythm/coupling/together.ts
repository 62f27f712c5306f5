// The cells in which two streams are both there, and how they may be turned against each other.
// From the first cell in which both have begun to the last before one has ended, since cells before and after couple everything. Cut
// to whole rounds of both refrains: turned round, a piece of a round would break the one refrain's fit with the other in every shifted
// pair, and only there.
import type { Grid } from '../grid.ts'
import { occupy } from '../refrain.ts'
import { findPeriod } from './departures.ts'
import { drawShifts, fewestCells } from './shifts.ts'

export interface Together {
  /** First shared cell, in the numbering of the grid. */
  readonly from: number
  readonly cells: number
  /** Refrains in cells, 0 without one. */
  readonly periods: { readonly a: number; readonly b: number }
  readonly shifts: readonly number[]
}

/** The shared cells, or in words why they are too few. */
export function shareCells(grid: Grid): Together | string {
  const begin = Math.max(grid.a[0] as number, grid.b[0] as number)
  const end = 1 + Math.min(grid.a.at(-1) as number, grid.b.at(-1) as number)
  const shared = Math.min(mostCells, Math.max(0, end - begin))
  const tooShort = (cells: number) => `the two sound together for ${cells} cells, a test needs ${fewestCells}`
  if (shared < fewestCells) return tooShort(shared)
  const periods = findPeriods(grid, begin, shared)
  const cells = wholeRounds(shared, periods.a, periods.b)
  return cells < fewestCells ? tooShort(cells) : { from: begin, cells, periods, shifts: drawShifts(cells) }
}

function findPeriods({ a, b }: Grid, from: number, cells: number): Together['periods'] {
  const periodOf = (own: Int32Array) =>
    findPeriod(
      occupy(
        own.filter((cell) => cell >= from && cell < from + cells).map((cell) => cell - from),
        cells,
      ),
    )
  return { a: periodOf(a), b: periodOf(b) }
}

/** Two hours of sixteenths at 120 bpm; what comes later could not make the answer surer, only slower. */
const mostCells = 16_384
/** What a span is cut to when no refrain says, and when both refrains' rounds together would cut too much. */
const barCells = 16
const mostCut = 1 / 4

function wholeRounds(cells: number, p: number, q: number): number {
  const rounds = [leastCommonMultiple(p || 1, q || 1), Math.max(p, q), barCells]
  const unit = rounds.find((round) => round > 1 && round <= mostCut * cells) ?? 1
  return cells - (cells % unit)
}

const leastCommonMultiple = (p: number, q: number) => (p * q) / greatestCommonDivisor(p, q)

const greatestCommonDivisor = (p: number, q: number): number => (q === 0 ? p : greatestCommonDivisor(q, p % q))
