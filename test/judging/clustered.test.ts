// Errors over judges, by the short ways that they are worked out: as by the formulas as they stand, and as by single votes.
import { describe, expect, test } from 'vitest'
import { clusterErrors } from '../../src/judging/clustered.ts'
import { readVotes, type Vote } from '../../src/judging/comparisons.ts'
import { addVote, type Fit, fitStrengths, placeVote } from '../../src/judging/fit.ts'
import { type AcrossJudges, type Comparison, rankItems } from '../../src/judging/index.ts'
import {
  addSquare,
  at,
  decompose,
  dot,
  findEigen,
  invert,
  type Matrix,
  multiply,
  rowOf,
  transpose,
  zeros,
} from '../../src/judging/matrix.ts'
import { slopesOf } from '../../src/judging/outcome-models.ts'
import { seededRandom } from '../../src/random.ts'
import { unlikePanel } from './unlike-panel.ts'

describe('votes without a judge', () => {
  const items = ['v', 'w', 'x', 'y']
  const panel = unlikePanel(seededRandom('lone'), items, 6, 0.7)
  const ask = (comparisons: readonly Comparison[]) =>
    rankItems({ items, comparisons, model: 'davidson', orderEffect: true, intervals: true })
      .acrossJudges as AcrossJudges
  const numbersOf = ({ strengths, differences, covariance }: AcrossJudges) => [
    ...[...Object.values(strengths), ...differences].flatMap((one) => [one?.value, one?.standardError, one?.low]),
    ...covariance.flat(),
  ]

  test('a count says the same as so many judges of one vote each', () => {
    const counted = panel.map((vote, k): Comparison => {
      const { judge, ...said } = vote
      return judge === '0' || judge === '1' ? { ...said, count: 1 + (k % 4) } : vote
    })
    const singly = counted.flatMap((vote, k) => {
      const { count = 1, ...said } = vote
      return vote.judge !== undefined
        ? [vote]
        : Array.from({ length: count }, (_, n) => ({ ...said, judge: `${k} ${n}` }))
    })
    const [found, expected] = [ask(counted), ask(singly)]
    expect(found.judges).toBe(expected.judges)
    const wanted = numbersOf(expected)
    numbersOf(found).forEach((value, k) => {
      expect(value).toBeCloseTo(wanted[k] ?? Number.NaN, 9)
    })
    found.differences.forEach(({ freedoms }, k) => {
      expect(freedoms / (expected.differences[k]?.freedoms ?? 0)).toBeCloseTo(1, 8)
    })
  })

  test('a million million of each: errors as of independent votes, a millionth of those of one', () => {
    const each = (count: number): Comparison[] => [
      { a: 'x', b: 'y', result: 'a', count: 2 * count },
      { a: 'y', b: 'x', result: 'a', count },
      { a: 'z', b: 'y', result: 'a', count },
      { a: 'z', b: 'y', result: 'b', count },
      { a: 'x', b: 'y', result: 'b', judge: 'j' },
    ]
    const given = { items: ['x', 'y', 'z'], comparisons: each(1e12), model: 'bradley-terry', intervals: true } as const
    const across = rankItems(given).acrossJudges
    expect(across?.judges).toBe(5e12 + 1)
    // 1 / (N p (1 - p)) of each pair: 3/2, and 2; the third by both.
    for (const [k, variance] of [3 / 2, 7 / 2, 2].entries())
      expect((across?.differences[k]?.standardError ?? 0) * 1e6).toBeCloseTo(Math.sqrt(variance), 6)
  })
})

describe('judges of a few of many entries', () => {
  const items = Array.from({ length: 9 }, (_, i) => `${i}`)
  const few = unlikePanel(seededRandom('few'), items, 24, 0.1)
  const all = unlikePanel(seededRandom('all'), items, 3, 1).map((vote) => ({ ...vote, judge: `all ${vote.judge}` }))

  // By the formulas as they stand, with matrices of all parameters, each product of two judges by itself.
  test.each([
    ['many', [...few, ...all]],
    ['few', [...all, ...few.filter(({ judge }) => judge === '3')]],
  ])('%s judges: pulls, luck and freedoms as by matrices of all parameters', (_, comparisons) => {
    const votes = readVotes(items, comparisons)
    const [model, priorVariance] = ['davidson', 2] as const
    const fit = fitStrengths({ items: items.length, votes, model, orderEffect: 'fitted', priorVariance })
    const inverse = invert(fit.information) as Matrix
    const found = clusterErrors({ votes, model, fit }, inverse)
    if (typeof found === 'string') throw new Error(found)
    const combination = Float64Array.from(inverse, (_, k) => (k === 2 ? 1 : k === 5 ? -1 : 0))
    const judged = [...new Set(comparisons.map(({ judge }) => judge))].map((judge) => {
      const own = votes.filter((vote) => vote.judge === judge)
      const [gradient, information] = bendAll(own, fit)
      const weight = weightOf(information, inverse)
      const luck = own.map((vote) => {
        const [g, h] = bendAll([vote], fit)
        const hMh = times(times(h, inverse), h)
        return h.map((row, r) => row.map((value, c) => at(g, r) * at(g, c) - value + at(rowOf(hMh, r), c)))
      })
      return { weight, luck: luck.map((one) => times(times(weight, one), weight)), gradient, information }
    })
    judged.forEach(({ weight, gradient }, j) => {
      expectClose([multiply(weight, gradient)], [found.pulls[j]?.vector as Float64Array])
    })
    const luck = judged
      .flatMap((own) => own.luck)
      .reduce((sum, one) => sum.map((row, r) => row.map((x, c) => x + at(rowOf(one, r), c))))
    expectClose(luck, found.luck)
    let [trace, squares] = [0, 0]
    judged.forEach((one, i) => {
      judged.forEach((other, j) => {
        const [a, b] = [multiply(one.weight, combination), multiply(other.weight, combination)]
        const told = i === j ? dot(a, multiply(one.information, a)) : 0
        const entry = told - dot(multiply(one.information, a), multiply(inverse, multiply(other.information, b)))
        if (i === j) trace += entry
        squares += entry * entry
      })
    })
    expect(found.freedomsOf(combination) / (trace ** 2 / squares)).toBeCloseTo(1, 9)
  })

  const bendAll = (votes: readonly Vote[], fit: Fit): [Float64Array, Matrix] => {
    const [gradient, information] = [new Float64Array(fit.parameters.length), zeros(fit.parameters.length)]
    for (const vote of votes) {
      const { d, t } = placeVote(vote, fit.parameters, fit, 'davidson')
      addVote(fit, vote, slopesOf('davidson', vote.result, d, t), gradient, information)
    }
    return [gradient, information]
  }

  /** L (1 - L' H L)^(-1/2) L'. */
  const weightOf = (information: Matrix, inverse: Matrix): Matrix => {
    const root = decompose(inverse) as Matrix
    const { values, vectors } = findEigen(times(times(transpose(root), information), root))
    const weight = zeros(root.length)
    vectors.forEach((vector, k) => {
      addSquare(weight, multiply(root, vector), 1 / Math.sqrt(1 - at(values, k)))
    })
    return weight
  }

  const times = (a: Matrix, b: Matrix): Matrix => a.map((row) => multiply(transpose(b), row))

  const expectClose = (found: Matrix, expected: Matrix) => {
    found.forEach((row, r) => {
      row.forEach((value, c) => {
        expect(value).toBeCloseTo(expected[r]?.[c] ?? Number.NaN, 10)
      })
    })
  }
})
