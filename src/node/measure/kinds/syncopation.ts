// syncopation: how a bar's rhythm lies against its meter, after ten models (src/measure/rhythm/syncopation).
import { z } from 'zod'
import { measureSyncopation } from '../../../measure/index.ts'
import { id, type MeasureKind } from '../kind.ts'

const schema = z.strictObject({
  id,
  pattern: z.string().min(1).describe('one bar of even cells, "x" sounds and "." rests: "x..x..x...x.x..."'),
  meter: z.string().describe('such as "4/4", "3/4", "12/8"'),
  looped: z.boolean().default(true).describe('whether the bar comes round and round (default true) or stands alone'),
})

export const syncopation: MeasureKind<typeof schema> = {
  name: 'syncopation',
  summary: "How a bar's rhythm lies against its meter, after ten models",
  schema,
  answers:
    'longuetHigginsLee (-1: no syncopation), toussaintMetric, siorosGuedes, keith (weighted), keithCount, offBeatness, weightedNoteToBeatDistance, npvi (0 to 200), evenness and balance (0 to 1); null where a model does not cover the meter',
  examples: ['{"id": "son", "pattern": "x..x..x...x.x...", "meter": "4/4", "looped": true}'],
  measure: ({ pattern, meter, looped }) => measureSyncopation(pattern, meter, looped ? 'looped' : 'single'),
}
