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

/** 5th and 95th percentile, straight between neighbours; null without a value. */
function edgesOf(values: readonly (number | null)[]): { low: number | null; high: number | null } {
  const known = values.filter((value) => value !== null).sort((p, q) => p - q)
  const at = (share: number) => {
    const place = share * (known.length - 1)
    const below = known[Math.floor(place)]
    const above = known[Math.ceil(place)]
    return below === undefined || above === undefined ? null : below + (place - Math.floor(place)) * (above - below)
  }
  return { low: at(0.05), high: at(0.95) }
}

/** The band over time of twins measured at the same moments. */
export function bandOverTime(seconds: readonly number[], twins: readonly (readonly (number | null)[])[]): TwinSeries {
  const edges = seconds.map((_, k) => edgesOf(twins.map((values) => values[k] ?? null)))
  return { seconds: [...seconds], low: edges.map(({ low }) => low), high: edges.map(({ high }) => high) }
}
