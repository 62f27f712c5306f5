// Does what is said of judges hold? Simulated panels with known tastes: how often intervals hold the truth, and how many votes the pairs
// that tell most save. Everything follows from the seeds.
import {
  type ChosenCoverage,
  type Coverage,
  type CoveragePlan,
  compareDesigns,
  type DesignComparison,
  type HeldIntervals,
  type Looks,
  type RewardFit,
  type SessionsCoverage,
  type SimulatedRewards,
  simulateChosen,
  simulateCoverage,
  simulateLooks,
  simulateRewards,
  simulateSessions,
  type TastePlan,
  weighOutcomes,
} from '../../judging/index.ts'
import { randomNormal } from '../../random.ts'

export interface JudgingBench {
  readonly coverage: readonly ({ readonly panel: string } & Coverage)[]
  /** What session results print, by the way that they take. */
  readonly results: readonly ({
    readonly panel: string
    readonly kind: 'apart' | 'equal' | 'split'
  } & SessionsCoverage)[]
  /** Of two entries with one vote of each of eight judges, exactly: by the difference in the judges' heads. */
  readonly eightVotes: readonly { readonly difference: number; readonly outcomes: number; readonly share: number }[]
  /** Two equal entries: how often a winner is named when all judges are through, and by whoever looks after each of them. */
  readonly looks: readonly (Looks & { readonly pairs: number })[]
  /** Intervals where votes so far chose the pairs. */
  readonly chosen: ChosenCoverage
  readonly designs: DesignComparison & { readonly items: number }
  readonly reward: SimulatedRewards
}

/** Spread from judge to judge close to that of the items: two judges of these agree on a pair of neighbours little more often than not. */
const population: CoveragePlan['population'] = {
  items: ['a', 'b', 'c', 'd', 'e', 'f'],
  strengths: [1, 0.6, 0.2, -0.2, -0.6, -1],
  tie: 0.7,
  orderEffect: 0.2,
  spread: { strength: 0.8, tie: 0.4, order: 0.3 },
}

const panels: readonly (Pick<CoveragePlan, 'judges' | 'pairs'> & { readonly panel: string })[] = [
  { panel: '4 judges', judges: 4 },
  { panel: '8 judges', judges: 8 },
  { panel: '8 judges of 4 to 15 pairs', judges: 8, pairs: { least: 4, most: 15 } },
  { panel: '24 judges', judges: 24 },
]

type Design = readonly [entries: number, judges: number, pairs: number, spread: number, kind?: 'equal' | 'split']

/**
 * Entries from 1 to -1, or all equal; judges, pairs of each, and their spread. The usual designs, those of fewest votes, equals on which each judge
 * votes several times, and a split panel.
 */
const designs: readonly Design[] = [
  [2, 8, 1, 1],
  [2, 24, 1, 1],
  [2, 8, 4, 1],
  [3, 4, 3, 1],
  [4, 3, 6, 1],
  [4, 4, 6, 1],
  [4, 8, 6, 1],
  [4, 24, 6, 1],
  [6, 4, 6, 1],
  [6, 4, 15, 1],
  [6, 8, 6, 1],
  [6, 8, 15, 0.5],
  [6, 8, 15, 2],
  [6, 24, 15, 1],
  [6, 8, 15, 0],
  [2, 24, 1, 1, 'equal'],
  [2, 3, 20, 2, 'equal'],
  [2, 4, 4, 1, 'equal'],
  [2, 8, 4, 1, 'equal'],
  [2, 4, 20, 2, 'equal'],
  [3, 4, 3, 1, 'equal'],
  [4, 8, 6, 1, 'equal'],
  [6, 4, 15, 0.8, 'split'],
  [6, 8, 15, 0.8, 'split'],
  [6, 24, 15, 0.8, 'split'],
]

/** Of two entries a session is one interval, and cheap: so many times as many. */
const moreOfTwo = 5
/** The second entry, by two: half of the judges have it far above, half far below all others. */
const split = { item: 1, by: 2 }

function planSessions([entries, , , spread, kind]: Design): CoveragePlan['population'] {
  const items = Array.from({ length: entries }, (_, i) => `${i + 1}`)
  const own = { strength: spread, tie: spread === 0 ? 0 : 0.4, order: spread === 0 ? 0 : 0.3 }
  const strengths = items.map((_, i) => (kind === 'equal' ? 0 : 1 - (2 * i) / (entries - 1)))
  return { ...population, items, strengths, spread: own, ...(kind === 'split' ? { split } : {}) }
}

