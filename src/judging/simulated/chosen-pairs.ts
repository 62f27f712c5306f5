// Do intervals hold where votes so far chose the pairs? Panels in; how often they hold the truth, and how far strengths are drawn apart, out.
// Pairs are chosen by expected information (next-pairs.ts), one batch for each judge; or planned beforehand. Entries that were lucky early
// meet others, so that greatest likelihood draws strengths apart (Bramley & Vitello 2019); a prior draws them together again.
import { type Random, seededRandom } from '../../random.ts'
import type { JudgedTrial } from '../counted.ts'
import { choosePairs } from '../next-pairs.ts'
import { type Ranking, rankItems } from '../ranking.ts'
import { truthOf } from './population.ts'
import { askJudge, compareVotes, holdSession, rankVotes, type SessionsPlan } from './sessions.ts'

export interface ChosenPlan extends SessionsPlan {
  /** Of the prior that pairs are chosen with, and votes ranked with; on the effect of being heard first too. */
  readonly priorVariance: number
}

export interface HeldIntervals {
  readonly share: number
  readonly differences: number
  /** Mean of strength less truth, away from 0, log-odds. */
  readonly outward: number
}

export interface ChosenCoverage {
  readonly sessions: number
  /** As a session ranks: greatest likelihood where it has a maximum. */
  readonly planned: HeldIntervals
  readonly chosen: HeldIntervals
  /** The same votes with the prior. */
  readonly chosenWithPrior: HeldIntervals
}

export function simulateChosen(plan: ChosenPlan): ChosenCoverage {
  const { population, sessions, seed } = plan
  const truth = truthOf(population, 'davidson')
  const ways = { planned: tally(), chosen: tally(), chosenWithPrior: tally() }
  for (let session = 0; session < sessions; session++) {
    const planned = holdSession(plan, `${seed}/${session}`).flat()
    const chosen = choose(plan, seededRandom(`${seed}/${session}/chosen`))
    add(ways.planned, population.items, truth, rankVotes(population.items, planned).ranking)
    add(ways.chosen, population.items, truth, rankVotes(population.items, chosen).ranking)
    add(ways.chosenWithPrior, population.items, truth, rankWithPrior(plan, chosen, true))
  }
  const { planned, chosen, chosenWithPrior } = ways
  return { sessions, planned: tell(planned), chosen: tell(chosen), chosenWithPrior: tell(chosenWithPrior) }
}

/** Every judge hears what was most telling after the one before. */
function choose(plan: ChosenPlan, random: Random): JudgedTrial[] {
  const { population, judges, pairs, priorVariance } = plan
  const { items } = population
  const votes: JudgedTrial[] = []
  let mean = items.map(() => 0)
  let covariance = items.map((_, i) => items.map((_, j) => (i === j ? priorVariance : 0)))
  for (let k = 1; k <= judges; k++) {
    const asked = choosePairs({ items, mean, covariance, count: pairs }).pairs.map(([one, other], place) => {
      const [a, b] = random() < 0.5 ? [one, other] : [other, one]
      return { place, a: items.indexOf(a), b: items.indexOf(b) }
    })
    votes.push(...askJudge(population, `judge ${k}`, asked, random))
    const ranking = rankWithPrior(plan, votes, false)
    mean = items.map((item) => ranking.strengths[item] ?? 0)
    covariance = ranking.covariance.map((row) => row.map((value) => value ?? 0))
  }
  return votes
}

function rankWithPrior({ population, priorVariance }: ChosenPlan, votes: readonly JudgedTrial[], intervals: boolean) {
  const { items } = population
  const comparisons = compareVotes(items, votes)
  const model = comparisons.every(({ result }) => result === 'tie') ? 'bradley-terry' : 'davidson'
  return rankItems({
    items,
    comparisons,
    model,
    orderEffect: true,
    priorVariance,
    orderPriorVariance: priorVariance,
    intervals,
  })
}

interface Tally {
  readonly singles: boolean[]
  readonly differences: boolean[]
  readonly outward: number[]
}

const tally = (): Tally => ({ singles: [], differences: [], outward: [] })

function add(to: Tally, items: readonly string[], truth: readonly number[], ranking: Ranking | null): void {
  const across = ranking?.acrossJudges
  if (across == null) return
  const real = (item: string) => truth[items.indexOf(item)] ?? Number.NaN
  for (const item of items) {
    const interval = across.strengths[item]
    if (interval == null) continue
    to.singles.push(interval.low <= real(item) && real(item) <= interval.high)
    to.outward.push(Math.sign(real(item)) * (interval.value - real(item)))
  }
  for (const { a, b, low, high } of across.differences) {
    const difference = real(a) - real(b)
    to.differences.push(low <= difference && difference <= high)
  }
}

function tell({ singles, differences, outward }: Tally): HeldIntervals {
  const shareOf = (list: readonly boolean[]) => list.filter(Boolean).length / list.length
  return {
    share: shareOf(singles),
    differences: shareOf(differences),
    outward: outward.reduce((sum, value) => sum + value, 0) / outward.length,
  }
}
