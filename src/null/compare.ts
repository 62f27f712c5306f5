// How unusual is a value among its twins' values? Numbers in, mean, spread, z, percentile and p out.
//   z = (value - mean) / sd                                  sample SD
//   percentile = (twins below + half the twins equal) / n    0..1, .5 in the middle
//   p = (1 + twins at or above) / (n + 1)                    one-sided; never 0, the value is one of its own twins (Phipson & Smyth 2010)

export interface TwinComparison {
  readonly value: number | null
  /** Twins that had a value. */
  readonly count: number
  readonly mean: number | null
  readonly sd: number | null
  readonly z: number | null
  readonly percentile: number | null
  readonly p: number | null
  /** Why a null is null: field -> reason. */
  readonly undefined: Readonly<Record<string, string>>
}

/** Compares a value with its twins'; null stands for a measure that was not defined. Throws RangeError for NaN or an infinity. */
export function compareWithTwins(value: number | null, twinValues: readonly (number | null)[]): TwinComparison {
  const known = twinValues.filter((twin) => twin !== null)
  for (const number of value === null ? known : [value, ...known])
    if (!Number.isFinite(number))
      throw new RangeError(`compareWithTwins: expected finite numbers or null, got ${number}`)
  const count = known.length
  const reasons: Record<string, string> = {}
  const unless = (reason: string | undefined, field: string, compute: () => number) => {
    if (reason === undefined) return compute()
    reasons[field] = reason
    return null
  }
  const none = count === 0 ? 'no twin has a value' : undefined
  const alone = none ?? (count === 1 ? 'one twin has no spread' : undefined)
  const missing = value === null ? 'the value itself is not defined' : none
  const at = value ?? 0
  const mean = unless(none, 'mean', () => known.reduce((sum, twin) => sum + twin, 0) / count)
  const sd = unless(alone, 'sd', () => spread(known, mean ?? 0))
  const still = sd === 0 ? 'all twins have the same value' : undefined
  return {
    value,
    count,
    mean,
    sd,
    z: unless(missing ?? alone ?? still, 'z', () => (at - (mean ?? 0)) / (sd ?? 1)),
    percentile: unless(missing, 'percentile', () => rank(at, known)),
    p: unless(missing, 'p', () => (1 + known.filter((twin) => twin >= at).length) / (count + 1)),
    undefined: reasons,
  }
}

/** Sample SD; exactly 0 when all values are equal, whatever the rounding of their mean. */
function spread(values: readonly number[], mean: number): number {
  if (values.every((value) => value === values[0])) return 0
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

function rank(value: number, twins: readonly number[]): number {
  const below = twins.filter((twin) => twin < value).length
  const equal = twins.filter((twin) => twin === value).length
  return (below + equal / 2) / twins.length
}
