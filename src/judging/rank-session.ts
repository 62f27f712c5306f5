// The ranking of one criterion of a session, by the first way that has a maximum, and which way that was. Comparisons in; ranking out.
//   1  Davidson with an effect of being heard first, greatest likelihood
//   2  the same with a Gaussian prior on strengths: some entry never lost, or never won
//   3  the same with that prior on the effect too: all that was decided went to what was heard first, or all to what was heard second
//   4  Bradley-Terry, a tie half a win, with the prior on strengths: nothing but ties, which say nothing of being heard first
import type { Comparison } from './comparisons.ts'
import type { OutcomeModel } from './outcome-models.ts'
import { type Ranking, rankItems } from './ranking.ts'

export interface SessionRanking {
  /** null: no vote counts. */
  readonly ranking: Ranking | null
  readonly model: OutcomeModel
  /** Where the effect of being heard first is from; none: it was left out. */
  readonly orderFrom: 'likelihood' | 'prior' | 'none'
  /** Of the prior, where one was needed, in squared log-odds. */
  readonly priorVariance: number | null
  /** Why it was not the first way. */
  readonly reason: string | null
}

/** A prior makes all comparable, but what it says of entries that no vote links is not of these judges. */
const asked = { intervals: true, compare: 'linked' } as const

export function rankSession(
  items: readonly string[],
  comparisons: readonly Comparison[],
  priorVariance: number,
): SessionRanking {
  if (comparisons.length === 0)
    return { ranking: null, model: 'davidson', orderFrom: 'none', priorVariance: null, reason: 'no vote counts' }
  const davidson = { items, comparisons, model: 'davidson', orderEffect: true, ...asked } as const
  const likeliest = tryRanking(davidson)
  if (likeliest !== null)
    return { ranking: likeliest, model: 'davidson', orderFrom: 'likelihood', priorVariance: null, reason: null }
  const prior = `a Gaussian prior (variance ${priorVariance})`
  const drawn = tryRanking({ ...davidson, priorVariance })
  if (drawn !== null) {
    const reason = `strengths have no finite maximum of likelihood, as where an entry never lost or never won: ${prior} draws them to their mean`
    return { ranking: drawn, model: 'davidson', orderFrom: 'likelihood', priorVariance, reason }
  }
  const side = findFavoured(comparisons)
  const both = side === null ? null : tryRanking({ ...davidson, priorVariance, orderPriorVariance: priorVariance })
  if (both !== null) {
    const reason = `what was heard ${side} was preferred in every vote that was decided, so its effect has no finite maximum of likelihood: ${prior} draws it to 0, and strengths to their mean`
    return { ranking: both, model: 'davidson', orderFrom: 'prior', priorVariance, reason }
  }
  const plain = rankItems({ items, comparisons, model: 'bradley-terry', priorVariance, ...asked })
  const reason = `no chance of a tie fits votes that are ties alone: each is half a win, and ${prior} draws strengths to their mean`
  return { ranking: plain, model: 'bradley-terry', orderFrom: 'none', priorVariance, reason }
}

/** null: no finite maximum. */
function tryRanking(request: Parameters<typeof rankItems>[0]): Ranking | null {
  try {
    return rankItems(request)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return null
  }
}

/** Which of the two sounds, in the order of hearing, was preferred in every vote that was decided. */
export function findFavoured(comparisons: readonly Comparison[]): 'first' | 'second' | null {
  const decided = comparisons.filter(({ result }) => result !== 'tie')
  const firsts = decided.filter(({ result, aFirst }) => (result === 'a') === aFirst).length
  if (decided.length === 0) return null
  return firsts === decided.length ? 'first' : firsts === 0 ? 'second' : null
}
