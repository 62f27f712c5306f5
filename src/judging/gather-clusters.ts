// What each judge says of the parameters. Votes and their fit in; one cluster per judge out, over the parameters alone that its votes touch.
// A vote without a judge is a cluster of its own; equal ones are one cluster with their number.
import type { Vote } from './comparisons.ts'
import { addVote, type Fit, placeVote } from './fit.ts'
import { at, type Matrix, rowOf, zeros } from './matrix.ts'
import { type OutcomeModel, slopesOf } from './outcome-models.ts'

export interface Fitted {
  readonly votes: readonly Vote[]
  readonly model: OutcomeModel
  readonly fit: Pick<Fit, 'parameters' | 'orderAt' | 'tieAt'>
}

/** Vectors and matrices are over `places`. */
export interface Cluster {
  /** Of the parameters that it speaks of, ascending; left out: all. */
  readonly places?: readonly number[]
  readonly gradient: Float64Array
  readonly information: Matrix
  /** Of its votes, before they are weighed; left out: 0. */
  readonly luck?: Matrix
  /** How many such clusters there are; left out: 1. */
  readonly count?: number
}

type Block = Required<Cluster>

/** `inverse` of all information. */
export function gatherClusters(fitted: Fitted, inverse: Matrix): Cluster[] {
  const named = new Map<string, Block[]>()
  const lone = new Map<string, Block & { count: number }>()
  for (const vote of fitted.votes) {
    const block = lookAtVote(fitted, vote, inverse)
    if (vote.judge !== null) {
      const own = named.get(vote.judge)
      if (own === undefined) named.set(vote.judge, [block])
      else own.push(block)
      continue
    }
    const key = [vote.a, vote.b, vote.result, vote.order].join(' ')
    const same = lone.get(key)
    if (same === undefined) lone.set(key, { ...block })
    else same.count += block.count
  }
  return [...[...named.values()].map(joinBlocks), ...lone.values()]
}

/** One vote alone; `count`: how often it was given. */
function lookAtVote({ model, fit }: Fitted, vote: Vote, inverse: Matrix): Block {
  const { d, t } = placeVote(vote, fit.parameters, fit, model)
  const [low, high] = vote.a < vote.b ? [vote.a, vote.b] : [vote.b, vote.a]
  const places = [low, high, fit.orderAt, fit.tieAt].filter((place) => place !== null)
  const placeOf = (place: number | null) => (place === null ? null : places.indexOf(place))
  const own = { ...vote, a: places.indexOf(vote.a), b: places.indexOf(vote.b), count: 1 }
  const block = openBlock(places, vote.count)
  const extra = { orderAt: placeOf(fit.orderAt), tieAt: placeOf(fit.tieAt) }
  addVote(extra, own, slopesOf(model, vote.result, d, t), block.gradient, block.information)
  fillLuck(block, inverse)
  return block
}

const openBlock = (places: readonly number[], count: number): Block => ({
  places,
  gradient: new Float64Array(places.length),
  information: zeros(places.length),
  luck: zeros(places.length),
  count,
})

/** g g' - h + h M h of one vote. */
function fillLuck({ places, gradient, information, luck }: Block, inverse: Matrix): void {
  const of = (r: number, c: number) => at(rowOf(information, r), c)
  luck.forEach((row, r) => {
    row.forEach((_, c) => {
      let known = of(r, c)
      places.forEach((place, k) => {
        const inverseRow = rowOf(inverse, place)
        places.forEach((other, l) => {
          known -= of(r, k) * at(inverseRow, other) * of(l, c)
        })
      })
      row[c] = at(gradient, r) * at(gradient, c) - known
    })
  })
}

/** A judge's votes as one cluster. */
function joinBlocks(blocks: readonly Block[]): Cluster {
  const places = [...new Set(blocks.flatMap((block) => block.places))].sort((a, b) => a - b)
  const placeOf = new Map(places.map((place, k) => [place, k]))
  const whole = openBlock(places, 1)
  for (const block of blocks) {
    const own = block.places.map((place) => placeOf.get(place) as number)
    own.forEach((r, k) => {
      whole.gradient[r] = at(whole.gradient, r) + block.count * at(block.gradient, k)
      const [information, luck] = [rowOf(whole.information, r), rowOf(whole.luck, r)]
      own.forEach((c, l) => {
        information[c] = at(information, c) + block.count * at(rowOf(block.information, k), l)
        luck[c] = at(luck, c) + block.count * at(rowOf(block.luck, k), l)
      })
    })
  }
  return whole
}
