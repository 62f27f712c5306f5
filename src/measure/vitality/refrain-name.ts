// Which refrain does a stream keep, and how much does it improvise within it?
// In: symbols. Out: the period (in symbols) that foretells best, and the bits of surprise left inside it.
import { createHabitExperts, habitExperts } from './habits.ts'
import { createRefrainExperts, refrainExperts, shortestRefrain } from './refrains.ts'
import { fewestSymbols, numberSymbols } from './vitality.ts'

export interface Refrain {
  /** Length of one turn, 2..32 symbols. */
  readonly period: number
  /** Mean surprise per symbol for a listener who knows only this refrain, bits: the improvisation within it. */
  readonly improvisationBits: number
  /** Share of the habitual surprise that the refrain takes away, 0..1. */
  readonly strength: number
}

/** null when the stream is shorter than 64 symbols or no period foretells better than plain habit does. */
export function nameRefrain(symbols: readonly string[]): Refrain | null {
  if (symbols.length < fewestSymbols) return null
  const { numbers, kinds } = numberSymbols(symbols)
  const cycles = meanBits(numbers, createRefrainExperts(kinds, numbers.length), refrainExperts)
  const habitBits = Math.min(...meanBits(numbers, createHabitExperts(kinds), habitExperts))
  const best = cycles.indexOf(Math.min(...cycles))
  const improvisationBits = cycles[best] as number
  if (!(improvisationBits < habitBits)) return null
  return { period: best + shortestRefrain, improvisationBits, strength: 1 - improvisationBits / habitBits }
}

/** Bits per symbol of each expert on its own, after the first quarter. */
function meanBits(
  numbers: Int32Array,
  experts: { take(symbol: number, chances: Float64Array, at: number): void },
  count: number,
): number[] {
  const chances = new Float64Array(count)
  const bits = new Array<number>(count).fill(0)
  const from = Math.floor(numbers.length / 4)
  numbers.forEach((symbol, i) => {
    experts.take(symbol, chances, 0)
    if (i >= from) for (let e = 0; e < count; e++) bits[e] = (bits[e] as number) - Math.log2(chances[e] as number)
  })
  return bits.map((sum) => sum / (numbers.length - from))
}
