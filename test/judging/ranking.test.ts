// Ranking against published fits, by laws that hold exactly, and in the cases that have no answer.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Comparison, type OutcomeModel, type Ranking, rankItems } from '../../src/judging/index.ts'
import { citationItems, citationVotes, comparisonsOf, games, table, tastingItems, tastings } from './outside.ts'

const strengthsOf = (ranking: Ranking, items: readonly string[]) =>
  items.map((item) => ranking.strengths[item] ?? Number.NaN)
const errorsOf = (ranking: Ranking, items: readonly string[]) =>
  items.map((item) => ranking.standardErrors[item] ?? Number.NaN)
function expectNear(got: readonly number[], wanted: readonly number[], within = 1e-6) {
  expect(got.length).toBe(wanted.length)
  got.forEach((value, i) => {
    expect(Math.abs(value - (wanted[i] ?? Number.NaN)), `${i}: ${value} against ${wanted[i]}`).toBeLessThanOrEqual(
      within,
    )
  })
}
const models: OutcomeModel[] = ['bradley-terry', 'davidson', 'rao-kupper']
const rank = (items: readonly string[], comparisons: readonly Comparison[], model: OutcomeModel = 'bradley-terry') =>
  rankItems({ items, comparisons, model })

describe('published fits', () => {
  test('citations: strengths, errors, deviance', () => {
    const { ml } = table('citations')
    const golden = table('golden_fits').citations
    const ranking = rank(citationItems, citationVotes)
    expectNear(strengthsOf(ranking, citationItems), golden.centred)
    expectNear(errorsOf(ranking, citationItems), golden.centredSE)
    expectNear([ranking.deviance, ranking.separationReliability ?? 0], [ml.deviance, golden.ssr])
    expect(ranking.degreesOfFreedom).toBe(ml.df)
  })

  test.each(['noOrder', 'withOrder'])('baseball, %s', (which) => {
    const { items, ...fits } = table('baseball')
    const { coef, deviance, df } = fits[which]
    const ranking = rankItems({ items, comparisons: games, model: 'bradley-terry', orderEffect: which === 'withOrder' })
    const baltimore = ranking.strengths['Baltimore'] ?? Number.NaN
    for (const team of items.slice(1))
      expectNear([(ranking.strengths[team] ?? Number.NaN) - baltimore], [coef[`team${team}`]])
    expectNear([ranking.deviance, ranking.degreesOfFreedom], [deviance, df])
    if (which === 'withOrder') expectNear([ranking.orderEffect ?? 0], [coef['at.home']])
    else expect(ranking.orderEffect).toBeNull()
  })

  const soundFields = table('sound_fields')
  const rowsOf = (instrument: string): Comparison[] =>
    soundFields.rows
      .filter((row: { instrument: string }) => row.instrument === instrument)
      .flatMap((row: { a: string; b: string; winA: number; tie: number; winB: number }) =>
        comparisonsOf({ a: row.a, b: row.b }, row.winA, row.tie, row.winB),
      )
  const withTies: [string, string[], Comparison[]][] = [
    ['springall', tastingItems, tastings],
    ...Object.keys(soundFields.fits).map((name): [string, string[], Comparison[]] => [
      name,
      soundFields.items,
      rowsOf(name),
    ]),
  ]
  test.each(withTies)('%s: Davidson and Rao-Kupper', (name, items, votes) => {
    const golden = table('golden_fits')
    const psychotools = table('golden_psychotools_davidson')
    const mine = name === 'springall' ? golden.springall : golden.sound_fields[name]
    const theirs = name === 'springall' ? psychotools.springall : psychotools.sound_fields[name]
    const davidson = rank(items, votes, 'davidson')
    const reference = davidson.strengths[mine.ref] ?? Number.NaN
    expectNear(
      strengthsOf(davidson, items).map((b) => b - reference),
      mine.davidson.beta,
    )
    expectNear([davidson.tieParameter ?? 0, davidson.logLikelihood], [mine.davidson.nu, theirs.logLik])
    const rao = rank(items, votes, 'rao-kupper')
    expectNear([rao.tieParameter ?? 0, rao.logLikelihood], [mine.raoKupper.theta, mine.raoKupper.logLik])
  })

  test('a Gaussian prior: posterior mode', () => {
    const ranking = rankItems({
      items: citationItems,
      comparisons: citationVotes,
      model: 'bradley-terry',
      priorVariance: 10,
    })
    expectNear(strengthsOf(ranking, citationItems), table('golden_fits').citations.choix.laplace_mean)
  })

  test('the worked example of an encyclopedia', () => {
    const { wins, expected_geomean1: expected } = table('wikipedia_bt')
    const items = Object.keys(expected)
    const ranking = rank(
      items,
      wins.map(([a, b, count]: [string, string, number]) => ({ a, b, result: 'a', count })),
    )
    for (const item of items) expect(Math.exp(ranking.strengths[item] ?? 0) / expected[item]).toBeCloseTo(1, 2)
  })
})

