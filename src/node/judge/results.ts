// What a session says, worked out: votes that count, what each criterion's say, ABX, how steady every judge was.
import {
  type AbxResult,
  type Concordance,
  type CountedVotes,
  type CriterionResult,
  compareEntries,
  countThrough,
  countVotes,
  measureAbx,
  measureConcordance,
  measureSplitPanel,
  rankCriterion,
  type SplitPanel,
} from '../../judging/index.ts'
import type { ChainedStatement, MachineResult } from '../../record/index.ts'
import type { OpenedSession } from './session-files.ts'

export interface SaidSession extends Pick<OpenedSession, 'session' | 'key' | 'root'> {
  readonly said: readonly ChainedStatement[]
  /** Beside the people; none when left out. */
  readonly machines?: readonly MachineResult[]
}

export interface SessionResults extends CountedVotes {
  readonly criteria: readonly (CriterionResult & {
    readonly splitPanel: SplitPanel
    readonly concordance: Concordance
  })[]
  /** null: the session has no ABX trials. */
  readonly abx: AbxResult | null
  /** Hash of the last line: who notes it can tell later that no line was cut off. */
  readonly head: string
  readonly statements: number
  readonly votes: number
}

export function resultsOf({ session, key, said, root }: SaidSession): SessionResults {
  const votes = countVotes(session, key, said)
  const through = countThrough(votes)
  return {
    ...votes,
    criteria: session.criteria.map((criterion) => {
      const request = { session, key, counted: votes.counted, criterion, through }
      const items = key.entries.map(({ entry }) => entry)
      const { priorVariance } = session.rules
      const comparisons = compareEntries(request)
      const splitPanel = measureSplitPanel(items, comparisons, {
        priorVariance,
        seed: `${session.seed}/${criterion}`,
      })
      return { ...rankCriterion(request), splitPanel, concordance: measureConcordance(items, comparisons) }
    }),
    abx: measureAbx(session, key, { last: votes.last, conducts: votes.judges }),
    head: said.at(-1)?.hash ?? root,
    statements: said.length,
    votes: said.filter(({ statement }) => statement.kind === 'vote').length,
  }
}

/** How many votes fell out for which reason, most first. */
export function countReasons({ excluded }: Pick<SessionResults, 'excluded'>): (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort(([, p], [, q]) => q - p)
}
