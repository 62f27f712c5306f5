// What a judge is asked of a trial, and what may be answered.
import type { Answer, Criterion } from '../../record/index.ts'
import type { BySide } from './player.ts'
import type { Mine } from './server.ts'

/** What is asked; `x`: which of the two X is. */
export type Question = Criterion | 'x'

/** Those of the session; where there is a third sound X, the one question is which of the two it is. */
export const questionsOf = ({ criteria }: Pick<Mine, 'criteria'>, sounds: BySide<AudioBuffer>): readonly Question[] =>
  sounds.x === undefined ? criteria : ['x']

/** X is one of the two, so there is no tie. */
export const mayAnswer = (question: Question, given: Answer): boolean =>
  question !== 'x' || given === 'a' || given === 'b'

/** As many as a vote takes (src/record/judging.ts). */
export const mostNotes = 20
