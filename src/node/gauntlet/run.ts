// Runs the gauntlet: every case and seed through the whole path, then each measure's separation of the living from the degenerate.
import { type Case, type Separation, separate } from '../../gauntlet/index.ts'
import type { RankingComponent, RankingSettings } from '../../record/index.ts'
import { loadInstruments } from '../run/instruments.ts'
import { createExcerpt } from './excerpt.ts'
import { type CaseScores, hearCase } from './hear-case.ts'
import { compositeName, gauntletMeasures } from './measures.ts'

export interface GauntletRun {
  readonly seed: number
  /** By the measures' names. */
  readonly values: Readonly<Record<string, number | null>>
  readonly components: Readonly<Record<RankingComponent, number | null>>
  /** What was found, with its slot: "a repetition @3". */
  readonly collapses: readonly string[]
}

export interface CaseResult extends Pick<Case, 'name' | 'title' | 'kind' | 'why'> {
  readonly runs: readonly GauntletRun[]
}

export interface GauntletResult {
  readonly settings: string
  readonly weighting: string
  readonly seeds: readonly number[]
  readonly measures: readonly (Separation & { readonly name: string })[]
  readonly cases: readonly CaseResult[]
}

export interface GauntletSettings {
  readonly cases: readonly Case[]
  readonly seeds: readonly number[]
  readonly ranking: RankingSettings
  onRun(done: number, total: number): void
  /** The sound of a case, of its first seed. */
  onSound?(name: string, wav: Uint8Array): void
}

export async function runGauntlet({
  cases,
  seeds,
  ranking,
  onRun,
  onSound,
}: GauntletSettings): Promise<GauntletResult> {
  const instruments = loadInstruments('party')
  const plans = cases.map((one) => ({ one, own: seedsOf(one, seeds) }))
  const total = plans.reduce((sum, { own }) => sum + own.length, 0)
  let done = 0
  const results: CaseResult[] = []
  for (const { one, own } of plans) {
    const runs: GauntletRun[] = []
    for (const [i, seed] of own.entries()) {
      const excerpt = i === 0 && onSound !== undefined ? createExcerpt() : null
      const onSlot: Parameters<typeof hearCase>[1]['onSlot'] = (heard, session) => excerpt?.add(heard, session)
      runs.push(readRun(await hearCase(one.perform(seed), { seed, instruments, ranking, onSlot }), seed))
      if (excerpt !== null) onSound?.(one.name, excerpt.encode())
      onRun(++done, total)
    }
    const { name, title, kind, why } = one
    results.push({ name, title, kind, why, runs })
  }
  const { name: settings, weighting } = ranking
  return { settings, weighting, seeds, measures: separateAll(results), cases: results }
}

/** A case without chance is heard once. Parties have chance of their own. */
function seedsOf(one: Case, seeds: readonly number[]): readonly number[] {
  const told = seeds.map((seed) => one.perform(seed))
  const same = told[0]?.kind === 'talk' && told.every((text) => JSON.stringify(text) === JSON.stringify(told[0]))
  return same ? seeds.slice(0, 1) : seeds
}

function readRun(scores: CaseScores, seed: number): GauntletRun {
  return {
    seed,
    values: Object.fromEntries(gauntletMeasures.map(({ name, read }) => [name, read(scores)])),
    components: scores.ranking.components as GauntletRun['components'],
    collapses: [
      ...scores.agents.flatMap(({ agent, collapses }) => tellOnsets(collapses, `${agent} `)),
      ...scores.pairs.flatMap(({ collapses }) => tellOnsets(collapses, '')),
    ],
  }
}

function tellOnsets(collapses: Readonly<Record<string, { readonly slot: number } | null>>, who: string): string[] {
  return Object.entries(collapses).flatMap(([name, onset]) => (onset === null ? [] : [`${who}${name} @${onset.slot}`]))
}

function separateAll(results: readonly CaseResult[]): GauntletResult['measures'] {
  return gauntletMeasures.map(({ name, where }) => {
    const valuesOf = (kind: Case['kind']) =>
      results
        .filter((one) => one.kind === kind)
        .flatMap((one) => one.runs.map(({ values }) => ({ name: one.name, value: values[name] ?? null })))
        .filter(({ value }) => where !== 'defined' || value !== null)
    return { name, ...separate(valuesOf('living'), valuesOf('degenerate')) }
  })
}

/** Whether the composite puts every degenerate case below every living one. */
export function isPassed({ measures }: GauntletResult): boolean {
  return measures.find(({ name }) => name === compositeName)?.auc === 1
}
