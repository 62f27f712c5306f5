// rhythm: everything that is measured of two event streams (src/measure/rhythm/measure-rhythm.ts).
import { z } from 'zod'
import { measureRhythm } from '../../../measure/index.ts'
import { id, type MeasureKind } from '../kind.ts'
import { seconds, secondsList } from '../units.ts'

const stream = z
  .strictObject({ onsets: secondsList, marks: z.array(z.string()).optional() })
  .describe('{onsets, marks?}: seconds, ascending; marks are names of pitches or timbres, one an onset')

const schema = z.strictObject({
  id,
  a: stream,
  b: stream,
  startSeconds: seconds.optional().describe('from when (default 0)'),
  endSeconds: seconds.optional().describe('until when (default: the last onset)'),
  windowSeconds: seconds.default(0.05).describe('width of the coincidence window (default 0.05)'),
  lagSeconds: z.number().min(-1e9).max(1e9).default(0).describe('how much later a coincidence is expected (default 0)'),
})

export const rhythm: MeasureKind<typeof schema> = {
  name: 'rhythm',
  summary: 'How two streams of events weave, meet and follow each other',
  schema,
  answers:
    'interlock: {score, presence, pulse, space, evenness, refrain, variety} (0 to 1), tatumSeconds, spike: {isiDistance, spikeDistance, spikeSync, order}, eventSynchronization: {strength, delay (positive: a leads)}, coincidence: {precursorAB, triggerAB, precursorBA, triggerBA}, asynchrony: {meanSeconds (a minus b), sdSeconds, count}, coupling: {aToB, bToA (bits), pAToB, pBToA}',
  examples: [
    '{"id": "two", "a": {"onsets": [0, 0.5, 1], "marks": ["bell", "bell", "wood"]}, "b": {"onsets": [0.25, 0.75]}}',
  ],
  measure: ({ a, b, ...settings }) => measureRhythm(a, b, settings),
}
