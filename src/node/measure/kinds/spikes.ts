// spikes: distances between spike trains, as PySpike defines them (src/measure/rhythm/spikes).
import { z } from 'zod'
import { measureSpikes } from '../../../measure/index.ts'
import { id, type MeasureKind } from '../kind.ts'
import { seconds, secondsList } from '../units.ts'

const schema = z.strictObject({
  id,
  trains: z.array(secondsList).min(2).describe('two or more lists of spike times, ascending, within the observation'),
  startSeconds: seconds.describe('when listening began'),
  endSeconds: seconds.describe('when it ended'),
})

export const spikes: MeasureKind<typeof schema> = {
  name: 'spikes',
  summary: 'How far apart spike trains fire, and who leads, as PySpike defines it',
  schema,
  answers:
    'isiDistance (0 to 1), spikeDistance, spikeSync (0 to 1), order (-1 to 1, positive: earlier trains lead; null without spikes); of more than two trains distances are means over pairs, spikeSync and order pool them',
  examples: ['{"id": "two trains", "trains": [[0.1, 0.5, 0.9], [0.2, 0.6]], "startSeconds": 0, "endSeconds": 1}'],
  measure: ({ trains, startSeconds, endSeconds }) => measureSpikes(trains, { startSeconds, endSeconds }),
}