describe('errors by judge', () => {
  const panel = (repeats: number): Comparison[] =>
    Array.from({ length: 20 }, (_, k) => ({
      a: 'p',
      b: 'q',
      result: k < 13 ? 'a' : 'b',
      count: repeats,
      judge: `judge ${k}`,
    }))
  const ratio = (ranking: Ranking) => (ranking.clusteredStandardErrors?.['p'] ?? 0) / (ranking.standardErrors['p'] ?? 1)

  test('saying the same nine times is no nine times the evidence', () => {
    expect(ratio(rank(['p', 'q'], panel(1)))).toBeCloseTo(1, 9)
    expect(ratio(rank(['p', 'q'], panel(9)))).toBeCloseTo(3, 9)
  })

  test('a judge a vote gives the sandwich at the level of votes', () => {
    const votes = citationVotes.flatMap((row, i) =>
      Array.from({ length: row.count ?? 1 }, (_, k) => ({ ...row, count: 1, judge: `${i}/${k}` })),
    )
    const ranking = rank(citationItems, votes)
    const errors = citationItems.map((item) => ranking.clusteredStandardErrors?.[item] ?? Number.NaN)
    expectNear(errors, table('golden_fits').citations.sandwichSE)
  })

  test('a judge who turns every answer round has an outfit far above the others', () => {
    const votes = ['x', 'y', 'z'].flatMap((judge, j) =>
      [
        ['p', 'q'],
        ['q', 'r'],
        ['p', 'r'],
      ].flatMap(([a, b]) => {
        const most = j === 2 ? 'b' : 'a'
        const least = j === 2 ? 'a' : 'b'
        const pair = { a: a as string, b: b as string, judge }
        return [{ ...pair, result: most, count: 6 } as Comparison, { ...pair, result: least, count: 1 } as Comparison]
      }),
    )
    const { judges } = rank(['p', 'q', 'r'], votes)
    expect(judges['z']?.outfit ?? 0).toBeGreaterThan(1.2 * (judges['x']?.outfit ?? 0))
    expect(judges['x']?.count).toBe(21)
  })
})

describe('laws', () => {
  const vote = fc.record({
    pair: fc.constantFrom(['p', 'q'], ['q', 'r'], ['r', 's'], ['p', 's'], ['p', 'r']),
    result: fc.constantFrom('a' as const, 'b' as const, 'tie' as const),
    count: fc.integer({ min: 1, max: 5 }),
  })
  const items = ['p', 'q', 'r', 's']
  // Every result once on neighbours, so that a finite maximum exists.
  const votesOf = (
    drawn: readonly { pair: readonly string[]; result: 'a' | 'b' | 'tie'; count: number }[],
  ): Comparison[] => [
    ...drawn.map(({ pair: [a = '', b = ''], result, count }) => ({ a, b, result, count })),
    ...[
      ['p', 'q'],
      ['q', 'r'],
      ['r', 's'],
    ].flatMap(([a = '', b = '']) => comparisonsOf({ a, b }, 1, 1, 1)),
  ]
  const sessions = fc.array(vote, { minLength: 3, maxLength: 20 }).map(votesOf)
  const turned = { a: 'b', b: 'a', tie: 'tie' } as const

  test.each(models)('%s: sides do not matter, reversed answers reverse', (model) => {
    fc.assert(
      fc.property(sessions, (votes) => {
        const plain = rank(items, votes, model)
        const sides = rank(
          items,
          votes.map((v) => ({ ...v, a: v.b, b: v.a, result: turned[v.result] })),
          model,
        )
        const reversed = rank(
          items,
          votes.map((v) => ({ ...v, result: turned[v.result] })),
          model,
        )
        expectNear(strengthsOf(sides, items), strengthsOf(plain, items), 1e-8)
        expectNear(
          strengthsOf(reversed, items).map((b) => -b),
          strengthsOf(plain, items),
          1e-8,
        )
        expect(strengthsOf(plain, items).reduce((sum, b) => sum + b, 0)).toBeCloseTo(0, 9)
      }),
      { numRuns: 40 },
    )
  })

  test('nothing but ties: equal; without ties both models of ties are Bradley-Terry', () => {
    expectNear(strengthsOf(rank(['p', 'q'], [{ a: 'p', b: 'q', result: 'tie', count: 5 }]), ['p', 'q']), [0, 0])
    const plain = strengthsOf(rank(citationItems, citationVotes), citationItems)
    for (const [model, limit] of [
      ['davidson', 0],
      ['rao-kupper', 1],
    ] as const) {
      const ranking = rank(citationItems, citationVotes, model)
      expectNear(strengthsOf(ranking, citationItems), plain, 1e-9)
      expect(ranking.tieParameter).toBe(limit)
    }
  })
})

