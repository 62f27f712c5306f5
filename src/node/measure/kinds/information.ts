// information: what one series tells about another, or about itself, in bits (src/measure/information).
import { z } from 'zod'
import {
  activeInformation,
  conditionalTransferEntropy,
  type Information,
  mutualInformation,
  type Series,
  transferEntropy,
} from '../../../measure/index.ts'
import { id, type MeasureKind } from '../kind.ts'

const series = z.union([z.array(z.int()), z.array(z.array(z.int()))], {
  error: 'expected a list of whole numbers, or a list of such lists (runs)',
})

const fieldsOfKind = {
  'transfer-entropy': ['source', 'target'],
  'conditional-transfer-entropy': ['source', 'target', 'condition'],
  'active-information': ['target'],
  'mutual-information': ['source', 'target'],
} as const

const schema = z
  .strictObject({
    id,
    kind: z
      .enum(['transfer-entropy', 'conditional-transfer-entropy', 'active-information', 'mutual-information'])
      .describe('which measure'),
    source: series.optional().describe('list of whole numbers, or a list of runs (not for active-information)'),
    target: series.describe('likewise, as long as source'),
    condition: z
      .array(series)
      .optional()
      .describe('list of series as long as target (conditional-transfer-entropy only)'),
    k: z
      .int()
      .min(1)
      .optional()
      .describe("how many of target's own last values are known already (default 1; not for mutual-information)"),
  })
  .superRefine((request, context) => {
    const needed: readonly string[] = fieldsOfKind[request.kind]
    for (const field of ['source', 'condition'] as const) {
      const given = request[field] !== undefined
      if (given === needed.includes(field)) continue
      const message = given ? `expected nothing with ${request.kind}, got a list` : 'expected a list, got nothing'
      context.addIssue({ code: 'custom', path: [field], message })
    }
    if (request.kind === 'mutual-information' && request.k !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['k'],
        message: 'expected nothing with mutual-information, got a number',
      })
  })

export const information: MeasureKind<typeof schema> = {
  name: 'information',
  summary: 'Transfer entropy, conditional or not, active and mutual information of series, in bits',
  schema,
  answers: 'bits, from 0 up (plug-in estimate; null when no run is longer than k)',
  examples: [
    '{"id": "copied", "kind": "transfer-entropy", "source": [0, 1, 1, 0, 1, 0, 0], "target": [0, 0, 1, 1, 0, 1, 0]}',
    '{"id": "two runs", "kind": "mutual-information", "source": [[0, 1], [1, 1]], "target": [[0, 1], [1, 0]]}',
  ],
  measure({ kind, source = [], target, condition = [], k }): Information {
    const question: { source: Series; target: Series } = { source, target }
    switch (kind) {
      case 'transfer-entropy':
        return transferEntropy({ ...question, k })
      case 'conditional-transfer-entropy':
        return conditionalTransferEntropy({ ...question, condition, k })
      case 'active-information':
        return activeInformation({ target, k })
      case 'mutual-information':
        return mutualInformation(question)
    }
  },
}
