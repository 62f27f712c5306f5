// ABX: exact chances against scipy, trials that are fair coins, and what is counted.
import { describe, expect, test } from 'vitest'
import { binomialInterval, chanceOfAtLeast, countVotes, measureAbx, planJudging } from '../../src/judging/index.ts'
import type { ChainedStatement, Judge, JudgingKey, Trial, Vote } from '../../src/record/index.ts'

// scipy.stats.binomtest(k, n, .5, 'greater').pvalue and .proportion_ci('exact') of the two-sided test.
test.each([
  [9, 10, 0.0107421875, 0.5549838829718047, 0.9974714214555375],
  [12, 16, 0.0384063720703125, 0.4762291801038724, 0.9273379617471178],
  [5, 10, 0.623046875, 0.1870860284474045, 0.8129139715525955],
  [0, 8, 1, 0, 0.3694166475528192],
  [8, 8, 0.00390625, 0.6305833524471808, 1],
  [61, 100, 0.017600100108852428, 0.5073144796322998, 0.7059895851465829],
])('%i right of %i', (k, n, p, low, high) => {
  expect(chanceOfAtLeast(k, n, 0.5)).toBeCloseTo(p, 12)
  const interval = binomialInterval(k, n)
  expect(interval?.[0]).toBeCloseTo(low, 10)
  expect(interval?.[1]).toBeCloseTo(high, 10)
})

test('what is no count is refused; no trial has no interval', () => {
  expect(() => chanceOfAtLeast(5, 4, 0.5)).toThrow(/expected whole k from 0 to n, got 5 of 4/)
  expect(binomialInterval(0, 0)).toBeNull()
})

const request = {
  entries: 4,
  parts: 2,
  anchors: [{ kind: 'detuned' as const, entry: 0, part: 0 }],
  judges: 120,
  pairs: 6,
  pairsPerRound: 9,
  abx: 10,
  seed: 3,
}

describe('the plan', () => {
  const { trials } = planJudging(request)
  const abx = trials.map((own) => own.filter(({ kind }) => kind === 'abx'))

  test('after all pairs, in rounds of their own, pairs of unlike entries about equally often', () => {
    const counts = new Map<string, number>()
    for (const own of trials) {
      const from = own.findIndex(({ kind }) => kind === 'abx')
      expect(own.slice(from).map(({ kind }) => kind)).toEqual(Array(10).fill('abx'))
      expect(own[from]?.round).toBeGreaterThan(own[from - 1]?.round ?? 99)
      for (const { a, b } of own.slice(from)) {
        const pair = [Math.floor(a / 2), Math.floor(b / 2)].sort().join()
        expect(a % 2).toBe(b % 2)
        counts.set(pair, (counts.get(pair) ?? 0) + 1)
      }
      for (const { x, kind } of own) expect(x === undefined).toBe(kind !== 'abx')
    }
    expect(counts.size).toBe(6)
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1)
  })

  test('X is a fair coin: it follows neither place, nor pair, nor the one before', () => {
    const coins = abx.flat().map(({ x }) => x === 'a')
    const fair = (hits: number, of: number) => {
      expect(chanceOfAtLeast(hits, of, 0.5)).toBeGreaterThan(1e-4)
      expect(chanceOfAtLeast(of - hits, of, 0.5)).toBeGreaterThan(1e-4)
    }
    fair(coins.filter(Boolean).length, coins.length)
    for (let place = 0; place < 10; place++) fair(abx.filter((own) => own[place]?.x === 'a').length, abx.length)
    const pairs = abx.flatMap((own) => own.slice(1).map(({ x }, k) => x === own[k]?.x))
    fair(pairs.filter(Boolean).length, pairs.length)
    // Not evened out within a judge: the number of A spreads as a coin's does (variance 2.5; made even, it would be 0).
    const spread = abx.reduce((sum, own) => sum + (own.filter(({ x }) => x === 'a').length - 5) ** 2, 0) / abx.length
    expect(spread).toBeGreaterThan(1.5)
    expect(spread).toBeLessThan(3.8)
  })

  test('the rest of the plan is the same with and without', () => {
    const without = planJudging({ ...request, abx: 0 }).trials
    expect(trials.map((own) => own.filter(({ kind }) => kind !== 'abx'))).toEqual(without)
    expect(planJudging(request).trials).toEqual(trials)
  })
})

