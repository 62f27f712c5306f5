// Votes and measured items -> rows of differences, a's less b's. Columns: the measures, then what must not be taken for taste (nuisance:
// loudness, duration, density; and being heard first). Nuisance is told in standard deviations over the items, measures as they are or so.
// A value unknown on either side says nothing of the pair: its difference is 0. Only what varies can be told: the rest is left out, with its reason.
import type { Comparison } from '../comparisons.ts'
import type { Row } from './logistic.ts'

export interface MeasuredItem {
  readonly item: string
  /** Items of one group are held out together: clips of a run, runs of a policy. */
  readonly group: string
  readonly measures: Readonly<Record<string, number | null>>
  readonly nuisance: Readonly<Record<string, number | null>>
}

export interface RewardRow extends Row {
  readonly judge: string
  readonly groups: readonly [string, string]
}

export interface Column {
  readonly name: string
  readonly kind: 'measure' | 'nuisance'
  /** Difference that counts as one. */
  readonly unit: number
}

export interface Design {
  readonly columns: readonly Column[]
  readonly rows: readonly RewardRow[]
  /** What was left out -> why. */
  readonly leftOut: Readonly<Record<string, string>>
}

/** Name of the column for the side that was heard first. */
export const heardFirst = 'heardFirst'

/** Throws RangeError for votes without a judge or on items that were not measured. */
export function layOut(
  items: readonly MeasuredItem[],
  votes: readonly Comparison[],
  units: 'natural' | 'standard deviations',
): Design {
  const known = new Map(items.map((item) => [item.item, item]))
  const leftOut: Record<string, string> = {}
  const columns: Column[] = []
  const add = (kind: Column['kind']) => {
    for (const name of namesOf(items, kind)) {
      const deviation = deviationOf(items.flatMap((item) => readValue(item, { name, kind }) ?? []))
      if (deviation === null) leftOut[name] = 'known of fewer than two items'
      else if (deviation < 1e-9) leftOut[name] = 'the same in all items'
      else columns.push({ name, kind, unit: kind === 'measure' && units === 'natural' ? 1 : deviation })
    }
  }
  add('measure')
  add('nuisance')
  const ordered = votes.some(({ aFirst }) => aFirst === true) && votes.some(({ aFirst }) => aFirst === false)
  if (ordered) columns.push({ name: heardFirst, kind: 'nuisance', unit: 1 })
  else leftOut[heardFirst] = 'which side was heard first is not known, or always the same'
  const rows = votes.flatMap((vote, i) => {
    const [a, b] = [known.get(vote.a), known.get(vote.b)]
    if (a === undefined || b === undefined)
      throw new RangeError(
        `votes.${i}: expected measured items, got ${JSON.stringify(a === undefined ? vote.a : vote.b)}`,
      )
    if (vote.judge === undefined) throw new RangeError(`votes.${i}.judge: expected a name, got none`)
    const x = Float64Array.from(columns, (column) => differ(a, b, vote, column))
    const y = vote.result === 'a' ? 1 : vote.result === 'b' ? 0 : 0.5
    const weight = vote.count ?? 1
    return weight === 0 ? [] : [{ x, y, weight, judge: vote.judge, groups: [a.group, b.group] as const }]
  })
  return { columns, rows, leftOut }
}

const namesOf = (items: readonly MeasuredItem[], kind: Column['kind']) => [
  ...new Set(items.flatMap(({ measures, nuisance }) => Object.keys(kind === 'measure' ? measures : nuisance))),
]

function readValue({ measures, nuisance }: MeasuredItem, { name, kind }: Pick<Column, 'name' | 'kind'>): number | null {
  return (kind === 'measure' ? measures : nuisance)[name] ?? null
}

function differ(a: MeasuredItem, b: MeasuredItem, { aFirst }: Comparison, column: Column): number {
  if (column.name === heardFirst && column.kind === 'nuisance') return aFirst === undefined ? 0 : aFirst ? 1 : -1
  const [mine, other] = [readValue(a, column), readValue(b, column)]
  return mine === null || other === null ? 0 : (mine - other) / column.unit
}

function deviationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
