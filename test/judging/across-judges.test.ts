// Intervals over judges: against the same errors worked out observation by observation, against Student's test, and where nothing can be told.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Comparison, rankItems, studentQuantile } from '../../src/judging/index.ts'
import { incompleteBeta } from '../../src/judging/student.ts'
import { table } from './outside.ts'

test("Student's quantiles: tables", () => {
  for (const [share, df, t] of [
    [0.95, 1, 12.706204736174694],
    [0.95, 2.5, 3.5746548420036817],
    [0.95, 7, 2.364624251592784],
    [0.95, 23, 2.0686576104190486],
    [0.95, 400, 1.9659123432294627],
    [0.9, 7, 1.8945786050900062],
  ] as const)
    expect(studentQuantile(share, df)).toBeCloseTo(t, 9)
  expect(incompleteBeta(0.3, 2, 3)).toBeCloseTo(0.3483, 12) // a polynomial: 6x^2 - 8x^3 + 3x^4
  expect(() => studentQuantile(1, 4)).toThrow(/share: expected/)
  expect(() => studentQuantile(0.95, 0)).toThrow(/df: expected/)
})

describe('bias-reduced errors', () => {
  const { items, comparisons, strengths, standardErrors, freedoms } = table('cr2')
  const ranking = rankItems({ items, comparisons, model: 'bradley-terry', intervals: true })
  const across = ranking.acrossJudges

  test('five judges of 3 to 21 votes: as by the residuals of single votes', () => {
    items.forEach((item: string, i: number) => {
      const interval = across?.strengths[item]
      expect(interval?.value).toBeCloseTo(strengths[i], 8)
      expect(interval?.standardError).toBeCloseTo(standardErrors[i], 8)
      expect(interval?.freedoms).toBeCloseTo(freedoms[i], 6)
      // Never narrower than that of independent votes.
      const reach = Math.max(
        studentQuantile(0.95, freedoms[i]) * standardErrors[i],
        1.959963984540054 * (ranking.standardErrors[item] ?? 0),
      )
      expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeCloseTo(2 * reach, 5)
    })
  })

  test('differences: each pair once, value as of the strengths', () => {
    expect(across?.differences.length).toBe(6)
    for (const { a, b, value, low, high } of across?.differences ?? []) {
      expect(value).toBeCloseTo((across?.strengths[a]?.value ?? 0) - (across?.strengths[b]?.value ?? 0), 12)
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
    }
  })

  test("two items, judges of equally many votes: Student's test of the judges' shares", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 9 }),
        fc.integer({ min: 0, max: 3 }),
        (wins, more) => {
          const each = 6 + more
          const all = wins.reduce((sum, own) => sum + own, 0)
          fc.pre(all > 0 && all < each * wins.length)
          const votes = wins.flatMap((own, j): Comparison[] => [
            { a: 'x', b: 'y', result: 'a', count: own, judge: `${j}` },
            { a: 'x', b: 'y', result: 'b', count: each - own, judge: `${j}` },
          ])
          const found = rankItems({ items: ['x', 'y'], comparisons: votes, model: 'bradley-terry', intervals: true })
          const [difference] = found.acrossJudges?.differences ?? []
          const share = all / each / wins.length
          const variance = wins.reduce((sum, own) => sum + (own / each - share) ** 2, 0) / (wins.length - 1)
          const error = Math.sqrt(variance / wins.length) / (share * (1 - share))
          expect(difference?.standardError).toBeCloseTo(error, 8)
          expect(difference?.freedoms).toBeCloseTo(wins.length - 1, 8)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('judges who all say the same: the interval of independent votes, not none', () => {
  const votes = ['j', 'k', 'l'].flatMap((judge): Comparison[] => [
    { a: 'x', b: 'y', result: 'a', count: 3, judge },
    { a: 'x', b: 'y', result: 'b', judge },
  ])
  const ranking = rankItems({ items: ['x', 'y'], comparisons: votes, model: 'bradley-terry', intervals: true })
  const [difference] = ranking.acrossJudges?.differences ?? []
  expect(difference?.standardError).toBeCloseTo(0, 8)
  // Three of four, twelve votes: log 3 +- 1.96 / sqrt(12 * 3/4 * 1/4).
  expect(difference?.low).toBeCloseTo(Math.log(3) - 1.959963984540054 / 1.5, 6)
  expect(difference?.high).toBeCloseTo(Math.log(3) + 1.959963984540054 / 1.5, 6)
})

describe('nothing to tell errors by', () => {
  const votes = (judges: readonly (string | undefined)[]): Comparison[] =>
    judges.flatMap((judge): Comparison[] => [
      { a: 'x', b: 'y', result: 'a', count: 2, judge },
      { a: 'x', b: 'y', result: 'b', judge },
    ])
  const reasonOf = (comparisons: readonly Comparison[], intervals = true, items = ['x', 'y']) => {
    const ranking = rankItems({ items, comparisons, model: 'bradley-terry', intervals })
    expect(ranking.acrossJudges).toBeNull()
    return ranking.undefined['acrossJudges']
  }

  test('no judge, one judge, not asked', () => {
    expect(reasonOf(votes([undefined]))).toBe('no judge is named')
    expect(reasonOf(votes(['j']))).toBe('needs two judges or more')
    expect(reasonOf(votes(['j', 'k']), false)).toBe('not asked for')
  })

  test('a pair that only one judge heard', () => {
    const alone: Comparison[] = [
      { a: 'y', b: 'z', result: 'a', judge: 'j' },
      { a: 'y', b: 'z', result: 'b', judge: 'j' },
    ]
    expect(reasonOf([...votes(['j', 'k']), ...alone], true, ['x', 'y', 'z'])).toBe(
      'a difference rests on one judge alone',
    )
  })

  test('an item never compared has none, parts are not compared with each other', () => {
    const other = votes(['j', 'k']).map((vote) => ({ ...vote, a: 'v', b: 'w' }))
    const comparisons = [...votes(['j', 'k']), ...other]
    const across = rankItems({
      items: ['x', 'y', 'v', 'w', 'nobody'],
      comparisons: [
        ...comparisons,
        { a: 'x', b: 'y', result: 'b', judge: 'k' },
        { a: 'v', b: 'w', result: 'b', judge: 'k' },
      ],
      model: 'bradley-terry',
      intervals: true,
    }).acrossJudges
    expect(across?.strengths['nobody']).toBeNull()
    expect(across?.differences.map(({ a, b }) => a + b)).toEqual(['xy', 'vw'])
  })
})
