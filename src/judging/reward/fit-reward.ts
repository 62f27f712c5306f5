// What listeners' votes say that measures should weigh. Measured items and votes in; weights with intervals, and how well they tell votes
// that they were not learned from, out.
//   1  judges are split: those learned from (train) and those kept apart (audit)
//   2  held out: chances told for votes of unseen judges on unseen items, the penalty chosen inside each fold anew (nested)
//   3  the penalty for all: chosen by the same folds among train judges; the audit has no part in it and only tells where, on the way from
//      strong to weak, train votes go on being told better while its own are told worse
//   4  weights by that penalty; intervals of the fit without it, over judges (clustered.ts), since a ridge draws its own towards its aim
import { type Random, seededRandom, shuffled } from '../../random.ts'
import { type Ceiling, measureCeiling } from '../ceiling.ts'
import type { Comparison } from '../comparisons.ts'
import { judgePrediction, type Prediction, type Told } from './calibration.ts'
import { type Column, type Design, layOut, type MeasuredItem, type RewardRow } from './design.ts'
import { foldRows } from './folds.ts'
import { chanceOf, fitLogistic, logLikelihoodOf, logOddsOf } from './logistic.ts'
import { choosePenalty, penalties, ridgeOf, type Shrink } from './penalty.ts'
import { tellWeights, type Weight } from './weights.ts'

export interface RewardRequest {
  readonly items: readonly MeasuredItem[]
  readonly votes: readonly Comparison[]
  /** What weights are drawn to without evidence; also their unit: as measured (equal), standard deviations (zero). */
  readonly shrink: Shrink
  /** Share of judges kept apart, default .3. */
  readonly auditShare?: number
  readonly seed: number | string
}

export interface PathStep {
  readonly penalty: number
  /** Mean log-likelihood of a vote, nats. */
  readonly proxy: number
  readonly audit: number
}

export interface RewardFit {
  readonly weights: readonly Weight[]
  readonly leftOut: Design['leftOut']
  readonly penalty: number
  /** The same: by cross-validation alone. */
  readonly chosenPenalty: number
  /** Strong to weak. */
  readonly path: readonly PathStep[]
  /** The penalty before the audit began to fall, a warning when it is above the chosen one; null: it never did. */
  readonly stoppedAt: number | null
  readonly judges: { readonly train: readonly string[]; readonly audit: readonly string[] }
  /** Of all deals of the folds together: a vote that was held out in each is counted in each. */
  readonly heldOut: {
    readonly learned: Prediction
    /** Nuisance and nothing else. */
    readonly nuisanceAlone: Prediction
    /** All measures the same weight (drawn to equal) or none (drawn to zero). */
    readonly unlearned: Prediction
  }
  readonly audit: Prediction
  readonly ceiling: Ceiling
}

const itemParts = 3
const judgeParts = 3
const innerParts = { items: 2, judges: 2 }
/** How often the folds are dealt anew. */
const deals = 2
/** What is learned from: groups of items (runs, of a session) and judges, so that some of both can be held out. */
export const fewestToLearn = { groups: 6, judges: 6 } as const

/** Throws RangeError for too few judges or items, and for what layOut refuses. */
export function fitReward(request: RewardRequest): RewardFit {
  const { items, votes, shrink, auditShare = 0.3, seed } = request
  const { columns, rows, leftOut } = layOut(items, votes, shrink === 'equal' ? 'natural' : 'standard deviations')
  check(columns, rows)
  const { train, audit } = splitJudges(rows, auditShare, seededRandom(`${seed}/audit`))
  const [learning, auditing] = [rowsOf(rows, train), rowsOf(rows, audit)]
  const plan = { columns, shrink, parts: { items: itemParts, judges: judgeParts } }
  const chosenPenalty = choosePenalty(learning, plan, seededRandom(`${seed}/penalty`)) ?? penalties[0] ?? 0
  const path = walkPath(columns, shrink, learning, auditing)
  const stoppedAt = findStop(path)
  const penalty = chosenPenalty
  const fit = fitLogistic(learning, ridgeOf(columns, shrink, penalty))
  if (fit === null) throw new RangeError('votes: expected votes that fix the weights, got too few or too much alike')
  return {
    weights: tellWeights(columns, fit, learning),
    leftOut,
    penalty,
    chosenPenalty,
    path,
    stoppedAt,
    judges: { train, audit },
    heldOut: tellHeldOut(learning, plan, seed),
    audit: judge(tell(auditing, fit.beta), 'audit'),
    ceiling: measureCeiling(votes),
  }
}

