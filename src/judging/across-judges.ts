// What a panel like this one would say: strengths and their differences with 95 % intervals over judges, and the covariance that they all follow
// from. These are the intervals of a session's results, of `hocket measure ranking` and of the simulated sessions that count how often they hold.
//   estimate +- t sqrt(c' S c)      S: pool-judges.ts, of the errors of clustered.ts; t Student's with the freedoms told there
import { clusterErrors } from './clustered.ts'
import type { Vote } from './comparisons.ts'
import type { Fit } from './fit.ts'
import { at, type Matrix, rowOf } from './matrix.ts'
import type { OutcomeModel } from './outcome-models.ts'
import { poolJudges } from './pool-judges.ts'
import { studentQuantile } from './student.ts'

/** In log-odds. */
export interface Interval {
  readonly value: number
  /** Over judges; never below that of independent votes. */
  readonly standardError: number
  /** Of Student's t; at most 1e6, where the error is all but that of independent votes. */
  readonly freedoms: number
  readonly low: number
  readonly high: number
}

export interface AcrossJudges {
  /** Of strengths and differences: how often intervals made like these hold what all such judges would say. */
  readonly share: 0.95
  readonly judges: number
  readonly strengths: Readonly<Record<string, Interval | null>>
  /** Strength of a less that of b, each pair once. */
  readonly differences: readonly (Interval & { readonly a: string; readonly b: string })[]
  /** S, of the centred strengths, in the order of the items; null for two that cannot be compared. Positive semidefinite. */
  readonly covariance: readonly (readonly (number | null)[])[]
}

interface Material {
  readonly items: readonly string[]
  readonly votes: readonly Vote[]
  readonly model: OutcomeModel
  readonly fit: Fit
  /** Of the information, levels held. */
  readonly inverse: Matrix
  /** Items of one level are centred together, and can be compared. */
  readonly levels: readonly number[]
  known(item: number): boolean
}

/** A string says why there are none. */
export function lookAcrossJudges(material: Material): AcrossJudges | string {
  const { items, votes, fit, inverse, levels, known } = material
  if (votes.every(({ judge }) => judge === null)) return 'no judge is named'
  const clustered = clusterErrors(material, inverse)
  if (typeof clustered === 'string') return clustered
  const pooled = poolJudges(clustered, inverse, levels)
  if (pooled === null) return 'no two items can be compared'
  const { covariance } = pooled
  const luck = shareOfLuck(votes)
  const intervalOf = (values: readonly number[]): Interval => {
    const combination = new Float64Array(fit.parameters.length)
    combination.set(values)
    const ofItems = combination.subarray(0, levels.length)
    const value = sum(combination, (k) => at(fit.parameters, k))
    const variance = sum(ofItems, (i) => sum(ofItems, (j) => at(rowOf(covariance, i), j)))
    const standardError = Math.sqrt(Math.max(0, variance))
    const ofJudges = Math.min(clustered.judges - 1, clustered.freedomsOf(combination))
    const freedoms = pooled.freedomsOf(ofItems, ofJudges, luck)
    const reach = studentQuantile(0.95, freedoms) * standardError
    return { value, standardError, freedoms, low: value - reach, high: value + reach }
  }
  const centred = (i: number) =>
    levels.map((level, j) => (i === j ? 1 : 0) - (level === levels[i] ? 1 : 0) / sizeOf(levels, i))
  const told = (i: number, j: number) => levels[i] === levels[j] && known(i) && known(j)
  return {
    share: 0.95,
    judges: clustered.judges,
    strengths: Object.fromEntries(
      items.map((item, i) => [item, known(i) && sizeOf(levels, i) > 1 ? intervalOf(centred(i)) : null]),
    ),
    differences: items.flatMap((b, j) =>
      items.slice(0, j).flatMap((a, i) => {
        if (!told(i, j)) return []
        return [{ a, b, ...intervalOf(levels.map((_, k) => (k === i ? 1 : k === j ? -1 : 0))) }]
      }),
    ),
    covariance: items.map((_, i) => items.map((_, j) => (told(i, j) ? at(rowOf(covariance, i), j) : null))),
  }
}

/** Of the squared pull of a judge whose votes are independent, what their own squares make: 1 / votes of a judge, more votes weighing more. */
function shareOfLuck(votes: readonly Vote[]): number {
  const named = new Map<string, number>()
  let [sum, squares] = [0, 0]
  for (const { judge, count } of votes) {
    sum += count
    if (judge === null) squares += count
    else named.set(judge, (named.get(judge) ?? 0) + count)
  }
  for (const count of named.values()) squares += count * count
  return sum / squares
}

const sizeOf = (levels: readonly number[], i: number) => levels.filter((level) => level === levels[i]).length

function sum(weights: Float64Array, value: (k: number) => number): number {
  return weights.reduce((total, weight, k) => (weight === 0 ? total : total + weight * value(k)), 0)
}
