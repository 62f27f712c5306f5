// All syncopation measures of one bar; each says why when it has no value.
import { type Course, readBar } from './bar.ts'
import { balance, evenness } from './circle.ts'
import { keith } from './keith.ts'
import { longuetHigginsLee } from './longuet-higgins-lee.ts'
import { offBeatness, weightedNoteToBeatDistance } from './off-beat.ts'
import { pairwiseVariability } from './pairwise-variability.ts'
import { siorosGuedes } from './sioros-guedes.ts'
import { toussaintMetric } from './toussaint-metric.ts'
import { whyNoFit, whyNoLevel } from './weights.ts'

type Measure =
  | 'longuetHigginsLee'
  | 'toussaintMetric'
  | 'siorosGuedes'
  | 'keith'
  | 'keithCount'
  | 'offBeatness'
  | 'weightedNoteToBeatDistance'
  | 'npvi'
  | 'evenness'
  | 'balance'

export type Syncopation = Readonly<Record<Measure, number | null>> & {
  /** Measure -> why it is null. */
  readonly undefined: Readonly<Record<string, string>>
}

/** Syncopation of a bar. Throws InputError (bar.ts). */
export function measureSyncopation(pattern: string, meter: string, course: Course): Syncopation {
  const bar = readBar(pattern, meter, course)
  const silent = bar.onsets.length === 0 ? 'no onsets' : undefined
  const counted = keith(bar)
  const odd = `${meter} does not count a power of two`
  const table: Record<Measure, readonly [number | undefined, string]> = {
    longuetHigginsLee: [longuetHigginsLee(bar), whyNoFit(bar)],
    toussaintMetric: [toussaintMetric(bar), whyNoLevel(bar)],
    siorosGuedes: [siorosGuedes(bar), silent ?? whyNoLevel(bar)],
    keith: [counted?.weighted, odd],
    keithCount: [counted?.count, odd],
    offBeatness: [offBeatness(bar), ''],
    weightedNoteToBeatDistance: [weightedNoteToBeatDistance(bar), 'no onsets'],
    npvi: [pairwiseVariability(bar), 'fewer than two durations'],
    evenness: [evenness(bar), 'no onsets'],
    balance: [balance(bar), 'no onsets'],
  }
  const entries = Object.entries(table)
  const values = Object.fromEntries(entries.map(([name, [value]]) => [name, value ?? null])) as Record<
    Measure,
    number | null
  >
  const nulls = entries.filter(([, [value]]) => value === undefined)
  return { ...values, undefined: Object.fromEntries(nulls.map(([name, [, reason]]) => [name, reason])) }
}
