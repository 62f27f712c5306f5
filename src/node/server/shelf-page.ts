// Part of the list of runs: searched, filtered, sorted and cut as a request asks. Anything that is no proper wish counts as not given.
import type { RunSummary, ShelfPage } from '../../record/index.ts'
import { summaryMeasures } from '../store/summary.ts'

const facets = {
  condition: (run: RunSummary) => [run.condition ?? 'transcript'],
  scenario: (run: RunSummary) => (run.scenario === null ? [] : [run.scenario]),
  dj: (run: RunSummary) => [...new Set(run.agents.map(({ dj }) => dj))],
  mask: (run: RunSummary) => [...new Set(run.agents.flatMap(({ mask }) => (mask === null ? [] : [mask])))],
  state: (run: RunSummary) => [run.state, ...(run.state === 'ended' && run.scored !== 'heard' ? [run.scored] : [])],
} as const
type Facet = keyof typeof facets
const facetNames = Object.keys(facets) as Facet[]

const usualCount = 50
const mostCount = 500

/** `wish`: the parameters of a request (docs/listening.md). */
export function pageOfShelf(all: readonly RunSummary[], wish: URLSearchParams): ShelfPage {
  const words = (wish.get('search') ?? '').toLowerCase().split(/\s+/).filter(Boolean).slice(0, 20)
  const fits = (run: RunSummary) =>
    facetNames.every((name) => {
      const wanted = wish.get(name) ?? ''
      return wanted === '' || (facets[name](run) as readonly string[]).includes(wanted)
    }) && words.every((word) => textOf(run).includes(word))
  const matched = all.filter(fits).sort(orderOf(wish))
  const count = Math.min(mostCount, wholeOf(wish.get('count')) ?? usualCount)
  const from = Math.min(wholeOf(wish.get('from')) ?? 0, Math.max(0, matched.length - 1))
  return {
    total: all.length,
    matched: matched.length,
    from,
    runs: matched.slice(from, from + count),
    measures: summaryMeasures.map((measure) => ({ ...measure })),
    facets: Object.fromEntries(facetNames.map((name) => [name, countValues(all, name)])) as ShelfPage['facets'],
  }
}

/** What a search looks into. */
function textOf(run: RunSummary): string {
  const agents = run.agents.flatMap(({ title, dj, mask }) => [title, dj, mask])
  const seed = run.seed === null ? null : `seed ${run.seed}`
  return [run.id, run.condition ?? 'transcript', run.scenario, run.state, seed, ...agents].join('\n').toLowerCase()
}

function countValues(all: readonly RunSummary[], name: Facet): { name: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const run of all) for (const value of facets[name](run)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ name: value, count })).sort((a, b) => compareText(a.name, b.name))
}

/** Newest first unless a sort is asked for; what has no value comes last either way; runs that play now come first of all by time. */
function orderOf(wish: URLSearchParams): (a: RunSummary, b: RunSummary) => number {
  const sort = wish.get('sort') ?? 'changed'
  const sign = (wish.get('order') ?? (sort === 'name' ? 'up' : 'down')) === 'up' ? 1 : -1
  const byName = (a: RunSummary, b: RunSummary) => compareText(a.id, b.id)
  if (sort === 'name') return (a, b) => sign * byName(a, b)
  const key = keyOf(sort, wish.get('by') === 'percentile')
  return (a, b) => {
    const [x, y] = [key(a), key(b)]
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b)
    return sign * (x - y) || byName(a, b)
  }
}

function keyOf(sort: string, byPercentile: boolean): (run: RunSummary) => number | null {
  if (sort === 'seconds') return (run) => run.seconds
  if (!summaryMeasures.some(({ path }) => path === sort))
    return (run) => (run.state === 'playing' ? Number.MAX_VALUE : run.changed)
  return (run) => {
    const measure = run.measures[sort]
    return (byPercentile ? measure?.band?.percentile : measure?.value) ?? null
  }
}

const collator = new Intl.Collator('en', { numeric: true })
const compareText = (a: string, b: string) => collator.compare(a, b)

function wholeOf(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null
}
