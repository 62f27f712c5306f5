// How far the fit is from one that gives every pair its own chances: deviance = 2 sum observed log(observed / expected) over the cells.
// A cell is an unordered pair of items, kept apart by who was heard first where that is known.
// Degrees of freedom: cells - (items - parts) with two outcomes (a tie is half a win for each), 2 cells - (items - parts) - 1 with ties as an
// outcome of their own; one less for an order effect.
import type { Vote } from './comparisons.ts'
import { type Fit, placeVote } from './fit.ts'
import { chancesOf, type OutcomeModel } from './outcome-models.ts'

interface Cell {
  readonly vote: Vote
  a: number
  tie: number
  b: number
}

export function devianceOf({
  votes,
  model,
  fit,
}: {
  readonly votes: readonly Vote[]
  readonly model: OutcomeModel
  readonly fit: Fit
}): { deviance: number; degreesOfFreedom: number } {
  const cells = countCells(votes, model)
  const deviance = cells.reduce((sum, cell) => {
    const { d, t } = placeVote(cell.vote, fit.parameters, fit, model)
    const chances = chancesOf(model, d, t)
    const all = cell.a + cell.tie + cell.b
    const parts = (['a', 'tie', 'b'] as const).map((result) =>
      cell[result] === 0 ? 0 : cell[result] * Math.log(cell[result] / (all * chances[result])),
    )
    return sum + 2 * parts.reduce((total, part) => total + part, 0)
  }, 0)
  const compared = new Set(votes.flatMap(({ a, b }) => [a, b]))
  const linked = new Set([...compared].map((i) => fit.parts[i])).size
  const free =
    compared.size - linked + (model === 'bradley-terry' || cells.length === 0 ? 0 : 1) + (fit.orderAt === null ? 0 : 1)
  return {
    deviance: Math.max(0, deviance),
    degreesOfFreedom: (model === 'bradley-terry' ? 1 : 2) * cells.length - free,
  }
}

function countCells(votes: readonly Vote[], model: OutcomeModel): Cell[] {
  const cells = new Map<string, Cell>()
  for (const vote of votes) {
    const turned = vote.a > vote.b
    const seen: Vote = turned ? turn(vote) : vote
    const key = `${seen.a} ${seen.b} ${seen.order}`
    const cell = cells.get(key) ?? { vote: seen, a: 0, tie: 0, b: 0 }
    cells.set(key, cell)
    if (model === 'bradley-terry' && seen.result === 'tie') {
      cell.a += seen.count / 2
      cell.b += seen.count / 2
    } else cell[seen.result] += seen.count
  }
  return [...cells.values()]
}

const turnedResult = { a: 'b', b: 'a', tie: 'tie' } as const
const turnedOrder = { '-1': 1, '0': 0, '1': -1 } as const

function turn({ a, b, result, order, ...rest }: Vote): Vote {
  return { ...rest, a: b, b: a, result: turnedResult[result], order: turnedOrder[order] }
}
