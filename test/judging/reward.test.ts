// Learning from votes what measures weigh: against an optimiser from elsewhere, by laws that hold exactly, and on judges whose weights are known.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Comparison,
  composeWeights,
  fitReward,
  type MeasuredItem,
  measureCeiling,
  simulateTastes,
  type TastePlan,
} from '../../src/judging/index.ts'
import { zeros } from '../../src/judging/matrix.ts'
import { judgePrediction } from '../../src/judging/reward/calibration.ts'
import { layOut } from '../../src/judging/reward/design.ts'
import { foldRows } from '../../src/judging/reward/folds.ts'
import { fitLogistic, logChance, type Row } from '../../src/judging/reward/logistic.ts'
import { ridgeOf } from '../../src/judging/reward/penalty.ts'
import { tellWeights } from '../../src/judging/reward/weights.ts'
import { seededRandom } from '../../src/random.ts'

const plan: TastePlan = {
  items: 18,
  weights: { consonance: 0.9, interlock: 0.6, alive: 0.3, vitality: 0 },
  nuisance: { loudness: 0.8, duration: 0 },
  alongside: { vitality: { nuisance: 'loudness', correlation: 0.7 } },
  spread: 0.3,
  orderEffect: 0.15,
  tie: 0.7,
  judges: 20,
  votesPerJudge: 40,
}

describe('ridge logistic regression', () => {
  const rows: Row[] = [
    [1, 0.5, 1, 1],
    [-0.5, 1, 0, 2],
    [0.3, -1.2, 0.5, 1],
    [2, 0.1, 1, 1],
    [-1, -0.4, 0, 3],
    [0.7, 0.9, 0.5, 1],
    [0, -0.6, 1, 2],
  ].map(([x1 = 0, x2 = 0, y = 0, weight = 0]) => ({ x: Float64Array.of(x1, x2), y, weight }))

  test("as scipy's BFGS finds it, with and without a ridge", () => {
    const free = fitLogistic(rows, zeros(2))
    expect(free?.beta[0]).toBeCloseTo(3.3404083931995077, 6)
    expect(free?.beta[1]).toBeCloseTo(-1.4885865182938165, 6)
    const ridged = fitLogistic(rows, [Float64Array.of(2, -1), Float64Array.of(-1, 2)])
    expect(ridged?.beta[0]).toBeCloseTo(0.8690442348293032, 6)
    expect(ridged?.beta[1]).toBeCloseTo(-0.016381703884599648, 6)
  })

  test('separable answers have no maximum without a ridge, and one with', () => {
    const won = [{ x: Float64Array.of(1), y: 1, weight: 1 }]
    expect(fitLogistic(won, zeros(1))).toBeNull()
    expect(fitLogistic(won, [Float64Array.of(1)])?.beta[0]).toBeCloseTo(0.4013, 3) // b = 1 / (1 + e^b)
  })

  test('far out a chance loses nothing', () => {
    expect(logChance(-800, 1)).toBe(-800)
    expect(logChance(800, 1)).toBeCloseTo(0, 12)
    expect(logChance(0, 0.5)).toBeCloseTo(-Math.log(2), 12)
  })

  test('drawn to equal: under an endless ridge all weigh the same, and what that is is fitted', () => {
    const columns = ['p', 'q'].map((name) => ({ name, kind: 'measure' as const, unit: 1 }))
    const equal = fitLogistic(rows, ridgeOf(columns, 'equal', 1e9))
    expect(equal?.beta[0]).toBeCloseTo(equal?.beta[1] ?? 0, 6)
    const summed = rows.map((row) => ({ ...row, x: Float64Array.of((row.x[0] ?? 0) + (row.x[1] ?? 0)) }))
    expect(equal?.beta[0]).toBeCloseTo(fitLogistic(summed, zeros(1))?.beta[0] ?? 0, 4)
    expect(fitLogistic(rows, ridgeOf(columns, 'zero', 1e9))?.beta[0]).toBeCloseTo(0, 6)
  })
})

