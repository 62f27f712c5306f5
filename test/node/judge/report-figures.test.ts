// Figures of a judging report as they stand in text.
import { expect, test } from 'vitest'
import { figure } from '../../../src/node/judge/report/table.ts'

test('a minus is as long as a plus, and stands before nothing that is rounded to 0', () => {
  expect([-0.04, 0.04, -0, -0.06, 1.25].map((value) => figure(value, 1))).toEqual([
    '0.0',
    '0.0',
    '0.0',
    '\u22120.1',
    '1.3',
  ])
})
