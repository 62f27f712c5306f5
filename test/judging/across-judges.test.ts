// Intervals over judges: against the same errors worked out observation by observation, against Student's test, and where nothing can be told.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centreLevels } from '../../src/judging/centre.ts'
import { clusterErrors } from '../../src/judging/clustered.ts'
import { readVotes } from '../../src/judging/comparisons.ts'
import { fitStrengths, holdLevels } from '../../src/judging/fit.ts'
import { type Comparison, rankItems, studentQuantile } from '../../src/judging/index.ts'
import { findEigen, invert, type Matrix } from '../../src/judging/matrix.ts'
import { freedomsAlone } from '../../src/judging/pool-judges.ts'
import { incompleteBeta } from '../../src/judging/student.ts'
import { seededRandom } from '../../src/random.ts'
import { table } from './outside.ts'
import { unlikePanel } from './unlike-panel.ts'

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
    const votes = readVotes(items, comparisons)
    const plan = {
      items: items.length,
      votes,
      model: 'bradley-terry',
      orderEffect: 'none',
      priorVariance: null,
    } as const
    const fit = fitStrengths(plan)
    const information = fit.information.map((row) => Float64Array.from(row))
    holdLevels({ parts: fit.parts, priorVariance: null }, information)
    const clustered = clusterErrors({ votes, model: 'bradley-terry', fit }, invert(information) as Matrix)
    if (typeof clustered === 'string') throw new Error(clustered)
    const covariance = centreLevels(clustered.covariance, fit.parts)
    items.forEach((item: string, i: number) => {
      const centred = Float64Array.from(items, (_, j) => (i === j ? 1 : 0) - 1 / items.length)
      expect(across?.strengths[item]?.value).toBeCloseTo(strengths[i], 8)
      expect(Math.sqrt(covariance[i]?.[i] ?? 0)).toBeCloseTo(standardErrors[i], 8)
      expect(clustered.freedomsOf(centred)).toBeCloseTo(freedoms[i], 6)
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

  // The variance of the judges' shares, as in Student's test, less what single votes have by luck: squares of residuals
  // are N p (1 - p), the model, in which p is fitted, expects one part in N less; judges' pulls make J / (J - 1) of it.
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
          const [square, number] = [variance / wins.length / (share * (1 - share)) ** 2, each * wins.length]
          const ofVotes = 1 / (number * share * (1 - share))
          const times = square / ofVotes - wins.length / (wins.length - 1) / number
          expect((difference?.standardError ?? 0) ** 2 / ofVotes).toBeCloseTo(Math.max(times, 1), 8)
          // What judges leave uncertain of it, of which single votes' own squares are known.
          const freedoms = freedomsAlone(Math.max(times, 1), wins.length - 1, 1 / each)
          expect((difference?.freedoms ?? 0) / freedoms).toBeCloseTo(1, 4)
          expect(freedoms).toBeGreaterThan(wins.length - 1)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('one vote of each judge tells nothing of judges: the interval of independent votes', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'tie', 'b'), { minLength: 3, maxLength: 20 }), (results) => {
      fc.pre(results.includes('a') && results.includes('b'))
      const comparisons = results.map((result, j): Comparison => ({ a: 'x', b: 'y', result, judge: `${j}` }))
      const found = rankItems({ items: ['x', 'y'], comparisons, model: 'davidson', intervals: true })
      const [difference] = found.acrossJudges?.differences ?? []
      expect(difference?.standardError).toBeCloseTo(2 * (found.standardErrors['x'] ?? 0), 8)
      expect(difference?.freedoms).toBe(1e6)
    }),
    { numRuns: 40 },
  )
})

test('judges who all say the same: the interval of independent votes, not none', () => {
  const votes = ['j', 'k', 'l'].flatMap((judge): Comparison[] => [
    { a: 'x', b: 'y', result: 'a', count: 3, judge },
    { a: 'x', b: 'y', result: 'b', judge },
  ])
  const ranking = rankItems({ items: ['x', 'y'], comparisons: votes, model: 'bradley-terry', intervals: true })
  const [difference] = ranking.acrossJudges?.differences ?? []
  expect(difference?.standardError).toBeCloseTo(1 / 1.5, 8)
  // Three of four, twelve votes: log 3 +- t / sqrt(12 * 3/4 * 1/4), with freedoms of three judges whose error was cut off at that of votes.
  const t = studentQuantile(0.95, freedomsAlone(1, 2, 1 / 4))
  expect(difference?.low).toBeCloseTo(Math.log(3) - t / 1.5, 5)
  expect(difference?.high).toBeCloseTo(Math.log(3) + t / 1.5, 5)
})

