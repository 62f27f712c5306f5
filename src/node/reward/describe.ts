// Learned settings as lines for a person.
import type { Learned, RankingSettings } from '../../record/index.ts'
import { describeCeiling } from '../machine/describe.ts'

export function describeLearned({
  weighting,
  weights,
  learned,
}: RankingSettings & { readonly learned: Learned }): string {
  const { heldOut, audit, ceiling, leftOut, penalty, stoppedAt, judges } = learned
  const told = ({ accuracy, decided, brier }: Learned['audit']) =>
    `${accuracy === null ? 'none decided' : `${(100 * accuracy).toFixed(1)} % of ${decided} decided votes`}, Brier ${brier.toFixed(3)}`
  const lines = [
    `${weighting}; ${judges.audit.length} of the judges kept apart; penalty ${penalty}${stoppedAt !== null && stoppedAt > penalty ? `, though the audit began to fall at ${stoppedAt}` : ''}`,
    ...Object.entries(weights).map(([name, weight]) => {
      const own = learned.weights.find((one) => one.name === name)
      const free = own?.free
      const interval =
        free == null
          ? (own?.unknown ?? leftOut[name] ?? '')
          : `${free.value.toFixed(2)} log-odds, 95 % ${free.low.toFixed(2)} to ${free.high.toFixed(2)}`
      return `  ${name.padEnd(11)} ${(weight ?? 0).toFixed(2)}  ${interval}`
    }),
    ...learned.weights.flatMap(({ name, kind, free }) =>
      kind === 'nuisance' && free !== null
        ? [`  (${name}: ${free.low.toFixed(2)} to ${free.high.toFixed(2)}, no taste)`]
        : [],
    ),
    `unseen judges and runs (two deals pooled: a vote may count in each): ${told(heldOut.learned)}; by equal weights ${told(heldOut.unlearned)}; by nuisance alone ${told(heldOut.nuisanceAlone)}`,
    ...heldOut.learned.table.map(
      ({ from, to, votes, told: chance, came }) =>
        `  told ${from.toFixed(1)} to ${to.toFixed(1)}: ${chance.toFixed(2)} on the mean, came ${came.toFixed(2)} (${votes} votes)`,
    ),
    `judges kept apart: ${told(audit)}`,
    `ceiling: ${describeCeiling(ceiling)}`,
    'Before they are used, see whether they still hold the degenerate below the living: hocket gauntlet --settings FILE',
  ]
  return `${lines.join('\n')}\n`
}
