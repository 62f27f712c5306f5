// In which order a judge hears the trials: no entry twice in a row where that can be had, a repeat well after what it repeats.
// Greedy and by chance, the entries that are left most often first; the best of some attempts.
import { type Random, seededRandom } from '../random.ts'

export interface Arrangeable {
  /** Entries that are heard in it. */
  readonly entries: readonly number[]
  /** Place in the given list of what it repeats; null: it is no repeat. */
  readonly of: number | null
}

const attempts = 60
/** Trials between a repeat and what it repeats, where there are enough. */
const farEnough = 5

/** Places in the given list, in the order in which they are heard. */
export function arrangeTrials(trials: readonly Arrangeable[], seed: string): number[] {
  let best: { order: number[]; faults: number } | undefined
  for (let attempt = 0; attempt < attempts && best?.faults !== 0; attempt++) {
    const tried = attemptOrder(trials, seededRandom(`${seed}/order/${attempt}`))
    if (best === undefined || tried.faults < best.faults) best = tried
  }
  return best?.order ?? []
}

function attemptOrder(trials: readonly Arrangeable[], random: Random): { order: number[]; faults: number } {
  const gap = Math.min(farEnough, Math.floor(trials.length / 3))
  const order: number[] = []
  const placed = new Map<number, number>()
  const left = new Set(trials.keys())
  let faults = 0
  while (left.size > 0) {
    const open = [...left].filter((place) => isOpen(trials[place], placed))
    const late = open.filter((place) => distanceOf(trials[place], placed, order.length) > gap)
    const apart = late.filter((place) => !touches(trials[place], trials[order.at(-1) ?? -1]))
    const [from, fault] = apart.length > 0 ? [apart, 0] : late.length > 0 ? [late, 1] : [open, 2]
    const next = draw(from, trials, left, random)
    faults += fault
    placed.set(next, order.length)
    order.push(next)
    left.delete(next)
  }
  return { order, faults }
}

const isOpen = (trial: Arrangeable | undefined, placed: ReadonlyMap<number, number>) =>
  trial?.of == null || placed.has(trial.of)

function distanceOf(trial: Arrangeable | undefined, placed: ReadonlyMap<number, number>, now: number): number {
  return trial?.of == null ? Number.POSITIVE_INFINITY : now - (placed.get(trial.of) ?? now)
}

function touches(a: Arrangeable | undefined, b: Arrangeable | undefined): boolean {
  return a?.entries.some((entry) => b?.entries.includes(entry)) ?? false
}

/** By chance, those whose entries are still needed most often sooner. */
function draw(
  from: readonly number[],
  trials: readonly Arrangeable[],
  left: ReadonlySet<number>,
  random: Random,
): number {
  const needs = new Map<number, number>()
  for (const place of left)
    for (const entry of trials[place]?.entries ?? []) needs.set(entry, (needs.get(entry) ?? 0) + 1)
  const need = (place: number) =>
    Math.max(...(trials[place]?.entries ?? []).map((entry) => needs.get(entry) ?? 0)) + 3 * random()
  return from.map((place) => ({ place, need: need(place) })).reduce((best, one) => (one.need > best.need ? one : best))
    .place
}
