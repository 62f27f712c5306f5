// agreement: how far judges agree beyond chance (src/judging).
import { z } from 'zod'
import { measureAgreement } from '../../../judging/index.ts'
import { id, type MeasureKind } from '../kind.ts'
import { refuseRangeErrors } from '../refusals.ts'

const schema = z.strictObject({
  id,
  ratings: z
    .array(z.array(z.number().nullable()))
    .min(1)
    .describe('a list a judge, of one number an item; null is missing'),
  level: z.enum(['nominal', 'ordinal', 'interval', 'ratio']).describe('what differences between the numbers mean'),
})

export const agreement: MeasureKind<typeof schema> = {
  name: 'agreement',
  summary: "Agreement of judges: Krippendorff's alpha, Fleiss' and Cohen's kappa, Kendall's W",
  schema,
  answers:
    'krippendorffAlpha, fleissKappa (no missing ratings), cohenKappa (two judges), kendallW (0 to 1; no missing ratings, not nominal)',
  examples: ['{"id": "two judges", "ratings": [[1, 2, 3, 3], [1, 2, 3, 4]], "level": "ordinal"}'],
  measure: ({ ratings, level }) => refuseRangeErrors(() => measureAgreement(ratings, level)),
}