describe('no answer', () => {
  const { chain, undefeated } = table('golden_brglm_separation')
  const votesOf = ({ data }: { data: { a: string; b: string; wa: number; wb: number }[] }) =>
    data.flatMap((row) => comparisonsOf({ a: row.a, b: row.b }, row.wa, 0, row.wb))
  test.each([
    ['a chain', votesOf(chain)],
    ['one undefeated', votesOf(undefeated)],
    [
      'two classes, each with wins and losses inside',
      [
        ['w', 'x'],
        ['x', 'w'],
        ['y', 'z'],
        ['z', 'y'],
        ['w', 'y'],
        ['x', 'z'],
      ].map(([a = '', b = '']): Comparison => ({ a, b, result: 'a' })),
    ],
  ])('%s is separable: refused, answered with a prior', (_, votes) => {
    const items = ['w', 'x', 'y', 'z']
    expect(() => rank(items, votes)).toThrow(/separable/)
    const ranking = rankItems({ items, comparisons: votes, model: 'bradley-terry', priorVariance: 4 })
    expect(ranking.separable).toBe(true)
    expect(ranking.estimator).toBe('posterior mode, Gaussian prior')
    expect(strengthsOf(ranking, items).every(Number.isFinite)).toBe(true)
  })

  test('an order effect that decides every vote has no maximum either', () => {
    const votes: Comparison[] = [true, false].map((aFirst) => ({
      a: 'p',
      b: 'q',
      result: aFirst ? 'a' : 'b',
      aFirst,
      count: 3,
    }))
    expect(() =>
      rankItems({ items: ['p', 'q'], comparisons: votes, model: 'bradley-terry', orderEffect: true }),
    ).toThrow(/separable/)
  })

  test('defeats that ties explain away have no maximum: no loss at all, and a threshold of any size', () => {
    const votes = comparisonsOf({ a: 'p', b: 'q' }, 3, 1, 0)
    expect(() => rank(['p', 'q'], votes, 'rao-kupper')).toThrow(/separable/)
    expect(() => rank(['p', 'q'], votes, 'davidson')).toThrow(/separable/)
  })

  test('nothing compared: nothing known, nothing spent', () => {
    const { strengths, degreesOfFreedom, connected } = rank(['p', 'q'], [], 'davidson')
    expect([strengths, degreesOfFreedom, connected]).toEqual([{ p: null, q: null }, 0, false])
  })

  test('an item never compared has no strength; the others keep theirs', () => {
    const ranking = rank([...citationItems, 'stranger'], citationVotes)
    expect(ranking.strengths['stranger']).toBeNull()
    expect(ranking.undefined['strengths.stranger']).toBe('never compared')
    expect(ranking.connected).toBe(false)
    expectNear(strengthsOf(ranking, citationItems), table('golden_fits').citations.centred)
  })

  test.each<[string, Partial<Parameters<typeof rankItems>[0]>, RegExp]>([
    ['an item twice', { items: ['p', 'q', 'p'] }, /items: expected each item once, got "p" twice/],
    [
      'an unknown item',
      { comparisons: [{ a: 'p', b: 'r', result: 'a' }] },
      /comparisons\.0\.b: expected one of the items, got "r"/,
    ],
    ['an item against itself', { comparisons: [{ a: 'p', b: 'p', result: 'a' }] }, /two different items/],
    ['a prior of no width', { priorVariance: 0 }, /priorVariance: expected a number above 0/],
    [
      'an order effect without orders',
      { orderEffect: true, comparisons: [{ a: 'p', b: 'q', result: 'tie' }] },
      /aFirst/,
    ],
  ])('%s is refused', (_, wrong, message) => {
    expect(() => rankItems({ items: ['p', 'q'], comparisons: [], model: 'bradley-terry', ...wrong })).toThrow(message)
  })
})
