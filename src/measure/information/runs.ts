// Series of whole numbers at the door: one run or several, which share their counts but do not reach into each other.
import { InputError } from '../../record/index.ts'
import { type Codes, encode } from './codes.ts'

/** One run of whole numbers, or several runs of the same process. */
export type Series = readonly number[] | readonly (readonly number[])[]

export interface Runs {
  /** All runs, one after the other. */
  readonly symbols: Codes
  readonly lengths: readonly number[]
}

/** Throws InputError for values that are not whole numbers and for runs mixed with numbers. */
export function readRuns(series: Series, name: string): Runs {
  const runs = splitRuns(series, name)
  runs.forEach((run, r) => {
    const where = runs.length > 1 ? `${name}[${r}]` : name
    run.forEach((value, i) => {
      if (!Number.isSafeInteger(value))
        throw new InputError('symbol', `${where}[${i}]: expected a whole number, got ${value}. Number the symbols.`)
    })
  })
  return {
    symbols: encode(Float64Array.from(runs.length === 1 ? (runs[0] as readonly number[]) : runs.flat())),
    lengths: runs.map((run) => run.length),
  }
}

function splitRuns(series: Series, name: string): readonly (readonly number[])[] {
  const nested = series.filter((item) => Array.isArray(item)).length
  if (nested === 0) return [series as readonly number[]]
  if (nested === series.length) return series as readonly (readonly number[])[]
  throw new InputError('series', `${name}: expected numbers or runs of numbers, got both.`)
}

/** Throws InputError unless the runs are as long as those they are compared with. */
export function checkLengths(runs: Runs, name: string, others: Runs, otherName: string): void {
  const told = ({ lengths }: Runs) => (lengths.length === 1 ? `${lengths[0]}` : `runs of ${lengths.join(', ')}`)
  if (runs.lengths.length !== others.lengths.length || runs.lengths.some((length, r) => length !== others.lengths[r]))
    throw new InputError(
      'length',
      `${name}: expected as many values as ${otherName} (${told(others)}), got ${told(runs)}.`,
    )
}

/** Positions that have `past` positions before them within their run. */
export function positionsWithPast({ symbols, lengths }: Runs, past: number): Int32Array {
  const positions = new Int32Array(symbols.codes.length)
  let count = 0
  let start = 0
  for (const length of lengths) {
    for (let i = past; i < length; i++) positions[count++] = start + i
    start += length
  }
  return positions.subarray(0, count)
}