const trial = (x: 'a' | 'b', b = 1): Trial => ({
  kind: 'abx',
  round: 0,
  a: 0,
  b,
  of: null,
  names: { a: '0'.repeat(32), b: '1'.repeat(32) },
  x: { is: x, name: '2'.repeat(32) },
})
const judge = (name: string, trials: Trial[]): Judge => ({ judge: name, kind: 'person', tokenHash: null, trials })
const session = {
  rules: { headphonesLeast: 5, heardShare: 0.5, anchorsMost: 0.5, priorVariance: 2.25, reveal: 'own' as const },
  clip: { seconds: 10, gridSeconds: 1, bytes: 1, loudnessLufs: -20 },
}
const vote = (place: number, x: 'a' | 'b', heard = 9): Vote => ({
  id: `${place}`.padStart(32, '0'),
  kind: 'vote',
  trial: place,
  revision: 0,
  answers: {},
  x,
  first: 'x',
  heardSeconds: { a: 9, b: 9, x: heard },
  elapsedSeconds: 40,
  switches: 3,
  notes: [],
})

test('counted per judge, over all who count, and per pair; what was heard too little is not; none of it ranks', () => {
  const key = {
    entries: ['p', 'q', 'r'].map((entry) => ({ entry, label: entry, runs: [] })),
    clips: [
      { entry: 'p', anchor: null },
      { entry: 'q', anchor: null },
      { entry: 'r', anchor: null },
    ],
    judges: [
      judge('j1', [trial('a'), trial('b'), trial('b', 2)]),
      judge('j2', [trial('a'), trial('a')]),
      judge('deaf', [trial('a')]),
    ],
  } as unknown as JudgingKey
  const said = (name: string, right: number, votes: Vote[]) => [
    { judge: name, statement: { id: `c${name}`, kind: 'consent' } },
    { judge: name, statement: { id: `h${name}`, kind: 'headphones', right } },
    ...votes.map((statement) => ({ judge: name, statement })),
  ]
  const lines = [
    ...said('j1', 6, [vote(0, 'a'), vote(1, 'b'), vote(2, 'a')]),
    ...said('j2', 6, [vote(0, 'a'), vote(1, 'a', 2)]),
    ...said('deaf', 2, [vote(0, 'a')]),
  ].map((line, n) => ({ ...line, n, at: n, previous: '', hash: '' })) as ChainedStatement[]
  const votes = countVotes(session, key, lines)
  expect(votes.counted).toEqual([])
  expect(votes.excluded.map(({ reason }) => reason)).toEqual(Array(6).fill('check: ABX'))
  expect(votes.judges.map(({ abx }) => abx)).toEqual([
    { count: 2, of: 3 },
    { count: 1, of: 1 },
    { count: 1, of: 1 },
  ])
  const result = measureAbx(session, key, { last: votes.last, conducts: votes.judges })
  expect(result?.all).toMatchObject({ right: 3, of: 4, p: expect.closeTo(5 / 16, 12) })
  expect(result?.judges.map(({ judge, right, of, leftOut }) => [judge, right, of, leftOut])).toEqual([
    ['j1', 2, 3, null],
    ['j2', 1, 1, null],
    ['deaf', 1, 1, 'headphone check: 2 of 6'],
  ])
  expect(result?.pairs.map(({ a, b, right, of }) => [a, b, right, of])).toEqual([
    ['p', 'q', 3, 3],
    ['p', 'r', 0, 1],
  ])
  expect(measureAbx(session, { ...key, judges: [judge('j1', [])] }, { last: [], conducts: [] })).toBeNull()
})
