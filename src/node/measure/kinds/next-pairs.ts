// next-pairs: which comparisons would tell most (src/judging).
import { z } from 'zod'
import { choosePairs } from '../../../judging/index.ts'
import { id, type MeasureKind } from '../kind.ts'
import { refuseRangeErrors } from '../refusals.ts'

const number = z.number()

const schema = z.strictObject({
  id,
  items: z.array(z.string().min(1)).min(1).describe('list of names'),
  mean: z.array(number).describe('believed strength of each item, log-odds'),
  covariance: z.array(z.array(number)).describe('of the strengths, a row an item'),
  count: z.int().min(0).optional().describe('how many pairs (default: one fewer than items)'),
})

export const nextPairs: MeasureKind<typeof schema> = {
  name: 'next-pairs',
  summary: 'Which pairs to compare next, by expected information',
  schema,
  answers:
    'pairs (a maximum spanning tree, best first; then further trees), gainsNats (of one vote on each). Rank the votes on pairs chosen so with a prior (ranking: priorVariance, with orderEffect orderPriorVariance too): greatest likelihood draws strengths too far apart where votes chose the pairs, and intervals hold too seldom',
  examples: ['{"id": "two", "items": ["x", "y"], "mean": [0.4, -0.4], "covariance": [[0.5, -0.5], [-0.5, 0.5]]}'],
  measure: (beliefs) => refuseRangeErrors(() => choosePairs(beliefs)),
}
