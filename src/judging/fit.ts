// Strengths of greatest likelihood (or posterior) by Newton's method. Votes in; parameters, their information and each vote's slopes out.
//   d_v = b_a - b_b + order_v delta
//   maximise  sum_v count_v log P(result_v | d_v, t)  - sum_i b_i^2 / (2 priorVariance)  - delta^2 / (2 orderPriorVariance)
// Parameters: the items' strengths b, then delta when asked for, then t (log of the tie parameter) when there are ties.
// Only differences matter, so the information is singular along the level of each part: the level is held at 0 by adding 1/n there.
import { findParts, isSeparable, type Vote } from './comparisons.ts'
import { at, type Matrix, rowOf, solve, zeros } from './matrix.ts'
import { logChance, type OutcomeModel, type Slopes, slopesOf } from './outcome-models.ts'

export interface FitPlan {
  readonly items: number
  readonly votes: readonly Vote[]
  readonly model: OutcomeModel
  readonly orderEffect: 'fitted' | 'none'
  /** Of the Gaussian prior on each strength, in squared log-odds; null for none. */
  readonly priorVariance: number | null
  /** The same on delta, where it is fitted. */
  readonly orderPriorVariance?: number | null
}

export interface Fit {
  readonly parameters: Float64Array
  /** Places of delta and t among the parameters, null when they are not fitted. */
  readonly orderAt: number | null
  readonly tieAt: number | null
  /** Minus the second derivatives of the log-likelihood, or of the log posterior. Singular along the level of each part without a prior. */
  readonly information: Matrix
  readonly logLikelihood: number
  readonly parts: readonly number[]
  readonly separable: boolean
}

/** Without a prior no likelihood has its maximum where chances are 1 in e^35: it has none. */
const farthest = 35
const mostSteps = 200

/** Throws RangeError when no finite maximum exists and no prior is given that would make one. */
export function fitStrengths(plan: FitPlan): Fit {
  const { items, votes, model, orderEffect, priorVariance } = plan
  const parts = findParts(items, votes)
  const separable = isSeparable(parts, votes)
  if (separable && priorVariance === null)
    throw separated(
      'the graph of who beat whom is not strongly connected (some never lost, or never won, against the others). Give priorVariance, or ask for more comparisons',
    )
  refuseEndless(plan)
  const orderAt = orderEffect === 'fitted' ? items : null
  const tieAt =
    model !== 'bradley-terry' && votes.some(({ result }) => result === 'tie')
      ? items + (orderAt === null ? 0 : 1)
      : null
  const size = items + (orderAt === null ? 0 : 1) + (tieAt === null ? 0 : 1)
  const layout: Layout = { ...plan, parts, orderAt, tieAt, size }
  const parameters = climb(layout)
  return {
    parameters,
    orderAt,
    tieAt,
    information: bend(layout, parameters).information,
    logLikelihood: sumLogChances(layout, parameters),
    parts,
    separable,
  }
}

/** What no prior on strengths makes finite: the chance of a tie where all are ties, and the order effect where it explains all that was decided. */
function refuseEndless({ votes, model, orderEffect, orderPriorVariance = null }: FitPlan): void {
  const ofTies = model !== 'bradley-terry'
  const telling = ofTies ? votes.filter(({ result }) => result !== 'tie') : votes
  if (votes.length > 0 && telling.length === 0)
    throw separated(
      "every comparison is a tie, which no finite chance of a tie explains, whatever the prior. Take model 'bradley-terry', where a tie is half a win for each, or ask for more comparisons",
    )
  if (orderEffect !== 'fitted' || orderPriorVariance !== null) return
  for (const [heard, sign] of [['first', 1] as const, ['second', -1] as const])
    if (telling.length > 0 && telling.every(({ result, order }) => order * wonBy[result] === sign))
      throw separated(
        `what was heard ${heard} was preferred in every comparison${ofTies ? ' that was decided' : ''}, so its effect grows without end, with a prior on strengths too. Give orderPriorVariance, leave orderEffect out, or ask for more comparisons`,
      )
}

const wonBy = { a: 1, tie: 0, b: -1 } as const

interface Layout extends FitPlan {
  readonly parts: readonly number[]
  readonly orderAt: number | null
  readonly tieAt: number | null
  readonly size: number
}

type Places = Pick<Fit, 'orderAt' | 'tieAt'>

/** d and t of a vote under given parameters. */
export function placeVote(vote: Vote, parameters: Float64Array, { orderAt, tieAt }: Places, model: OutcomeModel) {
  const order = orderAt === null ? 0 : vote.order * at(parameters, orderAt)
  const noTies = model === 'rao-kupper' ? 0 : Number.NEGATIVE_INFINITY
  return {
    d: at(parameters, vote.a) - at(parameters, vote.b) + order,
    t: tieAt === null ? noTies : at(parameters, tieAt),
  }
}

/** Which parameters move d and t of a vote, and how much. */
export function directionsOf(vote: Vote, { orderAt, tieAt }: Places) {
  const ofD: [number, number][] = [
    [vote.a, 1],
    [vote.b, -1],
  ]
  if (orderAt !== null) ofD.push([orderAt, vote.order])
  return { ofD, ofT: tieAt }
}

