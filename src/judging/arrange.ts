// In which order a judge hears the trials: no entry twice in a row where that can be had, a repeat well after what it repeats.
// Checks stand at places that are drawn first, each as likely as any other, so that a place does not tell them; the others are arranged
// around them, greedily and by chance, the entries that are left most often first; the best of some attempts.
import { type Random, seededRandom, shuffled } from '../random.ts'

export interface Arrangeable {
  /** Entries that are heard in it. */
  readonly entries: readonly number[]
  /** Place in the given list of what it repeats; null: it is no repeat. */
  readonly of: number | null
  /** Whether its place must not follow from what it is. */
  readonly check?: true
}

const attempts = 60
/** Trials between a repeat and what it repeats, where there are enough. */
const farEnough = 5

/** Places in the given list, in the order in which they are heard. */
export function arrangeTrials(trials: readonly Arrangeable[], seed: string): number[] {
  const fixed = drawPlaces(trials, seededRandom(`${seed}/checks`))
  let best: { order: number[]; faults: number } | undefined
  for (let attempt = 0; attempt < attempts && best?.faults !== 0; attempt++) {
    const tried = attemptOrder(trials, fixed, seededRandom(`${seed}/order/${attempt}`))
    if (best === undefined || tried.faults < best.faults) best = tried
  }
  return best?.order ?? []
}

/** Place in the order -> place in the given list, of checks; no two with one entry in a row where that can be had. */
function drawPlaces(trials: readonly Arrangeable[], random: Random): ReadonlyMap<number, number> {
  const checks = [...trials.keys()].filter((place) => trials[place]?.check === true)
  const places = shuffled(random, [...trials.keys()]).slice(0, checks.length)
  let drawn = new Map<number, number>()
  for (let attempt = 0; attempt < attempts; attempt++) {
    const order = shuffled(random, checks)
    drawn = new Map(places.map((place, k) => [place, order[k] ?? 0]))
    const clash = places.some((place) => touches(trials[drawn.get(place) ?? -1], trials[drawn.get(place + 1) ?? -1]))
    if (!clash) break
  }
  return drawn
}

function attemptOrder(
  trials: readonly Arrangeable[],
  fixed: ReadonlyMap<number, number>,
  random: Random,
): { order: number[]; faults: number } {
  const gap = Math.min(farEnough, Math.floor(trials.length / 3))
  const order: number[] = []
  const placed = new Map<number, number>()
  const left = new Set(trials.keys())
  for (const check of fixed.values()) left.delete(check)
  let faults = 0
  for (let now = 0; now < trials.length; now++) {
    const beside = [trials[order.at(-1) ?? -1], trials[fixed.get(now + 1) ?? -1]]
    const [next, fault] = fixed.has(now)
      ? [fixed.get(now) as number, touches(trials[fixed.get(now) ?? -1], beside[0]) ? 1 : 0]
      : chooseNext(trials, { left, placed, beside, gap, now }, random)
    faults += fault
    placed.set(next, now)
    order.push(next)
    left.delete(next)
  }
  return { order, faults }
}

interface Stand {
  readonly left: ReadonlySet<number>
  readonly placed: ReadonlyMap<number, number>
  /** Before it, and after it where that is known. */
  readonly beside: readonly (Arrangeable | undefined)[]
  readonly gap: number
  readonly now: number
}

/** And how bad that is. */
function chooseNext(
  trials: readonly Arrangeable[],
  { left, placed, beside, gap, now }: Stand,
  random: Random,
): [number, number] {
  const open = [...left].filter((place) => isOpen(trials[place], placed))
  const late = open.filter((place) => distanceOf(trials[place], placed, now) > gap)
  const apart = late.filter((place) => !touches(trials[place], beside[0]))
  const between = apart.filter((place) => !touches(trials[place], beside[1]))
  const [from, fault] =
    between.length > 0 ? [between, 0] : apart.length > 0 ? [apart, 0] : late.length > 0 ? [late, 1] : [open, 2]
  return [draw(from, trials, left, random), fault]
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
