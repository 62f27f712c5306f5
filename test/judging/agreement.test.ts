// Agreement against published examples and by laws.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Level, measureAgreement } from '../../src/judging/index.ts'
import { table } from './outside.ts'

const reference = table('agreement_and_information_gain')
const levels: Level[] = ['nominal', 'ordinal', 'interval', 'ratio']

test.each(levels)("Krippendorff's example, %s", (level) => {
  const { data, [level]: alpha } = reference.krippendorff_codings
  expect(measureAgreement(data, level).krippendorffAlpha).toBeCloseTo(alpha, 9)
})

test("Fleiss' example", () => {
  const { counts, kappa } = reference.fleiss_wikipedia
  const byItem: number[][] = counts.map((row: number[]) =>
    row.flatMap((count, category) => new Array(count).fill(category)),
  )
  const ratings = (byItem[0] ?? []).map((_, judge) => byItem.map((row) => row[judge] ?? 0))
  expect(measureAgreement(ratings, 'nominal').fleissKappa).toBeCloseTo(kappa, 9)
})

test("Cohen's example", () => {
  const { table: counts, kappa } = reference.cohen_wikipedia
  const cells = (counts as number[][]).flatMap((row, a) =>
    row.flatMap((count, b) => new Array<[number, number]>(count).fill([a, b])),
  )
  const ratings = [cells.map(([a]) => a), cells.map(([, b]) => b)]
  expect(measureAgreement(ratings, 'nominal').cohenKappa).toBeCloseTo(kappa, 9)
})

const orders = [
  [1, 2, 3, 4, 5, 6],
  [2, 1, 4, 3, 6, 5],
  [1, 3, 2, 6, 4, 5],
]
test("Kendall's W and the mean rank correlation of pairs of judges: W = (1 + (m - 1) r) / m", () => {
  const rho = (x: number[], y: number[]) =>
    1 - (6 * x.reduce((sum, v, i) => sum + (v - (y[i] ?? 0)) ** 2, 0)) / (6 * 35)
  const [a, b, c] = orders as [number[], number[], number[]]
  const mean = (rho(a, b) + rho(a, c) + rho(b, c)) / 3
  expect(measureAgreement(orders, 'ordinal').kendallW).toBeCloseTo((1 + 2 * mean) / 3, 12)
})

test('full agreement is 1 in every coefficient, order of judges and items does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 12 }), (row) => {
      fc.pre(new Set(row).size > 1)
      const { undefined: reasons, ...values } = measureAgreement([row, row], 'ordinal')
      for (const value of Object.values(values)) expect(value).toBeCloseTo(1, 12)
      expect(reasons).toEqual({})
    }),
  )
  const turned = [...orders].reverse().map((row) => [...row].reverse())
  expect(measureAgreement(turned, 'interval').krippendorffAlpha).toBeCloseTo(
    measureAgreement(orders, 'interval').krippendorffAlpha ?? 0,
    12,
  )
})

test('where a coefficient has no value it says why', () => {
  const missing = measureAgreement(
    [
      [1, null, 2],
      [1, 2, 2],
      [1, 2, 1],
    ],
    'nominal',
  )
  expect(missing.krippendorffAlpha).not.toBeNull()
  expect(missing.undefined).toMatchObject({
    fleissKappa: 'some ratings are missing',
    cohenKappa: 'is for two judges, got 3',
    kendallW: 'nominal ratings have no order',
  })
  const flat = measureAgreement(
    [
      [2, 2, 2],
      [2, 2, 2],
    ],
    'interval',
  )
  expect(Object.keys(flat.undefined).sort()).toEqual(['cohenKappa', 'fleissKappa', 'kendallW', 'krippendorffAlpha'])
  expect(measureAgreement([[1, 2]], 'interval').krippendorffAlpha).toBeNull()
})

test('ragged and impossible ratings are refused with their place', () => {
  expect(() => measureAgreement([[1, 2], [1]], 'nominal')).toThrow(/ratings\.1: expected 2 ratings/)
  expect(() => measureAgreement([[1, Number.NaN]], 'nominal')).toThrow(/ratings\.0\.1/)
  expect(() =>
    measureAgreement(
      [
        [1, -1e308],
        [1, 2],
      ],
      'interval',
    ),
  ).toThrow(/ratings\.0\.1: expected a number within 1e100/)
  expect(() =>
    measureAgreement(
      [
        [1, -2],
        [1, 2],
      ],
      'ratio',
    ),
  ).toThrow(/at least 0 at ratio level/)
})