function climb(layout: Layout): Float64Array {
  let here: Float64Array = new Float64Array(layout.size)
  if (layout.tieAt !== null) here[layout.tieAt] = layout.model === 'rao-kupper' ? 0.5 : 0
  let height = objective(layout, here)
  let polished = 0
  for (let step = 0; step < mostSteps && polished < 3; step++) {
    const move = newtonMove(layout, here)
    if (move === null) break
    const largest = move.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    if (largest < 1e-4) {
      // So near, steps square the error, and heights differ by rounding alone.
      here = here.map((value, k) => value + at(move, k))
      polished++
      continue
    }
    const next = advance(layout, here, move, height)
    ;[here, height] = [next.at, next.height]
    if (layout.priorVariance === null && here.some((value) => Math.abs(value) > farthest)) break
  }
  if (polished < 3) throw layout.priorVariance === null ? separated(togetherEndless) : unfound(layout.priorVariance)
  return centreParts(layout, here)
}

function newtonMove(layout: Layout, from: Float64Array): Float64Array | null {
  const { gradient, information } = bend(layout, from)
  // The mode lies at level 0 in each part too, and a wide prior alone would hold the level too weakly to solve for it.
  holdLevels({ parts: layout.parts, priorVariance: null }, information)
  return solve(information, gradient)
}

/** The step, halved until it does not go down. */
function advance(layout: Layout, from: Float64Array, move: Float64Array, height: number) {
  for (let share = 1; share > 1e-10; share /= 2) {
    const to = from.map((value, k) => value + share * at(move, k))
    const reached = objective(layout, to)
    if (reached >= height) return { at: to, height: reached }
  }
  return { at: from, height }
}

function objective(layout: Layout, parameters: Float64Array): number {
  const penalty = priorsOf(layout).reduce((sum, [k, variance]) => sum + at(parameters, k) ** 2 / (2 * variance), 0)
  const sum = sumLogChances(layout, parameters) - penalty
  return Number.isNaN(sum) ? Number.NEGATIVE_INFINITY : sum
}

/** Parameters that have a prior, with its variance. */
function priorsOf({ items, priorVariance, orderAt, orderPriorVariance = null }: Layout): [number, number][] {
  const ofItems =
    priorVariance === null ? [] : Array.from({ length: items }, (_, i): [number, number] => [i, priorVariance])
  return orderAt === null || orderPriorVariance === null ? ofItems : [...ofItems, [orderAt, orderPriorVariance]]
}

function sumLogChances(layout: Layout, parameters: Float64Array): number {
  return layout.votes.reduce((sum, vote) => {
    const { d, t } = placeVote(vote, parameters, layout, layout.model)
    return sum + vote.count * logChance(layout.model, vote.result, d, t)
  }, 0)
}

function bend(layout: Layout, parameters: Float64Array): { gradient: Float64Array; information: Matrix } {
  const { votes, model, size } = layout
  const gradient = new Float64Array(size)
  const information = zeros(size)
  for (const vote of votes) {
    const { d, t } = placeVote(vote, parameters, layout, model)
    addVote(layout, vote, slopesOf(model, vote.result, d, t), gradient, information)
  }
  for (const [k, variance] of priorsOf(layout)) {
    gradient[k] = at(gradient, k) - at(parameters, k) / variance
    add(information, k, k, 1 / variance)
  }
  return { gradient, information }
}

/** Adds what one vote says of the parameters: its slopes, and minus its second derivatives. */
export function addVote(places: Places, vote: Vote, slopes: Slopes, gradient: Float64Array, information: Matrix): void {
  const { ofD, ofT } = directionsOf(vote, places)
  const { count } = vote
  for (const [i, mine] of ofD) {
    gradient[i] = at(gradient, i) + count * mine * slopes.d
    for (const [j, other] of ofD) add(information, i, j, -count * mine * other * slopes.dd)
  }
  if (ofT === null) return
  gradient[ofT] = at(gradient, ofT) + count * slopes.t
  add(information, ofT, ofT, -count * slopes.tt)
  for (const [i, mine] of ofD) {
    add(information, i, ofT, -count * mine * slopes.dt)
    add(information, ofT, i, -count * mine * slopes.dt)
  }
}

/** Adds 1/n between all items of a part, so that the level of each part is held where it is. Nothing with a prior, which holds it. */
export function holdLevels(
  { parts, priorVariance }: Pick<Layout, 'parts' | 'priorVariance'>,
  information: Matrix,
): void {
  if (priorVariance !== null) return
  const sizes = sizesOf(parts)
  parts.forEach((part, i) => {
    parts.forEach((other, j) => {
      if (part === other) add(information, i, j, 1 / (sizes[part] as number))
    })
  })
}

function centreParts({ parts, items }: Layout, parameters: Float64Array): Float64Array {
  const sizes = sizesOf(parts)
  const sums = sizes.map(() => 0)
  parts.forEach((part, i) => {
    sums[part] = (sums[part] as number) + at(parameters, i)
  })
  return parameters.map((value, i) => {
    const part = parts[i]
    return i >= items || part === undefined ? value : value - (sums[part] as number) / (sizes[part] as number)
  })
}

function sizesOf(parts: readonly number[]): number[] {
  const sizes: number[] = []
  for (const part of parts) sizes[part] = (sizes[part] ?? 0) + 1
  return sizes
}

function add(matrix: Matrix, r: number, c: number, value: number): void {
  const row = rowOf(matrix, r)
  row[c] = at(row, c) + value
}

const togetherEndless =
  'the likelihood grows without end, as when strengths explain every defeat together with ties or being heard first. Give priorVariance, or ask for more comparisons'

function separated(what: string): RangeError {
  return new RangeError(`comparisons: expected votes with a finite maximum, got separable ones: ${what}.`)
}

function unfound(priorVariance: number): RangeError {
  return new RangeError(
    `priorVariance: expected one under which the mode can be found in double precision, got ${priorVariance} with votes as many and as one-sided as these. Give a smaller one.`,
  )
}
