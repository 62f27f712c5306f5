// What a session says of its errors: one covariance, of what votes link; ranks are drawn from it, and the verdict is that of its intervals.
import { expect, test } from 'vitest'
import { findEigen } from '../../src/judging/matrix.ts'
import { halve } from '../../src/judging/rank-chances.ts'
import { randomNormal, seededRandom } from '../../src/random.ts'
import type { Answer } from '../../src/record/index.ts'
import { holdSession, noisy, type Party, resultOf, type Taste } from './hold-session.ts'

/** Trials of the pairs that `heard` lets through; the rest was never asked. */
const hearing = ({ key, said }: Party, heard: (a: number, b: number) => boolean): Party => ({
  key,
  said: said.filter(({ judge, statement }) => {
    if (statement.kind !== 'vote') return true
    const trial = key.judges.find((one) => one.judge === judge)?.trials[statement.trial]
    return trial !== undefined && heard(trial.a, trial.b)
  }),
})

test.each(['likelihood', 'prior'])('votes that do not link all entries (%s): no number between those', (way) => {
  const taste = way === 'prior' ? (): Answer => 'a' : noisy(4)
  const party = hearing(holdSession([1, 0, 0, -1], 8, taste, 12), (a, b) => a < 2 === b < 2)
  const { covariance, entries, parts, ranking, verdict, undefined: reasons, next } = resultOf(party)
  expect(ranking?.estimator.includes('prior')).toBe(way === 'prior')
  expect(covariance?.map((row) => row.map((value) => (value === null ? '-' : '+')).join(''))).toEqual([
    '++--',
    '++--',
    '--++',
    '--++',
  ])
  expect(entries.map(({ rankChances }) => rankChances)).toEqual([null, null, null, null])
  const across = ranking?.acrossJudges
  expect(across?.covariance).toEqual(covariance)
  expect(ranking?.covariance.map((row) => row.map((value) => value === null))).toEqual(
    covariance?.map((row) => row.map((value) => value === null)),
  )
  expect(across?.differences.map(({ a, b }) => a + b)).toEqual(['e0e1', 'e2e3'])
  expect(parts).toEqual([
    ['e0', 'e1'],
    ['e2', 'e3'],
  ])
  expect(entries.map(({ entry }) => entry < 'e2')).toEqual([true, true, false, false])
  // Of two, an entry is half their difference above its own part's mean.
  for (const { a, low, high } of across?.differences ?? []) {
    const own = across?.strengths[a]
    expect([2 * (own?.low ?? 0), 2 * (own?.high ?? 0)]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)])
  }
  expect(reasons).toMatchObject({
    covariance: 'votes do not link (e0, e1) with (e2, e3)',
    rankChances: 'votes do not link (e0, e1) with (e2, e3)',
  })
  expect(verdict.kind).toBe('unclear')
  expect(next.pairs.length).toBe(3)
})

test('ranks are drawn from a covariance, the one that is exported; no rank is certain between entries that may be equal', () => {
  const own = Array.from({ length: 4 }, (_, k) => {
    const random = seededRandom(k)
    return Array.from({ length: 6 }, () => 1.5 * randomNormal(random))
  })
  for (let seed = 0; seed < 8; seed++) {
    const taste: Taste = (trial, judge, d) =>
      noisy(seed * 9 + judge)(trial, judge, d + (own[(judge + seed) % 4]?.[trial.a % 6] ?? 0))
    const { covariance, entries, ranking } = resultOf(holdSession([0, 0, 0, 0, 0, 0], 4, taste, 15))
    const rows = covariance?.map((row) => Float64Array.from(row, (value) => value ?? Number.NaN)) ?? []
    expect(Math.min(...findEigen(rows).values)).toBeGreaterThan(-1e-9)
    expect(ranking?.acrossJudges?.covariance).toEqual(covariance)
    for (const { rankChances } of entries) expect(Math.max(...(rankChances ?? []))).toBeLessThan(1)
  }
})

test('two judges of one mind: ranks are no surer than intervals', () => {
  const { entries } = resultOf(holdSession([2, 0, -2], 2, (_, __, d) => (d > 0 ? 'a' : 'b'), 3))
  for (const { rankChances } of entries) expect(Math.max(...(rankChances ?? [1]))).toBeLessThan(0.95)
})

test('a winner is named exactly when the intervals of its differences leave out 0', () => {
  let winners = 0
  for (let seed = 0; seed < 24; seed++) {
    const { verdict, ranking, entries } = resultOf(holdSession([0.6, -0.6], 10, noisy(100 + seed), 2))
    const [first] = entries
    const apart = ranking?.acrossJudges?.differences.every(({ a, low, high }) =>
      a === first?.entry ? low > 0 : high < 0,
    )
    expect(verdict.kind === 'winner').toBe(apart === true)
    if (verdict.kind === 'winner') winners++
  }
  expect(winners).toBeGreaterThan(2)
  expect(winners).toBeLessThan(22)
})

test('what is no covariance is refused, not drawn from', () => {
  expect(() =>
    halve([
      [1, 2],
      [2, 1],
    ]),
  ).toThrow(/covariance: expected a positive semidefinite matrix, got a pivot of -3/)
})

test('half of a singular matrix, squared, is the matrix', () => {
  const matrix = [
    [2, -1, -1],
    [-1, 2, -1],
    [-1, -1, 2],
  ]
  const lower = halve(matrix)
  matrix.forEach((row, i) => {
    row.forEach((value, j) => {
      expect(lower.reduce((sum, _, k) => sum + (lower[i]?.[k] ?? 0) * (lower[j]?.[k] ?? 0), 0)).toBeCloseTo(value, 12)
    })
  })
})
