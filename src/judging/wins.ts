// Who won against whom, and what the model expected: residual = (score - expected) / sqrt(variance) over the votes of a pair, a tie half a win.
import type { Comparison } from './comparisons.ts'
import { chancesOf, type OutcomeModel } from './outcome-models.ts'
import type { Ranking } from './ranking.ts'

export interface PairWins {
  readonly a: string
  readonly b: string
  readonly aWins: number
  readonly ties: number
  readonly bWins: number
  /** Wins of a and half the ties, as the model has it; null without a ranking. */
  readonly expected: number | null
  /** Standardised; beyond 2 or 3 the pair does not fit into one order of strengths. */
  readonly residual: number | null
}

/** What the votes were fitted with. */
export interface Expectation {
  readonly ranking: Ranking | null
  readonly model: OutcomeModel
}

/** Pairs that were compared, in the order of the items. */
export function compareWins(
  items: readonly string[],
  comparisons: readonly Comparison[],
  expectation: Expectation,
): PairWins[] {
  return items.flatMap((a, i) =>
    items.slice(i + 1).flatMap((b) => {
      const own = comparisons.filter((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a))
      return own.length === 0 ? [] : [compare(a, b, own, expectation)]
    }),
  )
}

function compare(a: string, b: string, own: readonly Comparison[], { ranking, model }: Expectation): PairWins {
  const wins = (item: string) => own.filter((one) => one.result !== 'tie' && one[one.result] === item).length
  const [aWins, bWins] = [wins(a), wins(b)]
  const ties = own.length - aWins - bWins
  const counts = { a, b, aWins, ties, bWins }
  const [strengthA, strengthB] = [ranking?.strengths[a] ?? null, ranking?.strengths[b] ?? null]
  if (ranking === null || strengthA === null || strengthB === null) return { ...counts, expected: null, residual: null }
  let [expected, variance] = [0, 0]
  for (const one of own) {
    const order = (ranking.orderEffect ?? 0) * ((one.a === a) === (one.aFirst !== false) ? 1 : -1)
    const chances = chancesOf(model, strengthA - strengthB + order, Math.log(ranking.tieParameter ?? 0))
    const mean = chances.a + chances.tie / 2
    expected += mean
    variance += chances.a + chances.tie / 4 - mean * mean
  }
  return { ...counts, expected, residual: variance > 0 ? (aWins + ties / 2 - expected) / Math.sqrt(variance) : null }
}
