// What chance would reach: one of two streams turned round against the other, again and again, with everything each does by itself
// kept. In: how many cells the two share; out: the shifts, and the p of a value among what the shifted pairs reach.
//   p = (1 + shifts that reach the value) / (1 + shifts)      never 0 (Phipson & Smyth 2010)
// Shifts are circular, at least a bar of sixteenths either way; up to 199 of them.
import { seededRandom, shuffled } from '../../../random.ts'

const leastShiftCells = 16
const mostShifts = 199
/** Fewest shifts among which twice the smallest p, 2 / (1 + shifts), is still .05. */
export const fewestShifts = 39

/** Fewest cells in which a test can be made. */
export const fewestCells = fewestShifts + 2 * leastShiftCells - 1

/** What one channel found: a correlation 0..1, and how often shifts reach what it was judged by. */
export interface Correlation {
  readonly r: number
  readonly p: number
}

/** The same cells give the same shifts: the draw is seeded by their number. */
export function drawShifts(cells: number): number[] {
  const count = Math.max(0, cells - 2 * leastShiftCells + 1)
  const shifts = Array.from({ length: count }, (_, i) => leastShiftCells + i)
  return count <= mostShifts ? shifts : shuffled(seededRandom(`coupling ${cells}`), shifts).slice(0, mostShifts)
}

/** Rounding must not decide whether a shift reaches the value. */
const nearlyEqual = 1e-12

/** p of the value without a shift among the values with one. */
export function rankAmongShifts(shifts: readonly number[], valueAt: (shift: number) => number): number {
  const value = valueAt(0)
  const reached = shifts.filter((shift) => valueAt(shift) >= value - nearlyEqual).length
  return (1 + reached) / (1 + shifts.length)
}
