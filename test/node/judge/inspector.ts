// A judge who listens to nothing and inspects everything: names, sizes, headers, first bytes, which bytes come again, in which order answers come and how
// long they take, places and rounds of trials, the own number; who knows the program, and learns from sessions whose key is known. In: what was served. Out: guesses, and
// how likely chance alone is to be as right.
// It does not add one sound to the negative of another: that two sounds are the same one, no blinding hides.
import { trialsBetween } from '../../../src/judging/arrange.ts'
import { chanceOfAtLeast } from '../../../src/judging/index.ts'
import type { JudgingKey } from '../../../src/record/index.ts'
import type { SeenSound, SeenTrial, Sighting } from './sighting.ts'

/** What a strategy guesses by: a number for each sound of a trial. */
type Feature = (sound: SeenSound, trial: SeenTrial, sighting: Sighting) => number

const digits = (name: string, from: number, to: number) => Number.parseInt(name.slice(from, to), 16)
const numberOf = (text: string) => [...text].reduce((sum, one, k) => (sum * 31 + one.charCodeAt(0) * (k + 1)) % 1e9, 7)

const features: Readonly<Record<string, Feature>> = {
  'name, first digits': ({ name }) => digits(name, 0, 12),
  'name, last digits': ({ name }) => digits(name, 20, 32),
  'name, odd or even': ({ name }) => digits(name, 31, 32) % 2,
  'name, ones among its bits': ({ name }) =>
    [...name].reduce((sum, digit) => sum + (Number.parseInt(digit, 16).toString(2).match(/1/g)?.length ?? 0), 0),
  'name, kinds of digits': ({ name }) => new Set(name).size,
  'name, beside that of the trial before': ({ name }, { place }, { trials }) =>
    Math.abs(digits(name, 0, 8) - digits(trials[place - 1]?.sounds[0]?.name ?? '0', 0, 8)),
  size: ({ bytes }) => bytes,
  headers: ({ headers }) => numberOf(headers),
  'header of the file': ({ opening }) => numberOf(opening),
  'how often the same bytes come': ({ hash }, _, { trials }) =>
    trials.flatMap(({ sounds }) => sounds).filter((one) => one.hash === hash).length,
  'which came first': ({ came }) => came,
  'which took longer': ({ milliseconds }) => milliseconds,
  side: ({ side }) => (side === 'a' ? 1 : 0),
  'side, by place': ({ side }, { place }) => (side === 'a' ? 1 : -1) * (place % 2 === 0 ? 1 : -1),
  'side, by the number of the judge': ({ side }, _, { judge }) =>
    (side === 'a' ? 1 : -1) * (Number(judge.replaceAll(/\D/g, '')) % 2 === 0 ? 1 : -1),
  'side, by judge and place': ({ side }, { place }, { judge }) =>
    (side === 'a' ? 1 : -1) * ((Number(judge.replaceAll(/\D/g, '')) + place) % 2 === 0 ? 1 : -1),
}

export interface Finding {
  readonly what: string
  readonly by: string
  readonly right: number
  readonly of: number
  /** Two-sided: always wrong tells as much as always right. */
  readonly p: number
}

interface Known {
  readonly sighting: Sighting
  readonly key: JudgingKey
}

/** Of two sounds: which is the spoilt one, the one of the entry named first, the one that X is. */
const sideQuestions: Readonly<Record<string, (key: JudgingKey, judge: string, place: number) => 'a' | 'b' | null>> = {
  'which side is spoilt': (key, judge, place) => {
    const trial = trialOf(key, judge, place)
    return trial?.kind !== 'anchor' && trial?.kind !== 'training'
      ? null
      : key.clips[trial.a]?.anchor != null
        ? 'a'
        : key.clips[trial.b]?.anchor != null
          ? 'b'
          : null
  },
  'which side is of which run': (key, judge, place) => {
    const trial = trialOf(key, judge, place)
    return trial?.kind !== 'main' ? null : trial.a < trial.b ? 'a' : 'b'
  },
  'which side is X': (key, judge, place) => trialOf(key, judge, place)?.x?.is ?? null,
}

const trialOf = (key: JudgingKey, judge: string, place: number) =>
  key.judges.find((one) => one.judge === judge)?.trials[place]

const checks = ['anchor', 'same', 'repeat'] as const
type Check = (typeof checks)[number]

/** Every strategy on every question. */
export function inspect(known: readonly Known[]): Finding[] {
  return [
    ...Object.entries(sideQuestions).flatMap(([what, truthOf]) =>
      Object.entries(features).map(([by, feature]) => guessSides(known, { what, truthOf, by, feature })),
    ),
    ...checks.map((kind) => guessPlaces(known, kind)),
    ...checks.map((kind) => guessByOddness(known, kind)),
    ...Object.entries(twins).map(([by, areAlike]) => guessTwins(known, by, areAlike)),
    guessEntries(known),
  ].filter(({ of }) => of > 0)
}

function guessSides(
  known: readonly Known[],
  {
    what,
    truthOf,
    by,
    feature,
  }: {
    what: string
    truthOf: (key: JudgingKey, judge: string, place: number) => 'a' | 'b' | null
    by: string
    feature: Feature
  },
): Finding {
  let [right, of] = [0, 0]
  for (const { sighting, key } of known)
    for (const trial of sighting.trials) {
      const truth = truthOf(key, sighting.judge, trial.place)
      const markOf = (side: 'a' | 'b') => {
        const sound = trial.sounds.find((one) => one.side === side)
        return sound === undefined ? 0 : feature(sound, trial, sighting)
      }
      const difference = markOf('a') - markOf('b')
      if (truth === null || difference === 0) continue
      of++
      if (difference > 0 === (truth === 'a')) right++
    }
  return { what, by, right, of, p: twoSided(right, of, 0.5) }
}

