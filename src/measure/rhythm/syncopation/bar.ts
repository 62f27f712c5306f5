// One bar at the door of the syncopation measures: a pattern of cells ("x" sounds, "." rests) and a meter.
// A meter divides the bar level by level, as the syncopation models take it (Song 2014, SynPy): the numerator into its prime factors, then
// by 2 on and on; x/8 and x/16 in threes (6/8, 9/8, 12/8, ...) have beats of three: 4/4 = 2 2 | 2 2 .., 12/8 = 2 2 | 3 2 2 .., 3/4 = 3 | 2 2 ..
import { InputError } from '../../../record/index.ts'

/** Whether the bar comes round and round, or stands alone. */
export type Course = 'looped' | 'single'

export interface Bar {
  /** Cells of the bar. */
  readonly cells: number
  /** Cells that sound, ascending. */
  readonly onsets: readonly number[]
  readonly meter: Meter
  readonly course: Course
}

export interface Meter {
  /** As written: "12/8". */
  readonly name: string
  readonly numerator: number
  /** Beats of the bar: 4 in 4/4 and in 12/8. */
  readonly beats: number
  /** Into how many parts each level divides one of the level above; 2 below the last. */
  readonly divisions: readonly number[]
}

/** Throws InputError for an empty pattern, for other letters than "x" and ".", and for what is no meter. */
export function readBar(pattern: string, meter: string, course: Course): Bar {
  if (pattern === '') throw new InputError('pattern', 'pattern: expected at least one cell, got none. "." is a rest.')
  const strange = pattern.search(/[^x.]/)
  if (strange >= 0)
    throw new InputError(
      'pattern',
      `pattern: expected "x" (sounds) and "." (rests), got "${pattern[strange]}" in cell ${strange + 1}.`,
    )
  const onsets = Array.from(pattern, (cell, i) => (cell === 'x' ? i : -1)).filter((i) => i >= 0)
  return { cells: pattern.length, onsets, meter: readMeter(meter), course }
}

/** Throws InputError unless the text is a whole number up to 64 over a power of two up to 64. */
export function readMeter(name: string): Meter {
  const [, above = '', below = ''] = /^(\d{1,2})\/(\d{1,2})$/.exec(name) ?? []
  const [numerator, denominator] = [Number(above), Number(below)]
  if (!(numerator >= 1 && numerator <= 64 && [1, 2, 4, 8, 16, 32, 64].includes(denominator)))
    throw new InputError('meter', `meter: expected a count over a power of two such as "4/4" or "12/8", got "${name}".`)
  const compound = denominator >= 8 && numerator % 3 === 0 && numerator > 3
  const beats = compound ? numerator / 3 : numerator
  return { name, numerator, beats, divisions: [...primeFactors(beats), ...(compound ? [3] : [])] }
}

/** Prime factors, ascending; none of 1. */
export function primeFactors(value: number): number[] {
  const factors: number[] = []
  for (let rest = value, prime = 2; rest > 1; ) {
    if (rest % prime === 0) {
      factors.push(prime)
      rest /= prime
    } else prime = prime * prime > rest ? rest : prime + 1
  }
  return factors
}

/** Cells of the bar at each level of its meter, from 1 up, through all its divisions, to the first that has at least `atLeast`. */
export function levelsOf({ divisions }: Meter, atLeast: number): number[] {
  const sizes = [1]
  for (let level = 0; (sizes.at(-1) as number) < atLeast || level < divisions.length; level++)
    sizes.push((sizes.at(-1) as number) * (divisions[level] ?? 2))
  return sizes
}

/** The same bar in as few cells as tell all its onsets: "x...x..." = "xx". */
export function shorten(bar: Bar): Bar {
  const step = bar.onsets.reduce(greatestCommonDivisor, bar.cells)
  return { ...bar, cells: bar.cells / step, onsets: bar.onsets.map((onset) => onset / step) }
}

export function greatestCommonDivisor(a: number, b: number): number {
  let [high, low] = [a, b]
  while (low > 0) [high, low] = [low, high % low]
  return high
}
