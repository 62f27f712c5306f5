// Whether a statement can have come from this judge's page: the pair is there, every question is answered, no more was heard than there is.
import type { Judge, JudgingSession, Statement } from '../../../record/index.ts'

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
