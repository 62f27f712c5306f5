// Consonance of a stretch of time: the mean over its frames in which the sound in question sounds, and the series frame by frame.
import type { HeardFrame } from '../../hear/index.ts'
import type { Series } from '../../record/index.ts'
import { type ConsonanceReading, type PairConsonance, planMixtures, readConsonance, type StemGroup } from './agents.ts'

export interface PairSummary {
  readonly a: string
  readonly b: string
  /** Cross terms only; null when the two never sound at once. */
  readonly roughness: number | null
  /** The rating expected from that roughness alone, 0..1. */
  readonly smoothness: number | null
  readonly spectralPitchClassSimilarity: number | null
  readonly gain: number | null
  /** Of smoothness. */
  readonly series: Series
}

export interface ConsonanceSummary {
  /** 0..1; null in silence. */
  readonly together: number | null
  /** By group name. */
  readonly within: Readonly<Record<string, number | null>>
  readonly pairs: readonly PairSummary[]
  readonly series: { readonly together: Series; readonly within: Readonly<Record<string, Series>> }
  /** Why a null is null: `together`, `within.<group>`, `between.<a>.<b>`. */
  readonly undefined: Readonly<Record<string, string>>
}

/** Summary of heard frames; groups are agents, each with its stems. */
export function summariseConsonance(frames: readonly HeardFrame[], groups: readonly StemGroup[]): ConsonanceSummary {
  const plan = planMixtures(groups)
  return summariseConsonanceReadings(
    frames.map((frame) => readConsonance(frame, groups, plan)),
    groups,
  )
}

/** The same from readings that were kept instead of frames (a whole run's are small). */
export function summariseConsonanceReadings(
  readings: readonly ConsonanceReading[],
  groups: readonly StemGroup[],
): ConsonanceSummary {
  const reasons: Record<string, string> = {}
  const seconds = readings.map(({ timeSeconds }) => timeSeconds)
  const meanOf = (values: readonly (number | null)[], path: string, reason: string) => {
    const mean = meanOfDefined(values)
    if (mean === null) reasons[path] = readings.length === 0 ? 'nothing was heard yet' : reason
    return mean
  }
  const together = readings.map((reading) => reading.together)
  const within: Record<string, number | null> = {}
  const withinSeries: Record<string, Series> = {}
  groups.forEach(({ name }, i) => {
    const values = readings.map((reading) => reading.within[i] ?? null)
    within[name] = meanOf(values, `within.${name}`, `${name} is silent or has no tones`)
    withinSeries[name] = { seconds, values }
  })
  return {
    together: meanOf(together, 'together', 'silence, or sound without tones'),
    within,
    pairs: summarisePairs(readings, groups, meanOf),
    series: { together: { seconds, values: together }, within: withinSeries },
    undefined: reasons,
  }
}

function summarisePairs(
  readings: readonly ConsonanceReading[],
  groups: readonly StemGroup[],
  meanOf: (values: readonly (number | null)[], path: string, reason: string) => number | null,
): PairSummary[] {
  const seconds = readings.map(({ timeSeconds }) => timeSeconds)
  const pairs: PairSummary[] = []
  groups.forEach(({ name: a }, first) => {
    for (const { name: b } of groups.slice(first + 1)) {
      const index = pairs.length
      const valuesOf = (field: Exclude<keyof PairConsonance, 'a' | 'b'>) =>
        readings.map((reading) => reading.pairs[index]?.[field] ?? null)
      const values = valuesOf('smoothness')
      const smoothness = meanOf(values, `between.${a}.${b}`, `${a} and ${b} never sound tones at once`)
      pairs.push({
        a,
        b,
        roughness: meanOfDefined(valuesOf('roughness')),
        smoothness,
        spectralPitchClassSimilarity: meanOfDefined(valuesOf('spectralPitchClassSimilarity')),
        gain: meanOfDefined(valuesOf('gain')),
        series: { seconds, values },
      })
    }
  })
  return pairs
}

function meanOfDefined(values: readonly (number | null)[]): number | null {
  let sum = 0
  let count = 0
  for (const value of values) {
    if (value === null) continue
    sum += value
    count++
  }
  return count === 0 ? null : sum / count
}
