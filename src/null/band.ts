// Twins' values in, the band they lie in out: what a score is shown beside.
import type { TwinBand, TwinSeries } from '../record/index.ts'
import { compareWithTwins } from './compare.ts'

/** null without a twin that has a value. Throws RangeError for NaN or an infinity. */
export function bandOf(
  value: number | null,
  twinValues: readonly (number | null)[],
  twins: TwinBand['twins'],
): TwinBand | null {
  const { count, mean, z, percentile, p } = compareWithTwins(value, twinValues)
  if (mean === null) return null
  return { twins, count, ...edgesOf(twinValues), mean, z, percentile, p } as TwinBand
}

/** As few twins cannot tell anything: even what lies above them all has a p = 1 / (n + 1) above .05. */
const fewestTwins = 19

/**
 * The k-th lowest and k-th highest of n twins, k = floor((n + 1) / 20): a value that is one of its own twins lies above the band in at
 * most 1 of 20 draws, and below it in as many. Of fewer than 19 their range; null without a value.
 */
function edgesOf(values: readonly (number | null)[]): { low: number | null; high: number | null } {
  const known = values.filter((value) => value !== null).sort((p, q) => p - q)
  const k = Math.max(1, Math.floor((known.length + 1) / 20))
  return { low: known[k - 1] ?? null, high: known.at(-k) ?? null }
}

/** The band over time of twins measured at the same moments; null at a moment at which too few have a value. */
export function bandOverTime(seconds: readonly number[], twins: readonly (readonly (number | null)[])[]): TwinSeries {
  const edges = seconds.map((_, k) => {
    const values = twins.map((twin) => twin[k] ?? null)
    return values.filter((value) => value !== null).length < fewestTwins ? { low: null, high: null } : edgesOf(values)
  })
  return { seconds: [...seconds], low: edges.map(({ low }) => low), high: edges.map(({ high }) => high) }
}
