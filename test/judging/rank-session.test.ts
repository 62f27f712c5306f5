// Which way a session is ranked. Votes that follow the order of hearing alone tell nothing of the entries, and no verdict is made of them.
import { expect, test } from 'vitest'
import { rankItems } from '../../src/judging/index.ts'
import { holdSession, noisy, resultOf, type Taste } from './hold-session.ts'

/** Trials are heard a first. */
const firstAlways: Taste = () => 'a'
const widest = (result: ReturnType<typeof resultOf>) =>
  Math.max(...(result.ranking?.acrossJudges?.differences ?? []).map(({ low, high }) => Math.max(-low, high)))

test.each([
  [2, 12, 1, 'first'],
  [2, 24, 1, 'second'],
  [4, 8, 6, 'first'],
] as const)(
  '%i entries, %i judges of %i pairs who always prefer what they heard %s: no verdict, and preferences of 3 : 1 remain possible',
  (entries, judges, pairs, side) => {
    const taste: Taste = side === 'first' ? firstAlways : () => 'b'
    const result = resultOf(holdSession(new Array(entries).fill(0), judges, taste, pairs))
    expect(result.verdict.kind).toBe('unclear')
    expect(result.verdict.sentence).toContain(`what was heard ${side} was preferred in every vote`)
    expect(widest(result)).toBeGreaterThan(Math.log(3))
    expect(result).toMatchObject({ orderFrom: 'prior', priorVariance: 2.25, model: 'davidson' })
    expect((result.ranking?.orderEffect ?? 0) * (side === 'first' ? 1 : -1)).toBeGreaterThan(2)
    expect(result.undefined['likelihood']).toContain(
      `what was heard ${side} was preferred in every vote that was decided`,
    )
  },
)

test('always one side in an order that was not balanced names no winner either', () => {
  const { key, said } = holdSession([0, 0], 24, firstAlways, 1)
  const lopsided = said.filter(({ judge, statement }) => {
    const trial =
      statement.kind === 'vote' ? key.judges.find((one) => one.judge === judge)?.trials[statement.trial] : undefined
    return trial?.kind !== 'main' || trial.a === 0
  })
  expect(resultOf({ key, said: lopsided }).verdict).toMatchObject({ kind: 'unclear' })
})

// n (1 - p) = delta / variance at the mode, p = 1 / (1 + e^-delta); the difference of two has n p (1 - p) + 1 / (2 variance) of information.
test('the order effect of votes that it explains whole is the mode of its posterior', () => {
  const [n, variance] = [12, 2.25]
  const comparisons = Array.from({ length: n }, (_, j) => ({
    a: 'x',
    b: 'y',
    result: j % 2 === 0 ? ('a' as const) : ('b' as const),
    aFirst: j % 2 === 0,
    judge: `${j}`,
  }))
  const plan = {
    items: ['x', 'y'],
    comparisons,
    model: 'davidson',
    orderEffect: true,
    priorVariance: variance,
  } as const
  expect(() => rankItems(plan)).toThrow(/finite maximum/)
  const { orderEffect, covariance } = rankItems({ ...plan, orderPriorVariance: variance })
  const delta = orderEffect ?? 0
  const p = 1 / (1 + Math.exp(-delta))
  expect(n * (1 - p)).toBeCloseTo(delta / variance, 9)
  expect(4 * (covariance[0]?.[0] ?? 0)).toBeCloseTo(1 / (n * p * (1 - p) + 1 / (2 * variance)), 9)
  expect(() => rankItems({ ...plan, orderPriorVariance: 0 })).toThrow(/orderPriorVariance: expected a number above 0/)
})

test('ties and votes for what was heard first: the few that were decided leave the verdict to the intervals', () => {
  const mostlyFirst = resultOf(holdSession([0, 0], 12, (_, judge) => (judge === 0 ? 'tie' : 'a'), 1))
  expect(mostlyFirst).toMatchObject({ orderFrom: 'prior', verdict: { kind: 'unclear' } })
  expect(mostlyFirst.verdict.sentence).toMatch(/3 : 1 are still possible/)
  const left = [12, 12]
  const some: Taste = ({ kind, a }) => {
    if (kind !== 'main' || left[a] === 0) return 'tie'
    left[a] = (left[a] ?? 0) - 1
    return 'a'
  }
  const mostlyTies = resultOf(holdSession([0, 0], 60, some, 1))
  expect(mostlyTies).toMatchObject({ orderFrom: 'prior', verdict: { kind: 'group' } })
})

test('a prior is named where it answers, and only there', () => {
  const plain = resultOf(holdSession([0.5, 0, 0, -0.5], 16, noisy(1)))
  expect(plain).toMatchObject({ orderFrom: 'likelihood', priorVariance: null })
  expect(plain.undefined['likelihood']).toBeUndefined()
  const ties = resultOf(holdSession([1, 0, -1], 6, () => 'tie'))
  expect(ties).toMatchObject({ orderFrom: 'none', priorVariance: 2.25, model: 'bradley-terry' })
  expect(ties.undefined['likelihood']).toContain('ties alone')
  const parted = resultOf(holdSession([3, 1, -1, -3], 5, (_, __, d) => (d > 0 ? 'a' : 'b')))
  expect(parted).toMatchObject({ orderFrom: 'likelihood', priorVariance: 2.25 })
  expect(parted.undefined['likelihood']).not.toMatch(/priorVariance|separable/)
})
