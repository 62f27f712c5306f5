// Votes without a finite maximum: the refusal says what helps; and what has one is ranked, however far apart.
import { expect, test } from 'vitest'
import { type Comparison, rankItems } from '../../src/judging/index.ts'

// What helps is named, and is not what was given already.
test.each(['davidson', 'rao-kupper'] as const)('%s, nothing but ties: a prior on strengths does not help', (model) => {
  const comparisons = [
    { a: 'p', b: 'q', result: 'tie' as const },
    { a: 'q', b: 'r', result: 'tie' as const },
  ]
  const given = { items: ['p', 'q', 'r'], comparisons, model }
  for (const more of [{}, { priorVariance: 2 }]) {
    expect(() => rankItems({ ...given, ...more })).toThrow(/every comparison is a tie.* Take model 'bradley-terry'/)
    expect(() => rankItems({ ...given, ...more })).not.toThrow(/Give priorVariance/)
  }
  expect(rankItems({ ...given, model: 'bradley-terry' }).strengths).toEqual({ p: 0, q: 0, r: 0 })
})

test.each([
  ['bradley-terry', 'first', []],
  ['davidson', 'second', ['tie']],
  ['rao-kupper', 'first', ['tie']],
] as const)('%s, all that was decided to what was heard %s: a prior on that effect helps', (model, heard, ties) => {
  const comparisons = [true, false].flatMap((aFirst): Comparison[] => [
    { a: 'p', b: 'q', result: aFirst === (heard === 'first') ? 'a' : 'b', aFirst, count: 3 },
    ...ties.map((result) => ({ a: 'p', b: 'q', result, aFirst })),
  ])
  const given = { items: ['p', 'q'], comparisons, model, orderEffect: true, priorVariance: 2 }
  expect(() => rankItems(given)).toThrow(new RegExp(`what was heard ${heard} was preferred .*Give orderPriorVariance`))
  const { orderEffect } = rankItems({ ...given, orderPriorVariance: 2 })
  expect(Math.sign(orderEffect ?? 0)).toBe(heard === 'first' ? 1 : -1)
})

// At the mode n (1 - p) = d / (2 variance), p = 1 / (1 + e^-d).
test.each(['bradley-terry', 'davidson', 'rao-kupper'] as const)('%s: very many votes, a very wide prior', (model) => {
  for (const [count, priorVariance] of [
    [1e6, 1e4],
    [1e9, 1e6],
  ] as const) {
    const comparisons = [{ a: 'p', b: 'q', result: 'a' as const, count }]
    const { strengths } = rankItems({ items: ['p', 'q'], comparisons, model, priorVariance })
    const d = (strengths['p'] ?? 0) - (strengths['q'] ?? 0)
    expect((count / (1 + Math.exp(d)) / d) * 2 * priorVariance).toBeCloseTo(1, 6)
  }
  const far = { a: 'p', b: 'q', result: 'a' as const, count: 1e15 }
  expect(() => rankItems({ items: ['p', 'q'], comparisons: [far], model, priorVariance: 1e15 })).toThrow(
    /priorVariance: expected one under which .* Give a smaller one/,
  )
})
