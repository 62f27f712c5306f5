// event-series: event synchronization and event coincidence analysis (src/measure/rhythm/event-series).
import { z } from 'zod'
import { measureEvents } from '../../../measure/index.ts'
import { id, type MeasureKind } from '../kind.ts'
import { timesList } from '../units.ts'

const time = z.number().min(-1e12).max(1e12)

const schema = z.strictObject({
  id,
  x: timesList.describe('event times, ascending, in any unit; equal times are one event'),
  y: timesList.describe('likewise, in the same unit'),
  taumax: z.number().min(0).optional().describe('longest distance that is synchronous (default: unlimited)'),
  lag: time.default(0).describe('how much later the second event is expected (default 0)'),
  deltaT: z.number().min(0).optional().describe('width of the coincidence window; without it eca is null'),
})

const rates = ['precursorXY', 'triggerXY', 'precursorYX', 'triggerYX'] as const

/** A field of the measures as it stands in the answer: "coincidence.triggerXY" is "eca.1". */
function told(field: string): string {
  const at = rates.findIndex((rate) => field === `coincidence.${rate}`)
  return at >= 0 ? `eca.${at}` : field === 'synchronization' ? 'es' : 'eca'
}

export const eventSeries: MeasureKind<typeof schema> = {
  name: 'event-series',
  summary: 'Event synchronization and event coincidence analysis of two series of times',
  schema,
  answers:
    'es: [Qxy, Qyx] with double counting removed, eca: [precursorXY, triggerXY, precursorYX, triggerYX]; each 0 to 1',
  examples: ['{"id": "b follows a", "x": [1, 2, 3, 4], "y": [1.1, 2.1, 3.1, 4.1], "deltaT": 0.2}'],
  measure({ x, y, ...window }) {
    const { synchronization, coincidence, undefined: reasons } = measureEvents(x, y, window)
    return {
      es: synchronization && [synchronization.xy, synchronization.yx],
      eca: coincidence && rates.map((rate) => coincidence[rate]),
      undefined: Object.fromEntries(Object.entries(reasons).map(([field, reason]) => [told(field), reason])),
    }
  },
}
