// Vitality: does a stream keep a pattern, and keep doing something with it?
// In: symbols (any strings). Out: 0 (constant, perfect loop, noise) to 1 (patterned, moving, still going on), with its parts.
// An inverted U over order (Berlyne 1971), in the spirit of statistical complexity (Lopez-Ruiz, Mancini & Calbet 1995) and of
// information dynamics (Abdallah & Plumbley 2009), estimated prequentially so that noise cannot look patterned by over-fitting.
import type { VitalityScore } from '../../record/index.ts'
import { measureCodeLength } from './coding.ts'
import { type Collapse, findCollapse } from './collapse.ts'
import { measureEvolution } from './evolution.ts'

/** Fewer symbols than this say nothing. */
export const fewestSymbols = 64
/** Below so many bits of habit there is nothing to order. */
const leastHabitBits = 0.05
/** Moments within which something should be as expected, and within which something should not. Chosen, not yet fitted to listeners. */
const patternedWithin = 4
const frozenBeyond = 12

export interface Vitality extends VitalityScore {
  /** Why a null is null: field -> reason. Empty when all fields are defined. */
  readonly undefined: Readonly<Record<string, string>>
}

export type Direction = 'both' | 'forward'

/**
 * vitality = (1 - (1 - order)^4) * (1 - (order (1 - evolution))^12) * alive^2, each field 0..1; `surpriseBits` is bits per symbol.
 * order = clip(1 - h/h0), code lengths with and without the past, averaged over the stream and its reverse (`forward`: the stream only).
 */
export function measureVitality(symbols: readonly string[], direction: Direction = 'both'): Vitality {
  if (symbols.length < fewestSymbols) return tooShort(symbols.length)
  const { numbers, kinds } = numberSymbols(symbols)
  const forward = measureCodeLength(numbers, kinds)
  const backward = direction === 'both' ? measureCodeLength(numbers.slice().reverse(), kinds) : forward
  const bits = Math.max(0, (forward.bits + backward.bits) / 2) // rounding may leave -1e-16
  const habitBits = (forward.habitBits + backward.habitBits) / 2
  const constant = habitBits < leastHabitBits
  const order = constant ? 1 : clip(1 - bits / habitBits)
  const evolution = measureEvolution(numbers, kinds)
  const collapse = findCollapse(numbers)
  return {
    vitality: constant ? 0 : combine(order, evolution, aliveShare(collapse, symbols.length)),
    order,
    surpriseBits: bits,
    evolution,
    collapse: { ...collapse },
    undefined: {},
  }
}

function combine(order: number, evolution: number, alive: number): number {
  const patterned = 1 - (1 - order) ** patternedWithin
  const moving = 1 - (order * (1 - evolution)) ** frozenBeyond
  return patterned * moving * alive * alive
}

function aliveShare(collapse: Collapse, length: number): number {
  return collapse.fromIndex === null ? 1 : collapse.fromIndex / length
}

/** Whole numbers in order of first appearance, so that names mean nothing. */
export function numberSymbols(symbols: readonly string[]): { numbers: Int32Array; kinds: number } {
  const names = new Map<string, number>()
  const numbers = new Int32Array(symbols.length)
  symbols.forEach((symbol, i) => {
    let number = names.get(symbol)
    if (number === undefined) {
      number = names.size
      names.set(symbol, number)
    }
    numbers[i] = number
  })
  return { numbers, kinds: names.size }
}

function clip(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function tooShort(length: number): Vitality {
  const reason = `expected at least ${fewestSymbols} symbols, got ${length}`
  const fields = ['vitality', 'order', 'surpriseBits', 'evolution', 'collapse']
  return {
    vitality: null,
    order: null,
    surpriseBits: null,
    evolution: null,
    collapse: null,
    undefined: Object.fromEntries(fields.map((field) => [field, reason])),
  }
}
