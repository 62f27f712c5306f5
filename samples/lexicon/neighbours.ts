// Each word's nearest among the common words. Common words are gathered round seeds drawn from them, and only those round the seeds
// nearest to a word are compared with it: nearly all neighbours at a tenth of the work.
import { type Random, shuffled } from '../../src/random.ts'
import { likenessOf, type WordVectors } from './embedding.ts'

export interface NeighbourPlan {
  /** The first so many words may be neighbours. */
  readonly common: number
  readonly near: number
  readonly seeds: number
  readonly searched: number
  readonly random: Random
}

/** Words x near numbers of words, nearest first; a word is never its own neighbour. */
export function findNeighbours(vectors: WordVectors, plan: NeighbourPlan): Int32Array {
  const like = likenessOf(vectors)
  const common = Array.from({ length: Math.min(plan.common, vectors.words.length) }, (_, i) => i)
  const seeds = shuffled(plan.random, common).slice(0, plan.seeds)
  const gathered = seeds.map((): number[] => [])
  for (const i of common) gathered[nearestOf(seeds, (seed) => like(i, seed), 1)[0] ?? 0]?.push(i)
  const neighbours = new Int32Array(vectors.words.length * plan.near)
  vectors.words.forEach((_, i) => {
    const searched = nearestOf(seeds, (seed) => like(i, seed), plan.searched).flatMap((at) => gathered[at] ?? [])
    const others = searched.filter((j) => j !== i)
    const found = nearestOf(others, (j) => like(i, j), plan.near)
    for (let k = 0; k < plan.near; k++) neighbours[i * plan.near + k] = others[found[k] ?? found.at(-1) ?? 0] ?? 0
  })
  return neighbours
}

/** Places in the list of the `count` with the highest values, highest first; equal ones in order. */
function nearestOf<Item>(items: readonly Item[], value: (item: Item) => number, count: number): number[] {
  const values = Float64Array.from(items, value)
  const places = Array.from(values, (_, at) => at)
  if (count === 1)
    return [places.reduce((best, at) => ((values[at] as number) > (values[best] as number) ? at : best), 0)]
  const sorted = Float64Array.from(values).sort()
  const least = sorted[Math.max(0, sorted.length - count)] ?? 0
  return places
    .filter((at) => (values[at] as number) >= least)
    .sort((a, b) => (values[b] as number) - (values[a] as number) || a - b)
    .slice(0, count)
}
