// Listeners' votes on runs -> settings of the ranking composite. The part of the composite that is weighed is a weighted sum of logarithms,
//   log prod c^(w / sum w) = sum w log c / sum w
// so the weights are those of a logistic regression of votes on differences of the components' logarithms, drawn to equal weights.
import {
  type Comparison,
  composeWeights,
  fitReward,
  type MeasuredItem,
  measureCeiling,
  type RewardFit,
} from '../../judging/index.ts'
import { defaultRanking } from '../../measure/index.ts'
import {
  InputError,
  type Learned,
  type RankingComponent,
  type RankingSettings,
  rankingComponents,
  rankingSettingsSchema,
  tellLearned,
} from '../../record/index.ts'

export interface RatedItem {
  readonly item: string
  /** Held out together. */
  readonly group: string
  readonly components: Readonly<Partial<Record<RankingComponent, number | null>>>
  /** Loudness, duration, density and what else is no taste. */
  readonly nuisance: Readonly<Record<string, number | null>>
}

export interface LearnRequest {
  readonly items: readonly RatedItem[]
  readonly votes: readonly Comparison[]
  /** The same with pairs that judges were given again, for the ceiling alone. */
  readonly withRepeats?: readonly Comparison[]
  /** SHA-256 of the votes' bytes. */
  readonly sha256: string
  readonly session: string | null
  /** YYYY-MM-DD. */
  readonly date: string
  readonly seed: number
}

/** Below it a component's logarithm says no more: a tenth and a hundredth sound alike broken. */
const leastComponent = 0.05

/** Throws InputError where votes say too little, with what would help. */
export function learnSettings(request: LearnRequest): RankingSettings & { readonly learned: Learned } {
  const { votes, sha256, session, date, withRepeats = votes } = request
  try {
    const fit = fitReward({ items: request.items.map(describeItem), votes, shrink: 'equal', seed: request.seed })
    const count = votes.reduce((sum, vote) => sum + (vote.count ?? 1), 0)
    const settings = {
      ...defaultRanking,
      name: `learned-${sha256.slice(0, 8)}`,
      weighting: tellLearned({ votes: { count }, judges: fit.judges, date }),
      weights: composeWeights(fit.weights, rankingComponents),
      learned: { date, session, votes: { sha256, count }, ...describeFit(fit), ceiling: measureCeiling(withRepeats) },
    }
    const parsed = rankingSettingsSchema.parse(settings)
    return { ...parsed, learned: parsed.learned as Learned }
  } catch (error) {
    if (error instanceof RangeError) throw new InputError('too-little', error.message)
    throw error
  }
}

function describeItem({ item, group, components, nuisance }: RatedItem): MeasuredItem {
  const measures = rankingComponents.map((name): [string, number | null] => {
    const value = components[name] ?? null
    return [name, value === null ? null : Math.log(Math.max(leastComponent, value))]
  })
  return { item, group, measures: Object.fromEntries(measures), nuisance }
}

function describeFit(fit: RewardFit) {
  const { weights, leftOut, penalty, chosenPenalty, stoppedAt, path, judges, heldOut, audit } = fit
  return { judges, weights, leftOut, penalty, chosenPenalty, stoppedAt, path, heldOut, audit }
}
