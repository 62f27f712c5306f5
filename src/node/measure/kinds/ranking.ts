// ranking: strengths of items from paired comparisons (src/judging).
import { z } from 'zod'
import { rankItems } from '../../../judging/index.ts'
import { id, type MeasureKind } from '../kind.ts'
import { refuseRangeErrors } from '../refusals.ts'

const name = z.string().min(1)

const comparison = z.strictObject({
  a: name,
  b: name,
  result: z.enum(['a', 'b', 'tie']),
  count: z.int().min(0).optional(),
  judge: z.string().optional(),
  aFirst: z.boolean().optional(),
})

const schema = z.strictObject({
  id,
  items: z.array(name).min(1).describe('list of names'),
  comparisons: z
    .array(comparison)
    .describe('list of {a, b, result: "a", "b" or "tie", count? (default 1), judge?, aFirst? (a was heard first)}'),
  model: z
    .enum(['bradley-terry', 'davidson', 'rao-kupper'])
    .describe(
      'what a tie is: half a win for each; an outcome, likelier between equals (davidson); a difference too small to hear (rao-kupper)',
    ),
  priorVariance: z
    .number()
    .gt(0)
    .optional()
    .describe(
      'of a Gaussian prior on each strength, in squared log-odds; then the posterior mode is given (give one where votes chose the pairs: next-pairs)',
    ),
  orderEffect: z
    .boolean()
    .optional()
    .describe('give being heard first a strength of its own (needs aFirst everywhere)'),
  orderPriorVariance: z
    .number()
    .gt(0)
    .optional()
    .describe(
      'of a Gaussian prior on that strength; needed where all that was decided went to what was heard first, or all to what was heard second',
    ),
  intervals: z
    .boolean()
    .optional()
    .describe('give acrossJudges: 95 % intervals of strengths and differences that hold for few judges'),
})

export const ranking: MeasureKind<typeof schema> = {
  name: 'ranking',
  summary: 'Strengths of items from paired comparisons, with errors clustered by judge',
  schema,
  answers:
    'strengths (log-odds, centred on 0), standardErrors and clusteredStandardErrors by item, covariance in the order of items, tieParameter, orderEffect, logLikelihood, deviance, degreesOfFreedom, connected, separable, separationReliability, judges: {judge: {infit, outfit, count}}, estimator, acrossJudges: {share, judges, strengths: {item: {value, standardError, freedoms, low, high}}, differences, covariance}',
  examples: [
    '{"id": "two", "items": ["x", "y"], "comparisons": [{"a": "x", "b": "y", "result": "a", "count": 3}, {"a": "x", "b": "y", "result": "b"}], "model": "bradley-terry"}',
  ],
  measure: (request) => refuseRangeErrors(() => rankItems(request)),
}