/** Judges and pairs of each. */
const looks = [
  [24, 1],
  [24, 4],
] as const

/** Twelve judges of seven pairs each, which chain eight entries once. */
const chosenPlan = {
  population: {
    ...population,
    items: ['1', '2', '3', '4', '5', '6', '7', '8'],
    strengths: [1.5, 0.9, 0.5, 0.2, -0.2, -0.5, -0.9, -1.5],
  },
  judges: 12,
  pairs: 7,
  priorVariance: 2,
  seed: 'chosen',
}

const designItems = 16

/** Vitality weighs nothing and goes along with loudness, which draws listeners: what a fit without covariates takes for taste. */
const tastes: TastePlan = {
  items: 18,
  weights: { consonance: 0.9, interlock: 0.6, alive: 0.3, vitality: 0, words: 0 },
  nuisance: { loudness: 0.8, duration: 0, density: 0 },
  alongside: { vitality: { nuisance: 'loudness', correlation: 0.7 } },
  spread: 0.3,
  orderEffect: 0.15,
  tie: 0.7,
  judges: 24,
  votesPerJudge: 40,
}

export function measureJudging(sessions: number, seeds: number): JudgingBench {
  return {
    coverage: panels.map(({ panel, ...plan }) => ({
      panel,
      ...simulateCoverage({ population, ...plan, rounds: 2, sessions, seed: panel }),
    })),
    results: designs.map((design) => measureResults(design, sessions)),
    eightVotes: [0, 1, 2, 3].map((difference) => {
      const people = { ...planSessions([2, 8, 1, 1]), strengths: [difference / 2, -difference / 2] }
      return { difference, ...weighOutcomes(people, 8) }
    }),
    looks: looks.map(([judges, pairs]) => {
      const people = planSessions([2, judges, pairs, 1, 'equal'])
      return { pairs, ...simulateLooks({ population: people, judges, pairs, sessions, seed: `looks of ${pairs}` }) }
    }),
    chosen: simulateChosen({ ...chosenPlan, sessions }),
    designs: { items: designItems, ...compareDesigns(planDesigns(seeds)) },
    reward: simulateRewards({ plan: tastes, panels: seeds, trap: 'vitality' }),
  }
}

function measureResults(design: Design, sessions: number): JudgingBench['results'][number] {
  const [entries, judges, pairs, spread, kind] = design
  const panel = `${entries} entries${kind === undefined ? '' : `, ${kind}`}, ${judges} judges, pairs of each ${pairs}, spread ${spread}`
  const plan = { population: planSessions(design), judges, pairs, seed: panel }
  return {
    panel,
    kind: kind ?? 'apart',
    ...simulateSessions({ ...plan, sessions: (entries === 2 ? moreOfTwo : 1) * sessions }),
  }
}