function check(columns: readonly Column[], rows: readonly RewardRow[]): void {
  const groups = new Set(rows.flatMap((row) => row.groups)).size
  const judges = new Set(rows.map(({ judge: name }) => name)).size
  if (groups < fewestToLearn.groups)
    throw new RangeError(
      `items: expected votes on ${fewestToLearn.groups} groups of items or more, to hold some out, got ${groups}. Ask about more runs.`,
    )
  if (judges < fewestToLearn.judges)
    throw new RangeError(
      `votes: expected ${fewestToLearn.judges} judges or more, to hold some out, got ${judges}. Ask more people.`,
    )
  if (columns.every(({ kind }) => kind !== 'measure'))
    throw new RangeError('items: expected a measure that differs between items, got none')
}

function splitJudges(rows: readonly RewardRow[], auditShare: number, random: Random) {
  const names = shuffled(random, [...new Set(rows.map((row) => row.judge))].sort())
  const count = Math.min(names.length - 4, Math.max(2, Math.round(auditShare * names.length)))
  return { audit: names.slice(0, count).sort(), train: names.slice(count).sort() }
}

function rowsOf(rows: readonly RewardRow[], judges: readonly string[]): RewardRow[] {
  const wanted = new Set(judges)
  return rows.filter((row) => wanted.has(row.judge))
}

function walkPath(
  columns: readonly Column[],
  shrink: Shrink,
  learning: readonly RewardRow[],
  auditing: readonly RewardRow[],
): PathStep[] {
  return penalties.flatMap((penalty) => {
    const fit = fitLogistic(learning, ridgeOf(columns, shrink, penalty))
    if (fit === null) return []
    const meanOf = (rows: readonly RewardRow[]) =>
      logLikelihoodOf(rows, fit.beta) / rows.reduce((sum, { weight }) => sum + weight, 0)
    return [{ penalty, proxy: meanOf(learning), audit: meanOf(auditing) }]
  })
}

function findStop(path: readonly PathStep[]): number | null {
  const after = path.findIndex((step, k) => {
    const before = path[k - 1]
    return before !== undefined && step.proxy > before.proxy && step.audit < before.audit
  })
  return after === -1 ? null : (path[after - 1]?.penalty ?? null)
}

type Plan = Parameters<typeof choosePenalty>[1]

function tellHeldOut(rows: readonly RewardRow[], plan: Plan, seed: number | string): RewardFit['heldOut'] {
  const told = { learned: [] as Told[], nuisanceAlone: [] as Told[], unlearned: [] as Told[] }
  const unlearned = ridgeOf(plan.columns, plan.shrink, 1e9)
  const nuisanceAlone = ridgeOf(plan.columns, 'zero', 1e9)
  for (let deal = 0; deal < deals; deal++) {
    const random = seededRandom(`${seed}/folds/${deal}`)
    for (const { train, test } of foldRows(rows, plan.parts, random)) {
      const penalty = choosePenalty(train, { ...plan, parts: innerParts }, random) ?? penalties[0] ?? 0
      for (const [name, ridge] of [
        ['learned', ridgeOf(plan.columns, plan.shrink, penalty)],
        ['nuisanceAlone', nuisanceAlone],
        ['unlearned', unlearned],
      ] as const) {
        const fit = fitLogistic(train, ridge)
        if (fit !== null) told[name].push(...tell(test, fit.beta))
      }
    }
  }
  return {
    learned: judge(told.learned, 'learned'),
    nuisanceAlone: judge(told.nuisanceAlone, 'nuisance alone'),
    unlearned: judge(told.unlearned, 'unlearned'),
  }
}

const tell = (rows: readonly RewardRow[], beta: Float64Array): Told[] =>
  rows.map(({ x, y, weight }) => ({ chance: chanceOf(logOddsOf(x, beta)), y, weight }))

function judge(told: readonly Told[], what: string): Prediction {
  const prediction = judgePrediction(told)
  if (prediction !== null) return prediction
  throw new RangeError(
    `votes: expected some of unseen judges on two unseen items (${what}), got none. Let every judge hear more pairs.`,
  )
}
