// What a panel like this one would say: strengths and their differences with 95 % intervals over judges. Errors: clustered.ts. These are the
// intervals of a session's results, of `hocket measure ranking` and of the simulated sessions that count how often they hold (coverage.ts).
//   estimate +- max(t se, z se_votes)      t Student's with the freedoms that the judges leave; z normal, se_votes of independent votes
// The second, since judges who agree beyond chance (all ties, in the extreme) would make the first vanish.
import { centreLevels } from './centre.ts'
import { clusterErrors } from './clustered.ts'
import type { Vote } from './comparisons.ts'
import type { Fit } from './fit.ts'
import { at, type Matrix, rowOf } from './matrix.ts'
import type { OutcomeModel } from './outcome-models.ts'
import { studentQuantile } from './student.ts'

/** In log-odds. */
export interface Interval {
  readonly value: number
  /** Over judges. */
  readonly standardError: number
  /** Judges less one, or fewer when some say more than others. */
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
}

/** 95 % of the normal distribution lie within. */
const normalReach = 1.959963984540054

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
  const covariance = centreLevels(clustered.covariance, levels)
  const ofVotes = centreLevels(inverse, levels)
  const errorIn = (matrix: Matrix, combination: Float64Array) =>
    Math.sqrt(
      Math.max(
        0,
        sum(combination, (i) => sum(combination, (j) => at(rowOf(matrix, i), j))),
      ),
    )
  const intervalOf = (combination: Float64Array): Interval => {
    const value = sum(combination, (k) => at(fit.parameters, k))
    const standardError = errorIn(covariance, combination)
    const freedoms = Math.min(clustered.judges - 1, clustered.freedomsOf(combination))
    const reach = Math.max(studentQuantile(0.95, freedoms) * standardError, normalReach * errorIn(ofVotes, combination))
    return { value, standardError, freedoms, low: value - reach, high: value + reach }
  }
  const centred = (i: number) =>
    levels.map((level, j) => (i === j ? 1 : 0) - (level === levels[i] ? 1 : 0) / sizeOf(levels, i))
  const combine = (values: readonly number[]) => {
    const combination = new Float64Array(fit.parameters.length)
    combination.set(values)
    return combination
  }
  return {
    share: 0.95,
    judges: clustered.judges,
    strengths: Object.fromEntries(
      items.map((item, i) => [item, known(i) && sizeOf(levels, i) > 1 ? intervalOf(combine(centred(i))) : null]),
    ),
    differences: items.flatMap((b, j) =>
      items.slice(0, j).flatMap((a, i) => {
        if (levels[i] !== levels[j] || !known(i) || !known(j)) return []
        return [{ a, b, ...intervalOf(combine(levels.map((_, k) => (k === i ? 1 : k === j ? -1 : 0)))) }]
      }),
    ),
  }
}

const sizeOf = (levels: readonly number[], i: number) => levels.filter((level) => level === levels[i]).length

function sum(weights: Float64Array, value: (k: number) => number): number {
  return weights.reduce((total, weight, k) => (weight === 0 ? total : total + weight * value(k)), 0)
}
