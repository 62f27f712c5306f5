// Who hears what, in which order: entries, clips and anchors in, every judge's trials out. The same seed gives the same plan.
//   training   three pairs to learn the page by, one of them with an anchor; they never count
//   main       pairs of entries (deal.ts)
//   repeat     a main pair again, sides swapped, none twice; with `same` an eighth of all (10-15 % from twelve main pairs on), two at least
//   same       one clip on both sides
//   anchor     a clip against what was spoilt in it, each kind of anchor once; on which side, a fair coin says for each alone, so that one that is
//              recognised tells nothing of the others
//   abx        after all others, in rounds of their own: a pair of entries and a third sound X, which is one of the two. Which, a fair coin says
//              for each trial alone: a count that were made even could be guessed by, and exact binomial chances would not hold
import { type Random, randomIndex, seededRandom, shuffled } from '../random.ts'
import type { AnchorKind, TrialKind } from '../record/index.ts'
import { arrangeTrials } from './arrange.ts'
import { createDealer, type DealtPair } from './deal.ts'
import { countControls, shareRounds, trainingPairs } from './rounds.ts'

export interface PlannedClip {
  readonly entry: number
  readonly part: number
  readonly anchor: AnchorKind | null
}

export interface PlannedTrial {
  readonly kind: TrialKind
  readonly round: number
  /** Places in the list of clips. */
  readonly a: number
  readonly b: number
  /** Place of the trial that it repeats. */
  readonly of: number | null
  /** Of an ABX trial: which of the two X is. */
  readonly x?: 'a' | 'b'
}

export interface PlanRequest {
  readonly entries: number
  /** Clips per entry. */
  readonly parts: number
  readonly anchors: readonly { readonly kind: AnchorKind; readonly entry: number; readonly part: number }[]
  readonly judges: number
  /** Main pairs per judge. */
  readonly pairs: number
  readonly pairsPerRound: number
  /** ABX trials per judge; none when left out. */
  readonly abx?: number
  readonly seed: number | string
}

export interface Plan {
  /** Entry by entry, part by part, then the anchors. */
  readonly clips: readonly PlannedClip[]
  /** One list per judge. */
  readonly trials: readonly (readonly PlannedTrial[])[]
}

/** Throws RangeError for what cannot be planned. */
export function planJudging(request: PlanRequest): Plan {
  const { entries, parts, anchors, judges, pairs, seed } = request
  for (const [name, value] of Object.entries({ parts, judges, pairs, pairsPerRound: request.pairsPerRound }))
    if (!(Number.isInteger(value) && value >= 1))
      throw new RangeError(`planJudging: ${name}: expected a whole number from 1 up, got ${value}`)
  const own = Array.from({ length: entries * parts }, (_, k): PlannedClip => {
    return { entry: Math.floor(k / parts), part: k % parts, anchor: null }
  })
  const clips = [...own, ...anchors.map(({ kind, entry, part }) => ({ entry, part, anchor: kind }))]
  const dealer = createDealer({ entries, parts }, seededRandom(`${seed}/deal`))
  const abxDealer = createDealer({ entries, parts }, seededRandom(`${seed}/abx`))
  const trials = Array.from({ length: judges }, (_, judge) => {
    const own = `${seed}/judge/${judge}`
    const judged = planJudge(request, clips, { dealt: dealer.deal(pairs), seed: own })
    const from = (judged.at(-1)?.round ?? -1) + 1
    return [...judged, ...planAbx(request, clips, { dealt: abxDealer.deal(request.abx ?? 0), from, seed: own })]
  })
  return { clips, trials }
}

type Unplaced = Omit<PlannedTrial, 'round'>

