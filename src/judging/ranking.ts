// Ranking from paired comparisons. Votes in; strengths in log-odds with their errors, fit, and each judge's fit out.
// Models: outcome-models.ts. Standard errors and covariance are of the centred strengths: each part is centred on its own, or, with a
// prior (which makes all comparable, unless `compare` says otherwise), all items together. Clustered standard errors: C (sum over judges g g') C, g the judge's slopes of
// the log-likelihood, C the inverse information; no small-sample factor (Liang & Zeger 1986). Votes of one judge are not independent. Intervals that hold for few
// judges: across-judges.ts.
// separationReliability = (var b - mean se^2) / var b, the share of the strengths' variance that is not error (Wright & Masters 1982).
import { type AcrossJudges, lookAcrossJudges } from './across-judges.ts'
import { centreLevels } from './centre.ts'
import { type Comparison, readVotes, type Vote } from './comparisons.ts'
import { devianceOf } from './deviance.ts'
import { type Fit, fitStrengths, holdLevels } from './fit.ts'
import { clusterCovariance, type JudgeFit, measureJudges } from './judges.ts'
import { at, invert, type Matrix, rowOf } from './matrix.ts'
import type { OutcomeModel } from './outcome-models.ts'

export interface RankingRequest {
  readonly items: readonly string[]
  readonly comparisons: readonly Comparison[]
  readonly model: OutcomeModel
  /** Variance of a Gaussian prior on every strength (squared log-odds). With it the answer is the posterior's mode (MAP). */
  readonly priorVariance?: number | undefined
  /** Whether being heard first is given a strength of its own; needs `aFirst` on every comparison. */
  readonly orderEffect?: boolean | undefined
  /** Variance of a Gaussian prior on that strength; without one it has no finite value where all that was decided went to what was heard first. */
  readonly orderPriorVariance?: number | undefined
  /** Which items have differences where there is a prior: all (default), since it makes all comparable, or those alone that votes link. */
  readonly compare?: 'all' | 'linked' | undefined
  /** Whether intervals over judges are wanted. */
  readonly intervals?: boolean | undefined
}

type ByItem = Readonly<Record<string, number | null>>

export interface Ranking {
  readonly estimator: 'maximum likelihood' | 'posterior mode, Gaussian prior'
  /** Log-odds, centred on 0. */
  readonly strengths: ByItem
  readonly standardErrors: ByItem
  /** In the order of `items`; null where a strength is, and between two that cannot be compared. */
  readonly covariance: readonly (readonly (number | null)[])[]
  readonly clusteredStandardErrors: ByItem | null
  /** nu of davidson, theta of rao-kupper. */
  readonly tieParameter: number | null
  /** Log-odds of being heard first. */
  readonly orderEffect: number | null
  /** Sum of log P over single comparisons. */
  readonly logLikelihood: number
  readonly deviance: number
  readonly degreesOfFreedom: number
  /** Whether comparisons link all items. */
  readonly connected: boolean
  readonly separable: boolean
  /** At most 1; below 0 when errors are larger than differences. */
  readonly separationReliability: number | null
  readonly judges: Readonly<Record<string, JudgeFit>>
  /** Errors and intervals that hold for few judges. */
  readonly acrossJudges: AcrossJudges | null
  /** Why a null is null: field -> reason. */
  readonly undefined: Readonly<Record<string, string>>
}

/** Throws RangeError for what cannot be ranked, with its place. */
export function rankItems(request: RankingRequest): Ranking {
  const { items, comparisons, model, priorVariance = null, orderEffect = false, orderPriorVariance = null } = request
  for (const [name, variance] of Object.entries({ priorVariance, orderPriorVariance }))
    if (variance !== null && !(variance > 0 && Number.isFinite(variance)))
      throw new RangeError(`${name}: expected a number above 0, got ${variance}`)
  const votes = readVotes(items, comparisons)
  if (orderEffect) requireOrder(comparisons)
  const plan = {
    items: items.length,
    votes,
    model,
    priorVariance,
    orderPriorVariance,
    orderEffect: orderEffect ? 'fitted' : 'none',
  } as const
  const fit = fitStrengths(plan)
  return describe(request, votes, fit, priorVariance)
}

