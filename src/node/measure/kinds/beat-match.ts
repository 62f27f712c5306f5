// beat-match: tracked beats against true ones, as mir_eval (src/measure/rhythm/matching).
import { z } from 'zod'
import { measureBeats } from '../../../measure/index.ts'
import { id, type MeasureKind } from '../kind.ts'
import { secondsList } from '../units.ts'

const schema = z.strictObject({
  id,
  reference: secondsList.describe('true beats in seconds, ascending; those before 5 s are left out'),
  estimate: secondsList.describe('tracked beats, likewise'),
})

export const beatMatch: MeasureKind<typeof schema> = {
  name: 'beat-match',
  summary: 'Tracked beats against true ones, as mir_eval; beats before 5 s are left out',
  schema,
  answers:
    'fMeasure, cemgil, cemgilBest, goto, pScore, cmlContinuous, cmlTotal, amlContinuous, amlTotal, informationGain (0 when a measure cannot be taken, as mir_eval has it)',
  examples: ['{"id": "a little late", "reference": [6, 6.5, 7, 7.5], "estimate": [6.02, 6.52, 7.02, 7.52]}'],
  measure: (match) => measureBeats(match),
}
