// In which order a judge hears the trials: no entry twice in a row where that can be had, a repeat well after what it repeats, and places that do
// not tell what stands there. Trials and the number of repeats in, the order out. After each other are drawn
//   checks    their places, each as likely as any other
//   repeats   theirs, each as likely as any other that leaves room for something to be repeated before it
//   others    around them, greedily and by chance, the entries that are left most often first; at a repeat's place, which of those heard long
//             enough ago it repeats. The best of some attempts.
// Were it chosen first what is repeated, a repeat would have to come later than a place drawn by chance, and late places would tell it.
import { type Random, randomChoice, seededRandom, shuffled } from '../random.ts'

export interface Arrangeable {
  /** Entries that are heard in it. */
  readonly entries: readonly number[]
  /** Whether its place must not follow from what it is. It is never repeated. */
  readonly check?: true
}

export interface Arranged {
  /** Place in the given list. */
  readonly trial: number
  /** Whether it was heard before. */
  readonly again: boolean
}

const attempts = 60
const farEnough = 5

/** Trials between a repeat and what it repeats, of so many in all; fewer where checks leave no such place. */
export const trialsBetween = (all: number) => Math.min(farEnough, Math.floor(all / 4))

/** In the order in which they are heard, each once, and so many of those that are no checks once more. */
export function arrangeTrials(trials: readonly Arrangeable[], repeats: number, seed: string): Arranged[] {
  const random = seededRandom(`${seed}/checks`)
  const fixed = drawChecks(trials, trials.length + repeats, random)
  const drawn = drawRepeats({ all: trials.length + repeats, repeats, fixed }, random)
  let best: { order: Arranged[]; faults: number } | undefined
  for (let attempt = 0; attempt < attempts && best?.faults !== 0; attempt++) {
    const tried = attemptOrder(trials, { fixed, ...drawn }, seededRandom(`${seed}/order/${attempt}`))
    if (best === undefined || tried.faults < best.faults) best = tried
  }
  return best?.order ?? []
}

/** Place in the order -> place in the given list, of checks; no two with one entry in a row where that can be had. */
function drawChecks(trials: readonly Arrangeable[], all: number, random: Random): ReadonlyMap<number, number> {
  const checks = [...trials.keys()].filter((place) => trials[place]?.check === true)
  const places = shuffled(random, [...Array(all).keys()]).slice(0, checks.length)
  let drawn = new Map<number, number>()
  for (let attempt = 0; attempt < attempts; attempt++) {
    const order = shuffled(random, checks)
    drawn = new Map(places.map((place, k) => [place, order[k] ?? 0]))
    const clash = places.some((place) => touches(trials[drawn.get(place) ?? -1], trials[drawn.get(place + 1) ?? -1]))
    if (!clash) break
  }
  return drawn
}

interface Repeats {
  /** Places in the order. */
  readonly places: ReadonlySet<number>
  /** Trials between each and what it repeats. */
  readonly gap: number
}

/**
 * One after another, a place that checks seldom leave open weighed up by 1 / its chance to be: over all draws of checks, all are as likely.
 * Chance that something stands early enough: 1 - prod (c - i) / (n - 1 - i), i = 0 .. p - gap - 1, for place p of n, c of them checks.
 */
function drawRepeats(
  { all, repeats, fixed }: { readonly all: number; readonly repeats: number } & Pick<Fixed, 'fixed'>,
  random: Random,
): Repeats {
  const free = [...Array(all).keys()].filter((place) => !fixed.has(place))
  const places = new Set<number>()
  let gap = trialsBetween(all)
  while (places.size < repeats) {
    const open = free.filter((place) => !places.has(place) && leavesRoom(free, new Set([...places, place]), gap))
    const chances = open.map((place) => {
      let none = 1
      for (let i = 0; i < place - gap; i++) none *= Math.max(0, fixed.size - i) / (all - 1 - i)
      return 1 - none
    })
    const chosen = open[drawInversely(chances, random)]
    if (chosen !== undefined) places.add(chosen)
    else if (gap-- === 0) throw new RangeError(`arrangeTrials: expected fewer repeats, got ${repeats}`)
  }
  return { places, gap }
}

/** Place in the list, each as likely as 1 / its value says: the first of events that come at such rates. */
function drawInversely(values: readonly number[], random: Random): number {
  const times = values.map((value) => -Math.log(1 - random()) * value)
  return times.indexOf(Math.min(...times))
}

/** Whether each of the repeats finds one of its own, far enough before it, among the free places that are left. */
function leavesRoom(free: readonly number[], repeats: ReadonlySet<number>, gap: number): boolean {
  const others = free.filter((place) => !repeats.has(place))
  return [...repeats].sort((p, q) => p - q).every((place, k) => (others[k] ?? place) < place - gap)
}

interface Fixed extends Repeats {
  readonly fixed: ReadonlyMap<number, number>
}

function attemptOrder(
  trials: readonly Arrangeable[],
  { fixed, places, gap }: Fixed,
  random: Random,
): { order: Arranged[]; faults: number } {
  const order: Arranged[] = []
  const once = new Map<number, number>()
  const left = new Set([...trials.keys()].filter((trial) => trials[trial]?.check !== true))
  let faults = 0
  for (let now = 0; now < trials.length + places.size; now++) {
    const beside = [trials[order.at(-1)?.trial ?? -1], trials[fixed.get(now + 1) ?? -1]]
    const check = fixed.get(now)
    const again = places.has(now)
    const open = again ? [...once].flatMap(([trial, at]) => (at < now - gap ? [trial] : [])) : [...left]
    const apart = check === undefined ? keepApart(trials, open, beside) : []
    const next = check ?? (again ? randomChoice(random, apart) : drawNeeded({ trials, left, from: apart }, random))
    if (touches(trials[next], beside[0])) faults++
    order.push({ trial: next, again })
    if (again) once.delete(next)
    else if (check === undefined) once.set(next, now)
    left.delete(next)
  }
  return { order, faults }
}

/** Those with no entry of the trial before, nor of the one after it; where there are none, of the one before; where there are none, all. */
function keepApart(
  trials: readonly Arrangeable[],
  from: readonly number[],
  [before, after]: readonly (Arrangeable | undefined)[],
): readonly number[] {
  const apart = from.filter((trial) => !touches(trials[trial], before))
  const between = apart.filter((trial) => !touches(trials[trial], after))
  return between.length > 0 ? between : apart.length > 0 ? apart : from
}

function touches(a: Arrangeable | undefined, b: Arrangeable | undefined): boolean {
  return a?.entries.some((entry) => b?.entries.includes(entry)) ?? false
}

/** By chance, those whose entries are still needed most often sooner. */
function drawNeeded(
  { trials, left, from }: { trials: readonly Arrangeable[]; left: ReadonlySet<number>; from: readonly number[] },
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