function requireOrder(comparisons: readonly Comparison[]): void {
  const unknown = comparisons.findIndex(({ aFirst }) => aFirst === undefined)
  if (unknown !== -1)
    throw new RangeError(
      `comparisons.${unknown}.aFirst: expected true or false, since an order effect is asked for, got nothing`,
    )
  if (comparisons.length === 0)
    throw new RangeError('comparisons: expected some, since an order effect is asked for, got none')
}

function describe(request: RankingRequest, votes: readonly Vote[], fit: Fit, priorVariance: number | null): Ranking {
  const { items, model } = request
  const reasons: Record<string, string> = {}
  const compared = new Set(votes.flatMap(({ a, b }) => [a, b]))
  const together = priorVariance !== null && request.compare !== 'linked'
  const known = (i: number) => together || compared.has(i)
  const inverse = invertInformation(fit, priorVariance)
  const levels = together ? fit.parts.map(() => 0) : fit.parts
  const covariance = centreLevels(inverse, levels)
  const byItem = (read: (i: number) => number): ByItem =>
    Object.fromEntries(items.map((item, i) => [item, known(i) ? read(i) : null]))
  items.forEach((item, i) => {
    if (!known(i)) reasons[`strengths.${item}`] = reasons[`standardErrors.${item}`] = 'never compared'
  })
  const errorOf = (matrix: Matrix) => (i: number) => Math.sqrt(Math.max(0, at(rowOf(matrix, i), i)))
  const strengths = byItem((i) => at(fit.parameters, i))
  const standardErrors = byItem(errorOf(covariance))
  const judged = votes.some(({ judge }) => judge !== null)
  if (!judged) reasons.clusteredStandardErrors = 'no judge is named'
  const across =
    request.intervals === true
      ? lookAcrossJudges({ items, votes, model, fit, inverse, levels, known })
      : 'not asked for'
  if (typeof across === 'string') reasons.acrossJudges = across
  const clustered = judged ? byItem(errorOf(clusterCovariance({ votes, model, fit, covariance }))) : null
  return {
    estimator: priorVariance === null ? 'maximum likelihood' : 'posterior mode, Gaussian prior',
    strengths,
    standardErrors,
    covariance: items.map((_, i) =>
      items.map((_, j) => (known(i) && known(j) && levels[i] === levels[j] ? at(rowOf(covariance, i), j) : null)),
    ),
    clusteredStandardErrors: clustered,
    ...extraParameters(model, fit, reasons),
    logLikelihood: fit.logLikelihood,
    ...devianceOf({ votes, model, fit }),
    connected: new Set(fit.parts).size <= 1,
    separable: fit.separable,
    separationReliability: reliability(strengths, standardErrors, reasons),
    judges: measureJudges({ votes, model, fit }),
    acrossJudges: typeof across === 'string' ? null : across,
    undefined: reasons,
  }
}

function extraParameters(model: OutcomeModel, fit: Fit, reasons: Record<string, string>) {
  const tie = fit.tieAt === null ? (model === 'rao-kupper' ? 1 : 0) : Math.exp(at(fit.parameters, fit.tieAt))
  const tieParameter = model === 'bradley-terry' ? null : tie
  const orderEffect = fit.orderAt === null ? null : at(fit.parameters, fit.orderAt)
  if (tieParameter === null) reasons.tieParameter = 'bradley-terry counts a tie half to each side'
  if (orderEffect === null) reasons.orderEffect = 'not asked for'
  return { tieParameter, orderEffect }
}

function invertInformation(fit: Fit, priorVariance: number | null): Matrix {
  // Per the largest entry, so that the levels are held as firmly as the rest, however many the votes.
  const most = fit.information.reduce((largest, row, k) => Math.max(largest, at(row, k)), 0) || 1
  const information = fit.information.map((row) => row.map((value) => value / most))
  holdLevels({ parts: fit.parts, priorVariance }, information)
  const inverse = invert(information)?.map((row) => row.map((value) => value / most))
  if (inverse === undefined) throw new RangeError('comparisons: expected votes that fix every strength, got too few')
  return inverse
}

function reliability(strengths: ByItem, errors: ByItem, reasons: Record<string, string>): number | null {
  const values = Object.values(strengths).filter((value) => value !== null)
  const squares = Object.values(errors)
    .filter((value) => value !== null)
    .map((error) => error * error)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  if (values.length >= 2 && variance > 0)
    return 1 - squares.reduce((sum, value) => sum + value, 0) / squares.length / variance
  reasons.separationReliability = values.length < 2 ? 'fewer than two items were compared' : 'all strengths are equal'
  return null
}