/**
 * Learned from half of the judges: where in the order such a trial stands most often. That a repeat is none of the first, which have nothing to
 * repeat, no order hides: all that is asked is whether a place tells more than that.
 */
function guessPlaces(known: readonly Known[], kind: Check): Finding {
  const counts = new Map<number, number>()
  const kindAt = ({ key, sighting }: Known, place: number) => trialOf(key, sighting.judge, place)?.kind
  const open = ({ sighting: { trials } }: Known) => trials.filter((one) => !one.training && one.sounds.length === 2)
  known.forEach((one, k) => {
    if (k % 2 === 0)
      for (const { place } of open(one))
        if (kindAt(one, place) === kind) counts.set(place, (counts.get(place) ?? 0) + 1)
  })
  const [best] = [...counts].sort(([, p], [, q]) => q - p)
  const tested = known.filter((_, k) => k % 2 === 1)
  const right = tested.filter((one) => kindAt(one, best?.[0] ?? -1) === kind).length
  const shares = tested.map((one) => {
    const all = open(one).length
    const where = kind === 'repeat' ? all - trialsBetween(all) - 1 : all
    return open(one).filter(({ place }) => kindAt(one, place) === kind).length / where
  })
  const chance = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)
  return {
    what: `which trial is of kind ${kind}`,
    by: 'place, learned',
    right,
    of: tested.length,
    p: kind === 'repeat' ? chanceOfAtLeast(right, tested.length, chance) : twoSided(right, tested.length, chance),
  }
}

/** The trial that differs most from the others in what was served with it. */
function guessByOddness(known: readonly Known[], kind: Check): Finding {
  let [right, of, chance] = [0, 0, 0]
  for (const { sighting, key } of known) {
    const open = sighting.trials.filter((one) => !one.training && one.sounds.length === 2)
    const looks = (trial: SeenTrial) =>
      JSON.stringify(trial.sounds.map(({ bytes, headers, opening }) => [bytes, headers, opening]))
    const counts = new Map<string, number>()
    for (const trial of open) counts.set(looks(trial), (counts.get(looks(trial)) ?? 0) + 1)
    if (counts.size < 2) continue
    const [odd] = [...open].sort((p, q) => (counts.get(looks(p)) ?? 0) - (counts.get(looks(q)) ?? 0))
    of++
    if (trialOf(key, sighting.judge, odd?.place ?? -1)?.kind === kind) right++
    chance += open.filter(({ place }) => trialOf(key, sighting.judge, place)?.kind === kind).length / open.length
  }
  return {
    what: `which trial is of kind ${kind}`,
    by: 'what was served',
    right,
    of,
    p: twoSided(right, of, of === 0 ? 0.5 : chance / of),
  }
}

const twins: Readonly<Record<string, (one: SeenSound, other: SeenSound) => boolean>> = {
  'two that look alike': (one, other) => one.headers === other.headers && one.bytes === other.bytes,
  'two with the same bytes': (one, other) => one.hash === other.hash,
}

/** A trial whose two sounds were served with the same marks, where not all trials' are. */
function guessTwins(
  known: readonly Known[],
  by: string,
  areAlike: (one: SeenSound, other: SeenSound) => boolean,
): Finding {
  let [right, of, chance] = [0, 0, 0]
  for (const { sighting, key } of known) {
    const open = sighting.trials.filter((one) => !one.training && one.sounds.length === 2)
    const alike = open.filter(({ sounds: [a, b] }) => a !== undefined && b !== undefined && areAlike(a, b))
    const isSame = ({ place }: SeenTrial) => trialOf(key, sighting.judge, place)?.kind === 'same'
    if (alike.length === open.length || alike[0] === undefined) continue
    of++
    if (isSame(alike[0])) right++
    chance += open.filter(isSame).length / open.length
  }
  return { what: 'which trial is of kind same', by, right, of, p: twoSided(right, of, of === 0 ? 0.5 : chance / of) }
}

/** Learned from half of the judges: which run a name's digits stand for, out of all of them. */
function guessEntries(known: readonly Known[]): Finding {
  const table = new Map<string, Map<string, number>>()
  const sounds = known.map(({ sighting, key }) =>
    sighting.trials.flatMap(({ place, sounds: own }) =>
      own.flatMap(({ side, name }) => {
        const trial = trialOf(key, sighting.judge, place)
        const clip = trial === undefined || side === 'x' ? undefined : key.clips[trial[side]]
        return clip === undefined || clip.anchor !== null || trial?.kind !== 'main'
          ? []
          : [{ mark: name.slice(0, 1), entry: clip.entry }]
      }),
    ),
  )
  const entries = new Set(sounds.flat().map(({ entry }) => entry)).size
  sounds.forEach((own, k) => {
    if (k % 2 === 0)
      for (const { mark, entry } of own) {
        const row = table.get(mark) ?? new Map<string, number>()
        table.set(mark, row.set(entry, (row.get(entry) ?? 0) + 1))
      }
  })
  const guess = (mark: string) => [...(table.get(mark) ?? [])].sort(([, p], [, q]) => q - p)[0]?.[0]
  const tested = sounds.filter((_, k) => k % 2 === 1).flat()
  const right = tested.filter(({ mark, entry }) => guess(mark) === entry).length
  return {
    what: 'which run a sound is of',
    by: 'name, learned',
    right,
    of: tested.length,
    p: twoSided(right, tested.length, 1 / entries),
  }
}

function twoSided(right: number, of: number, chance: number): number {
  if (of === 0) return 1
  const above = chanceOfAtLeast(right, of, chance)
  const below = right === of ? 1 : 1 - chanceOfAtLeast(right + 1, of, chance)
  return Math.min(1, 2 * Math.min(above, below))
}
