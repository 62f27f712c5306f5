// onset-match: detected onsets against true ones, as mir_eval (src/measure/rhythm/matching).
import { z } from 'zod'
import { measureOnsets } from '../../../measure/index.ts'
import { id, type MeasureKind } from '../kind.ts'
import { secondsList } from '../units.ts'

const schema = z.strictObject({
  id,
  reference: secondsList.describe('true onsets in seconds, ascending'),
  estimate: secondsList.describe('detected onsets in seconds, ascending'),
})

export const onsetMatch: MeasureKind<typeof schema> = {
  name: 'onset-match',
  summary: 'Detected onsets against true ones within 50 ms, as mir_eval',
  schema,
  answers: 'fMeasure, precision, recall, each 0 to 1 (0 when a list is empty, as mir_eval has it)',
  examples: ['{"id": "one missed", "reference": [0.1, 0.5, 0.9], "estimate": [0.12, 0.51]}'],
  measure: (match) => measureOnsets(match),
}
