// Whether a statement can have come from this judge's page: the pair is there, every question is answered, no more was heard than there is.
import type { ChainedStatement, Judge, JudgingSession, Statement } from '../../../record/index.ts'

/** In words what is wrong; null: nothing. */
export function checkVote(statement: Statement, { criteria, clip }: JudgingSession, judge: Judge): string | null {
  if (statement.kind !== 'vote') return null
  const trial = judge.trials[statement.trial]
  if (trial === undefined) return 'Statement: there is no such pair among yours.'
  const { a, b, x } = statement.heardSeconds
  if (Math.max(a, b, x ?? 0) > clip.seconds + 1) return 'Statement: more was heard than the clips hold.'
  const answered = Object.keys(statement.answers)
  if (trial.kind === 'abx')
    return statement.x === undefined || x === undefined || answered.length > 0
      ? 'Statement: expected x, which of the two X is, how long each of the three was heard, and no other answer.'
      : null
  const sides = [statement.first, ...statement.notes.map(({ side }) => side)]
  if (statement.x !== undefined || x !== undefined || sides.includes('x'))
    return 'Statement: there is no X among the sounds of this pair.'
  return answered.length !== criteria.length || criteria.some((criterion) => !answered.includes(criterion))
    ? `Statement: expected an answer for each of ${criteria.join(', ')}.`
    : null
}

/**
 * Whether it is time for it: nothing before consent, the end after all pairs. `lines`: what is stored, as far as it is known; more of them can
 * only take an objection away. In words what is wrong; null: nothing.
 */
export function checkTurn(statement: Statement, judge: Judge, lines: readonly ChainedStatement[]): string | null {
  const own = lines.filter((line) => line.judge === judge.judge)
  if (own.some((line) => line.statement.id === statement.id)) return null
  if (statement.kind !== 'consent' && own.every((line) => line.statement.kind !== 'consent'))
    return 'Nothing is taken from a judge before consent.'
  if (statement.kind !== 'end') return null
  const judged = new Set(own.flatMap(({ statement: vote }) => (vote.kind === 'vote' ? [vote.trial] : [])))
  const open = judge.trials.length - judged.size
  return open > 0 ? `The session ends when all pairs are judged; ${open} of ${judge.trials.length} are not.` : null
}