describe('rows', () => {
  const item = (name: string, value: number | null, loudness: number | null = 0): MeasuredItem => ({
    item: name,
    group: name,
    measures: { value, same: 1 },
    nuisance: { loudness },
  })
  const vote: Comparison = { a: 'x', b: 'y', result: 'a', judge: 'j', aFirst: false }

  test('differences in units, what never differs left out with its reason, unknown says nothing', () => {
    const { columns, rows, leftOut } = layOut(
      [item('x', 1, -20), item('y', 3, -23), item('z', null, -26)],
      [vote, { ...vote, b: 'z', aFirst: true }],
      'natural',
    )
    expect(columns.map(({ name, unit }) => [name, unit])).toEqual([
      ['value', 1],
      ['loudness', 3],
      ['heardFirst', 1],
    ])
    expect(leftOut).toEqual({ same: 'the same in all items' })
    expect(rows.map(({ x }) => [...x])).toEqual([
      [-2, 1, -1],
      [0, 2, 1],
    ])
  })

  test('votes on strangers or without a judge are refused', () => {
    expect(() => layOut([item('x', 1)], [vote], 'natural')).toThrow(/votes\.0: expected measured items, got "y"/)
    expect(() => layOut([item('x', 1), item('y', 2)], [{ ...vote, judge: undefined }], 'natural')).toThrow(
      /votes\.0\.judge/,
    )
  })

  test('folds: what is tested shares neither judge nor item with what is learned from', () => {
    const { items, votes } = simulateTastes(plan, seededRandom(1))
    const { rows } = layOut(items, votes, 'natural')
    const folds = foldRows(rows, { items: 3, judges: 3 }, seededRandom(2))
    expect(folds.length).toBe(9)
    for (const { train, test: held } of folds) {
      const [judges, groups] = [new Set(train.map(({ judge }) => judge)), new Set(train.flatMap((row) => row.groups))]
      for (const row of held) {
        expect(judges.has(row.judge)).toBe(false)
        expect(row.groups.some((group) => groups.has(group))).toBe(false)
      }
    }
  })
})

describe('told chances', () => {
  test('Brier, log loss and accuracy by hand', () => {
    const prediction = judgePrediction([
      { chance: 0.8, y: 1, weight: 1 },
      { chance: 0.3, y: 0, weight: 1 },
      { chance: 0.9, y: 0, weight: 1 },
      { chance: 0.5, y: 0.5, weight: 1 },
    ])
    expect(prediction?.brier).toBeCloseTo((0.04 + 0.09 + 0.81 + 0) / 4, 12)
    expect(prediction?.logLoss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.7) + Math.log(0.1) + Math.log(0.5)) / 4, 12)
    expect([prediction?.accuracy, prediction?.decided, prediction?.votes]).toEqual([2 / 3, 3, 4])
    expect(prediction?.table.map(({ from, votes, came }) => [from, votes, came])).toEqual([
      [0.5, 1, 0.5],
      [0.7, 1, 1],
      [0.8, 1, 1],
      [0.9, 1, 0],
    ])
    expect(judgePrediction([])).toBeNull()
  })

  test('turning every pair over changes nothing', () => {
    const told = fc.record({
      chance: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      y: fc.constantFrom(0, 0.5, 1),
      weight: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(told, { minLength: 1 }), (votes) => {
        const [there, back] = [
          judgePrediction(votes),
          judgePrediction(votes.map(({ chance, y, weight }) => ({ chance: 1 - chance, y: 1 - y, weight }))),
        ]
        expect(back?.brier).toBeCloseTo(there?.brier ?? 9, 10)
        expect(back?.logLoss).toBeCloseTo(there?.logLoss ?? 9, 10)
        expect(back?.accuracy ?? 0).toBeCloseTo(there?.accuracy ?? 0, 10)
      }),
    )
  })
})

test('ceiling: the same judge again, judges with each other; ties do not count, sides may be swapped', () => {
  const vote = (judge: string, a: string, b: string, result: Comparison['result']): Comparison => ({
    judge,
    a,
    b,
    result,
  })
  const { sameJudge, otherJudges } = measureCeiling([
    vote('j', 'x', 'y', 'a'),
    vote('j', 'y', 'x', 'b'), // again x
    vote('j', 'x', 'y', 'b'), // now y
    vote('k', 'x', 'y', 'a'),
    vote('k', 'x', 'y', 'tie'),
    vote('k', 'x', 'z', 'a'),
    vote('l', 'z', 'x', 'b'),
  ])
  expect(sameJudge).toEqual({ share: 0.5, count: 2 })
  expect(otherJudges).toEqual({ share: (2 / 3 + 1) / 2, count: 4 })
  expect(measureCeiling([])).toEqual({ sameJudge: null, otherJudges: null })
})