function planDesigns(seeds: number): Parameters<typeof compareDesigns>[0] {
  const items = Array.from({ length: designItems }, (_, i) => `item ${i + 1}`)
  const { tie, orderEffect } = population
  return {
    draw: (random) => ({
      items,
      strengths: items.map(() => 1.5 * randomNormal(random)),
      tie,
      orderEffect,
      spread: { strength: 0.5, tie: 0.4, order: 0.3 },
    }),
    priorVariance: 2,
    batches: 22,
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    targets: [0.7, 0.75, 0.8],
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

export function describeJudging({
  coverage,
  results,
  eightVotes,
  looks,
  chosen,
  designs,
  reward,
}: JudgingBench): string[] {
  const votes = (count: number | null) => (count === null ? 'never' : `${Math.round(count)}`)
  const { seeds, curve, targets, items } = designs
  return [
    `judging: 95 % intervals that hold the truth, of ${coverage[0]?.sessions} simulated sessions, six items, each pair twice`,
    ...coverage.map(
      ({ panel, kinds, differences, separable, lengths }) =>
        `  ${panel.padEnd(25)} by votes ${percent(kinds.votes.share)}, plain sandwich ${percent(kinds.sandwich.share)}, by judges ${percent(kinds.judges.share)} (items ${percent(kinds.judges.worst)} to ${percent(kinds.judges.best)}; differences ${percent(differences)}); ${(lengths.judges / lengths.votes).toFixed(1)} times as long as by votes${separable === 0 ? '' : `; ${separable} sessions without a maximum left out`}`,
    ),
    'judging: the same of what session results print, votes as a session plans them, no session left out',
    ...results.map(
      ({ panel, kind, share, withPrior, held, sessions: all, differences, winners, falseWinners }) =>
        `  ${panel.padEnd(52)} ${all} sessions: ${percent(share)} (items ${percent(Math.min(...held) / all)} to ${percent(Math.max(...held) / all)}${kind === 'split' ? `; the split one ${percent((held[split.item] ?? 0) / all)}` : ''}; differences ${percent(differences)}); a winner named in ${percent(winners / all)}, a false one in ${percent(falseWinners / all)}${withPrior === 0 ? '' : `; ${withPrior} sessions ranked with the prior`}`,
    ),
    `  2 entries, one vote of each of 8 judges, exactly (${eightVotes[0]?.outcomes} outcomes): ${eightVotes.map(({ difference, share }) => `${percent(share)} where entries are ${difference} apart`).join(', ')}`,
    ...describeLooks(looks),
    ...describeChosen(chosen),
    `judging: votes until the mean Kendall tau of ${seeds.length} panels (seeds ${seeds[0]} to ${seeds.at(-1)}, ${items} items) is reached; at most ${curve.at(-1)?.votes}`,
    ...targets.map(
      ({ tau, adaptive, random, ratio }) =>
        `  tau ${tau.toFixed(2)}: ${votes(adaptive)} by expected information, ${votes(random)} by random pairs${ratio === null ? '' : `, ratio ${ratio.toFixed(2)}`}`,
    ),
    ...describeReward(reward),
  ]
}

const describeLooks = (looks: JudgingBench['looks']) => [
  'judging: two equal entries, spread 1: a winner named when all judges are through, and at some look after each judge from the fourth on',
  ...looks.map(
    ({ judges, pairs, sessions, inTheEnd, atSomeLook }) =>
      `  ${judges} judges, pairs of each ${pairs}: ${percent(inTheEnd / sessions)} in the end, ${percent(atSomeLook / sessions)} at some look, of ${sessions} sessions`,
  ),
]

function describeChosen({ sessions, planned, chosen, chosenWithPrior }: ChosenCoverage): string[] {
  const { judges, pairs, priorVariance } = chosenPlan
  const told = ({ share, differences, outward }: HeldIntervals) =>
    `${percent(share)} (differences ${percent(differences)}), strengths ${outward.toFixed(2)} too far out`
  return [
    `judging: the same of 8 entries from 1.5 to -1.5, ${judges} judges, pairs of each ${pairs}, spread ${population.spread.strength}, ${sessions} sessions`,
    `  pairs planned, greatest likelihood: ${told(planned)}`,
    `  pairs chosen by votes so far, greatest likelihood: ${told(chosen)}`,
    `  the same votes with a prior of variance ${priorVariance}: ${told(chosenWithPrior)}`,
  ]
}

function describeReward({ panels, weights, coverage, trap, bare, first }: SimulatedRewards): string[] {
  const { learned, nuisanceAlone } = first.heldOut
  const told = ({ accuracy, brier, votes }: RewardFit['audit']) =>
    `${(100 * (accuracy ?? 0)).toFixed(1)} % of decided, Brier ${brier.toFixed(3)} (${votes} votes)`
  const again = first.ceiling.sameJudge === null ? 'unknown' : `${(100 * first.ceiling.sameJudge.share).toFixed(1)} %`
  return [
    `judging: weights learned from ${panels} simulated panels of 24 judges, 40 votes each, on 18 items`,
    ...weights.map(
      ({ name, truth, mean }) =>
        `  ${name.padEnd(10)} weighs ${truth.toFixed(2)}, learned ${mean.toFixed(2)} on the mean`,
    ),
    `  95 % intervals hold the weight in ${(100 * coverage).toFixed(1)} %; vitality, which only goes along with loudness, is taken for taste in ${(100 * trap).toFixed(1)} %, without covariates in ${(100 * bare).toFixed(1)} %`,
    `  panel 1, unseen judges and items (two deals pooled): ${told(learned)}; by nuisance alone ${told(nuisanceAlone)}; the same judge again agrees in ${again}`,
    ...learned.table.map(
      ({ from, to, votes, told: chance, came }) =>
        `  told ${from.toFixed(1)} to ${to.toFixed(1)}: ${chance.toFixed(2)} on the mean, came ${came.toFixed(2)} (${votes} votes)`,
    ),
  ]
}
