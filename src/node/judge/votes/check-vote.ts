// Whether a statement can have come from this judge's page: the pair is there, every question is answered, no more was heard than there is.
import type { Judge, JudgingSession, Statement } from '../../../record/index.ts'

/** In words what is wrong; null: nothing. */
export function checkVote(statement: Statement, { criteria, clip }: JudgingSession, judge: Judge): string | null {
  if (statement.kind !== 'vote') return null
  if (judge.trials[statement.trial] === undefined) return 'Statement: there is no such pair among yours.'
  const answered = Object.keys(statement.answers)
  if (answered.length !== criteria.length || criteria.some((criterion) => !answered.includes(criterion)))
    return `Statement: expected an answer for each of ${criteria.join(', ')}.`
  const { a, b } = statement.heardSeconds
  return Math.max(a, b) > clip.seconds + 1 ? 'Statement: more was heard than the clips hold.' : null
}