function planJudge(
  request: PlanRequest,
  clips: readonly PlannedClip[],
  { dealt, seed }: { readonly dealt: readonly DealtPair[]; readonly seed: string },
): PlannedTrial[] {
  const random = seededRandom(`${seed}/controls`)
  const main = dealt.map((pair) => ({ kind: 'main' as const, of: null, ...placeClips(pair, request.parts) }))
  const controls = countControls(main.length)
  const pool: Unplaced[] = [...main, ...pickSame(request, controls.same, random), ...pairAnchors(request, random)]
  const order = arrangeTrials(
    pool.map(({ kind, a, b }) => {
      const trial = { entries: entriesOf(clips, a, b) }
      return kind === 'main' ? trial : { ...trial, check: true }
    }),
    Math.min(controls.repeats, main.length),
    seed,
  )
  const training = planTraining(request, clips, seed)
  const places = new Map(order.flatMap(({ trial, again }, i) => (again ? [] : [[trial, i + training.length]])))
  const heard = order.map(({ trial, again }): Unplaced => {
    const planned = pool[trial] as Unplaced
    const { a, b } = planned
    return again ? { kind: 'repeat', a: b, b: a, of: places.get(trial) ?? null } : planned
  })
  const all = [...training, ...heard]
  const rounds = shareRounds(all.length, request.pairsPerRound)
  return all.map((trial, i) => ({ ...trial, round: rounds[i] ?? 0 }))
}

function planAbx(
  { parts, pairsPerRound: most }: PlanRequest,
  clips: readonly PlannedClip[],
  { dealt, from, seed }: { readonly dealt: readonly DealtPair[]; readonly from: number; readonly seed: string },
): PlannedTrial[] {
  const coin = seededRandom(`${seed}/abx`)
  const pairs = dealt.map((pair) => placeClips(pair, parts))
  const order = arrangeTrials(
    pairs.map(({ a, b }) => ({ entries: entriesOf(clips, a, b) })),
    0,
    `${seed}/abx`,
  )
  // A third sound makes a trial half as long again.
  const perRound = Math.max(1, Math.floor((2 * most) / 3))
  return order.map(({ trial }, i): PlannedTrial => {
    const { a, b } = pairs[trial] as { a: number; b: number }
    const round = from + Math.floor(i / perRound)
    return { kind: 'abx', round, a, b, of: null, x: randomIndex(coin, 2) === 0 ? 'a' : 'b' }
  })
}

const placeClips = ({ a, b, part }: DealtPair, parts: number) => ({ a: a * parts + part, b: b * parts + part })

const entriesOf = (clips: readonly PlannedClip[], a: number, b: number) => [
  ...new Set([a, b].map((place) => clips[place]?.entry ?? -1)),
]

function pickSame({ entries, parts }: PlanRequest, count: number, random: Random): Unplaced[] {
  const order = shuffled(random, [...Array(entries).keys()])
  return Array.from({ length: count }, (_, k) => {
    const clip = (order[k % entries] ?? 0) * parts + randomIndex(random, parts)
    return { kind: 'same', a: clip, b: clip, of: null }
  })
}

function pairAnchors({ entries, parts, anchors }: PlanRequest, random: Random): Unplaced[] {
  const order = shuffled(random, [...anchors.keys()])
  return order.map((k) => {
    const { entry, part } = anchors[k] as PlanRequest['anchors'][number]
    const [whole, spoilt] = [entry * parts + part, entries * parts + k]
    const sides = randomIndex(random, 2) === 0 ? { a: whole, b: spoilt } : { a: spoilt, b: whole }
    return { kind: 'anchor', ...sides, of: null }
  })
}

/** The anchor pair first: its difference is plain. */
function planTraining(request: PlanRequest, clips: readonly PlannedClip[], seed: string): Unplaced[] {
  const random = seededRandom(`${seed}/training`)
  const withAnchor = pairAnchors(request, random).slice(0, 1)
  const pairs = createDealer(request, random).deal(trainingPairs - withAnchor.length)
  const plain = pairs.map((pair) => ({ ...placeClips(pair, request.parts), of: null }))
  const known = plain.filter(({ a, b }) => clips[a] !== undefined && clips[b] !== undefined)
  return [...withAnchor, ...known].map((trial) => ({ ...trial, kind: 'training' }))
}