// 2 E^2 / var of max(1, Q), Q gamma with mean `value` and variance 2 (value^2 - known) / ofJudges: by scipy.integrate.quad over scipy.stats.gamma.
test.each([
  [1, 3, 0.25, 12.18221042219997],
  [1.5, 7, 0.25, 11.17047366678742],
  [3, 3, 0.05, 3.421798890608481],
  [10, 7, 0.1, 7.009291767025388],
  [1.02, 23, 1, 1218.0540487466574],
])(
  'two items: an error of %d times that of votes, judges who leave %d freedoms, %d known',
  (value, judges, known, freedoms) => {
    expect(freedomsAlone(value, judges, known) / freedoms).toBeCloseTo(1, 9)
  },
)

test('two items: no more freedoms than judges leave where they add all, no limit where votes say all', () => {
  expect(freedomsAlone(1e4, 3, 0.25)).toBeCloseTo(3, 2)
  expect(freedomsAlone(1, 3, 1)).toBe(1e6)
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 100, noNaN: true }),
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (value, judges, known) => {
        const freedoms = freedomsAlone(value, judges, known)
        expect(freedoms).toBeGreaterThanOrEqual(judges * (1 - 1e-9))
        expect(freedoms).toBeLessThanOrEqual(1e6)
        expect(freedomsAlone(2 * value, judges, known)).toBeLessThanOrEqual(freedoms * (1 + 1e-6))
      },
    ),
    { numRuns: 100 },
  )
})

const least = (matrix: readonly (readonly number[])[]) =>
  Math.min(...findEigen(matrix.map((row) => Float64Array.from(row))).values)

test('the covariance is one: no negative direction, none narrower than independent votes, intervals of differences follow from it', () => {
  const items = ['u', 'v', 'w', 'x', 'y', 'z']
  let told = 0
  for (let seed = 0; seed < 40; seed++) {
    const comparisons = unlikePanel(seededRandom(seed), items, 2 + (seed % 5), 1)
    const given = {
      items,
      comparisons,
      model: 'davidson',
      orderEffect: true,
      priorVariance: 2.25,
      intervals: true,
    } as const
    const { acrossJudges, covariance } = rankItems(given)
    if (acrossJudges === null) continue
    told++
    const whole = acrossJudges.covariance.map((row) => row.map((value) => value ?? Number.NaN))
    const scale = Math.max(...whole.map((row, i) => row[i] ?? 0))
    expect(least(whole)).toBeGreaterThan(-1e-9 * scale)
    expect(least(whole.map((row, i) => row.map((value, j) => value - (covariance[i]?.[j] ?? 0))))).toBeGreaterThan(
      -1e-9 * scale,
    )
    for (const { a, b, value, standardError, freedoms, high } of acrossJudges.differences) {
      const [i, j] = [items.indexOf(a), items.indexOf(b)]
      const entry = (r: number, c: number) => whole[r]?.[c] ?? 0
      expect(standardError ** 2).toBeCloseTo(entry(i, i) + entry(j, j) - 2 * entry(i, j), 9)
      expect(high - value).toBeCloseTo(studentQuantile(0.95, freedoms) * standardError, 9)
    }
  }
  expect(told).toBeGreaterThan(30)
})

test('relabelled items and judges: the same errors', () => {
  const items = ['w', 'x', 'y', 'z']
  const comparisons = unlikePanel(seededRandom(5), items, 5, 1)
  const ask = (order: readonly string[], votes: readonly Comparison[]) =>
    rankItems({ items: order, comparisons: votes, model: 'davidson', intervals: true }).acrossJudges?.strengths
  const plain = ask(items, comparisons)
  const turned = ask(
    [...items].reverse(),
    [...comparisons].reverse().map((vote) => ({ ...vote, judge: `${vote.judge}!` })),
  )
  for (const item of items) {
    expect(turned?.[item]?.standardError).toBeCloseTo(plain?.[item]?.standardError ?? 0, 9)
    expect(turned?.[item]?.freedoms).toBeCloseTo(plain?.[item]?.freedoms ?? 0, 6)
  }
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
    const told = across?.covariance.map((row) => row.map((value) => (value === null ? '-' : '+')).join(''))
    expect(told).toEqual(['++---', '++---', '--++-', '--++-', '-----'])
  })
})