describe('judges with known weights', () => {
  const tastes = simulateTastes(plan, seededRandom(1))
  const fit = fitReward({ ...tastes, shrink: 'zero', seed: 1 })
  const weightOf = (name: string) => {
    const weight = fit.weights.find((one) => one.name === name)
    if (weight?.free == null) throw new Error(name)
    return weight as typeof weight & { free: NonNullable<(typeof weight)['free']> }
  }

  test('weights come out in their order', () => {
    const { consonance, interlock, alive } = composeWeights(fit.weights, [
      'consonance',
      'interlock',
      'alive',
      'vitality',
    ])
    expect(consonance).toBeGreaterThan(interlock)
    expect(interlock).toBeGreaterThan(alive)
  })

  test('over 30 panels, 95 % intervals hold what endlessly many such judges weigh', () => {
    let [held, all] = [0, 0]
    for (let seed = 1; seed <= 30; seed++) {
      const { items, votes, truth } = simulateTastes({ ...plan, judges: 10, items: 12 }, seededRandom(seed))
      const { columns, rows } = layOut(items, votes, 'natural')
      const ridged = fitLogistic(rows, ridgeOf(columns, 'zero', 1))
      if (ridged === null) throw new Error('no fit')
      for (const { name, free } of tellWeights(columns, ridged, rows)) {
        const value = truth[name]
        if (value === undefined || free === null) continue
        all++
        if (free.low <= value && value <= free.high) held++
      }
    }
    expect(all).toBe(180)
    expect(held / all).toBeGreaterThan(0.9)
    expect(held / all).toBeLessThan(0.99)
  })

  test('what goes along with loudness is not taken for taste, as it is without covariates', () => {
    const { free } = weightOf('vitality')
    expect(free.low).toBeLessThan(0)
    const bare = fitReward({
      ...tastes,
      items: tastes.items.map((item) => ({ ...item, nuisance: {} })),
      shrink: 'zero',
      seed: 1,
    })
    expect(bare.weights.find(({ name }) => name === 'vitality')?.free?.low).toBeGreaterThan(0)
  })

  test('unseen votes are told better than by nuisance, not better than people agree', () => {
    const { learned, nuisanceAlone } = fit.heldOut
    expect(learned.brier).toBeLessThan(nuisanceAlone.brier)
    expect(learned.accuracy).toBeGreaterThan(nuisanceAlone.accuracy ?? 1)
    expect(learned.accuracy).toBeLessThan((fit.ceiling.sameJudge?.share ?? 0) + 0.05)
    expect(learned.table.reduce((sum, { votes }) => sum + votes, 0)).toBe(learned.votes)
  })

  test('judges kept apart are in no fit, and whatever they say changes neither penalty nor weights', () => {
    const { train, audit } = fit.judges
    expect(audit.length).toBe(6)
    expect(new Set([...train, ...audit]).size).toBe(20)
    for (let k = 1; k < fit.path.length; k++)
      expect(fit.path[k]?.proxy).toBeGreaterThanOrEqual((fit.path[k - 1]?.proxy ?? 0) - 1e-9)
    const fell = fit.path.findIndex((step, k) => k > 0 && step.audit < (fit.path[k - 1]?.audit ?? 0))
    expect(fit.stoppedAt).toBe(fell === -1 ? null : fit.path[fell - 1]?.penalty)
    const turn = { a: 'b', b: 'a', tie: 'tie' } as const
    const against = tastes.votes.map((vote) =>
      audit.includes(vote.judge ?? '') ? { ...vote, result: turn[vote.result] } : vote,
    )
    const other = fitReward({ ...tastes, votes: against, shrink: 'zero', seed: 1 })
    expect(other.stoppedAt).not.toBeNull()
    expect(other.audit).not.toEqual(fit.audit)
    expect([other.penalty, other.weights, other.heldOut]).toEqual([fit.penalty, fit.weights, fit.heldOut])
  })

  test('the same seed gives the same', () => {
    expect(fitReward({ ...tastes, shrink: 'zero', seed: 1 })).toEqual(fit)
  })
})

test('few items or judges are refused with what would help', () => {
  const few = simulateTastes({ ...plan, weights: { one: 1 }, nuisance: {}, alongside: {}, items: 5 }, seededRandom(1))
  expect(() => fitReward({ ...few, shrink: 'equal', seed: 1 })).toThrow(/6 groups of items.*got 5/)
  const alone = simulateTastes({ ...plan, judges: 3 }, seededRandom(1))
  expect(() => fitReward({ ...alone, shrink: 'equal', seed: 1 })).toThrow(/6 judges.*got 3/)
})

test('weights of a composite: mean 1, none leaves, what could not be learned weighs as the mean', () => {
  const weight = (name: string, value: number) => ({
    name,
    kind: 'measure' as const,
    unit: 1,
    weight: value,
    free: null,
    unknown: 'not asked',
  })
  const composed = composeWeights([weight('p', 3), weight('q', 1), weight('r', -0.4)], ['p', 'q', 'r', 's'])
  expect((composed.p + composed.q + composed.r) / 3).toBeCloseTo(1, 12)
  expect(composed.p / composed.q).toBeCloseTo(3, 12)
  expect(composed.r).toBe(0.05)
  expect(composed.s).toBe(1)
  // Lifting one to the least share takes from the others; what falls below it then is lifted too.
  const names = ['p', 'q', 'r'] as const
  const steep = composeWeights([weight('p', 10), weight('q', 0.172), weight('r', -0.4)], names)
  expect([steep.q, steep.r]).toEqual([0.05, 0.05])
  expect(steep.p).toBeCloseTo(2.9, 12)
  expect(() => composeWeights([weight('p', -1)], ['p'])).toThrow(/preferred? more|got the contrary/)
})
