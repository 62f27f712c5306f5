// Each judge against the fit. infit = sum (y - e)^2 / sum v, outfit = mean of (y - e)^2 / v, with y = 1, 1/2, 0 for a, tie, b, and e and v
// the expected y and its variance under the model (Wright & Masters 1982): 1 as the model expects, above 1 more erratic, below 1 too regular.
import type { Vote } from './comparisons.ts'
import { directionsOf, type Fit, placeVote } from './fit.ts'
import { at, type Matrix, multiply, rowOf, zeros } from './matrix.ts'
import { chancesOf, type OutcomeModel, slopesOf } from './outcome-models.ts'

export interface JudgeFit {
  /** null when every answer was certain under the model. */
  readonly infit: number | null
  readonly outfit: number | null
  readonly count: number
}

interface Fitted {
  readonly votes: readonly Vote[]
  readonly model: OutcomeModel
  readonly fit: Fit
}

export function measureJudges({ votes, model, fit }: Fitted): Record<string, JudgeFit> {
  const sums = new Map<string, { squares: number; variance: number; standardised: number; count: number }>()
  for (const vote of votes) {
    if (vote.judge === null) continue
    const { d, t } = placeVote(vote, fit.parameters, fit, model)
    const chances = chancesOf(model, d, t)
    const expected = chances.a + chances.tie / 2
    const variance = chances.a + chances.tie / 4 - expected * expected
    const square = ((vote.result === 'a' ? 1 : vote.result === 'b' ? 0 : 0.5) - expected) ** 2
    const sum = sums.get(vote.judge) ?? { squares: 0, variance: 0, standardised: 0, count: 0 }
    sums.set(vote.judge, {
      squares: sum.squares + vote.count * square,
      variance: sum.variance + vote.count * variance,
      standardised: sum.standardised + vote.count * (square / variance),
      count: sum.count + vote.count,
    })
  }
  return Object.fromEntries(
    [...sums].map(([judge, { squares, variance, standardised, count }]) => [
      judge,
      { infit: finite(squares / variance), outfit: finite(standardised / count), count },
    ]),
  )
}

const finite = (value: number) => (Number.isFinite(value) ? value : null)

/** C (sum g g') C over clusters: a judge is one, and so is every single vote without a judge. */
export function clusterCovariance({ votes, model, fit, covariance }: Fitted & { readonly covariance: Matrix }): Matrix {
  const size = fit.parameters.length
  const byJudge = new Map<string, Float64Array>()
  const result = zeros(size)
  for (const vote of votes) {
    const score = scoreOf(vote, { votes, model, fit })
    if (vote.judge === null) {
      addSquare(result, multiply(covariance, score), vote.count)
      continue
    }
    const sum = byJudge.get(vote.judge) ?? new Float64Array(size)
    byJudge.set(
      vote.judge,
      sum.map((value, k) => value + vote.count * at(score, k)),
    )
  }
  for (const score of byJudge.values()) addSquare(result, multiply(covariance, score), 1)
  return result
}

/** Slopes of one vote's log-likelihood by every parameter. */
function scoreOf(vote: Vote, { model, fit }: Fitted): Float64Array {
  const { d, t } = placeVote(vote, fit.parameters, fit, model)
  const slopes = slopesOf(model, vote.result, d, t)
  const { ofD, ofT } = directionsOf(vote, fit)
  const score = new Float64Array(fit.parameters.length)
  for (const [i, share] of ofD) score[i] = at(score, i) + share * slopes.d
  if (ofT !== null) score[ofT] = slopes.t
  return score
}

function addSquare(matrix: Matrix, vector: Float64Array, weight: number): void {
  matrix.forEach((_, i) => {
    const row = rowOf(matrix, i)
    for (let j = 0; j < row.length; j++) row[j] = at(row, j) + weight * at(vector, i) * at(vector, j)
  })
}
