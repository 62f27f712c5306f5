// Who hears what: balance over judges and sides, controls, anchors, training, order; the same seed, the same plan.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrangeTrials, trialsBetween } from '../../src/judging/arrange.ts'
import {
  countControls,
  longestRoundSeconds,
  measureLength,
  type PlanRequest,
  pairsPerRound,
  planJudging,
  trialSeconds,
  usualPairs,
} from '../../src/judging/index.ts'
import { anchorKinds } from '../../src/record/index.ts'

const anchors = anchorKinds.map((kind, k) => ({ kind, entry: k % 2, part: 0 }))
const usual: PlanRequest = { entries: 6, parts: 2, anchors, judges: 8, pairs: 15, pairsPerRound: 12, seed: 5 }

const requests = fc
  .record({
    entries: fc.integer({ min: 2, max: 9 }),
    parts: fc.integer({ min: 1, max: 3 }),
    judges: fc.integer({ min: 1, max: 12 }),
    pairs: fc.integer({ min: 1, max: 40 }),
    pairsPerRound: fc.integer({ min: 1, max: 30 }),
    seed: fc.integer({ min: 0 }),
  })
  .map(
    (wish): PlanRequest => ({ ...wish, anchors: anchors.map((one) => ({ ...one, entry: one.entry % wish.entries })) }),
  )

test('every pair about equally often, its clips too, each on either side about equally often', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const { clips, trials } = planJudging(request)
      const counts = new Map<string, number[]>()
      const leans = new Map<string, number>()
      for (let i = 0; i < request.entries; i++)
        for (let j = i + 1; j < request.entries; j++) counts.set(`${i} ${j}`, [0, 0])
      for (const { kind, a, b } of trials.flat()) {
        if (kind !== 'main') continue
        const [first, second] = [clips[a]?.entry ?? 0, clips[b]?.entry ?? 0]
        const count = counts.get(`${Math.min(first, second)} ${Math.max(first, second)}`) as number[]
        count[first < second ? 0 : 1] = (count[first < second ? 0 : 1] ?? 0) + 1
        expect(clips[a]?.part).toBe(clips[b]?.part)
        const clip = `${Math.min(a, b)} ${Math.max(a, b)}`
        leans.set(clip, (leans.get(clip) ?? 0) + (a < b ? 1 : -1))
      }
      for (const lean of leans.values()) expect(Math.abs(lean)).toBeLessThanOrEqual(1)
      const totals = [...counts.values()].map(([x = 0, y = 0]) => x + y)
      expect(Math.max(...totals) - Math.min(...totals)).toBeLessThanOrEqual(1)
      for (const [x = 0, y = 0] of counts.values()) expect(Math.abs(x - y)).toBeLessThanOrEqual(1)
    }),
    { numRuns: 20 },
  )
})

test('every judge has training first, each anchor once, repeats with sides swapped and later, and rounds in order', () => {
  fc.assert(
    fc.property(requests, (request) => {
      for (const own of planJudging(request).trials) {
        expect(own.slice(0, 3).map(({ kind }) => kind)).toEqual(['training', 'training', 'training'])
        const kinds = own.slice(3).map(({ kind }) => kind)
        const { repeats, same } = countControls(request.pairs)
        expect(kinds.filter((kind) => kind === 'main')).toHaveLength(request.pairs)
        expect(kinds.filter((kind) => kind === 'anchor')).toHaveLength(4)
        expect(kinds.filter((kind) => kind === 'repeat')).toHaveLength(Math.min(repeats, request.pairs))
        expect(kinds.filter((kind) => kind === 'same')).toHaveLength(same)
        own.forEach(({ kind, a, b, of }, place) => {
          if (kind === 'same') expect(a).toBe(b)
          else expect(a).not.toBe(b)
          if (kind !== 'repeat') return
          // With one or two pairs, checks may leave no place far enough.
          expect(place - (of ?? place)).toBeGreaterThan(request.pairs < 3 ? 0 : trialsBetween(own.length - 3))
          expect(own.filter((other) => other.of === of && other.kind === 'repeat')).toHaveLength(1)
          expect(own[of ?? -1]).toMatchObject({ kind: 'main', a: b, b: a })
        })
        const rounds = own.map(({ round }) => round)
        expect(rounds).toEqual(rounds.slice().sort((p, q) => p - q))
        for (const round of new Set(rounds))
          expect(own.filter((trial) => trial.round === round).length).toBeLessThanOrEqual(request.pairsPerRound)
      }
    }),
    { numRuns: 20 },
  )
})

// What stands at a place: over 1,500 judges no kind is likelier at any place than at others where it may stand, to five standard errors. A repeat may
// not stand among the first places; of three pairs and four anchors, checks leave the late places open to it more often still (a fifth, of .17).
test.each([
  [3, 3, 0.04],
  [4, 6, 0.01],
  [6, 15, 0],
])('%i entries, %i pairs: a place tells nothing of what stands there', (entries, pairs, more) => {
  const plan = planJudging({ ...usual, entries, parts: 1, pairs, judges: 1500, pairsPerRound: 30 })
  const all = (plan.trials[0]?.length ?? 0) - 3
  const { repeats, same } = countControls(pairs)
  const allowed = { anchor: 4 / all, same: same / all, repeat: repeats / (all - trialsBetween(all) - 1) + more }
  for (const [kind, chance] of Object.entries(allowed))
    for (let place = 3; place < all + 3; place++) {
      const share = plan.trials.filter((own) => own[place]?.kind === kind).length / 1500
      expect(share, `${kind} at ${place}`).toBeLessThan(chance + 5 * Math.sqrt((chance * (1 - chance)) / 1500))
    }
})

test('from twelve pairs on, 10 to 15 % of them are controls', () => {
  for (let main = 12; main <= 200; main++) {
    const { repeats, same } = countControls(main)
    const share = (repeats + same) / (main + repeats + same)
    expect(share, `${main}`).toBeGreaterThanOrEqual(0.1)
    expect(share, `${main}`).toBeLessThanOrEqual(0.15)
  }
})

// All pairs of five entries: the order without an entry twice in a row is a path through Petersen's graph, which has one.
test('no entry is heard twice in a row where that can be had', () => {
  const pairs = [0, 1, 2, 3, 4].flatMap((i) => [0, 1, 2, 3, 4].slice(i + 1).map((j) => [i, j]))
  const order = arrangeTrials(
    pairs.map((entries) => ({ entries })),
    0,
    'petersen',
  ).map(({ trial }) => pairs[trial] ?? [])
  const neighbours = order.slice(1).map((pair, i) => [order[i] ?? [], pair])
  expect(neighbours.filter(([p = [], q = []]) => p.some((entry) => q.includes(entry)))).toEqual([])
  const { clips, trials } = planJudging(usual)
  for (const own of trials)
    for (let i = 4; i < own.length; i++) {
      const heard = [own[i - 1], own[i]].map((trial) => [trial?.a, trial?.b].map((clip) => clips[clip ?? -1]?.entry))
      expect(
        heard[0]?.filter((entry) => heard[1]?.includes(entry)),
        `trial ${i}`,
      ).toEqual([])
    }
})

test('the same seed gives the same plan, another seed another', () => {
  expect(planJudging(usual)).toEqual(planJudging(usual))
  expect(planJudging({ ...usual, seed: 6 }).trials).not.toEqual(planJudging(usual).trials)
})

test('a pair of half a minute: 22 fit into a round; of an hour, one', () => {
  expect(pairsPerRound(30)).toBe(22)
  expect(pairsPerRound(3600)).toBe(1)
})

const lengths = fc.record({
  seconds: fc.integer({ min: 1, max: 1000 }),
  entries: fc.integer({ min: 2, max: 9 }),
  parts: fc.integer({ min: 1, max: 4 }),
  kinds: fc.integer({ min: 0, max: 4 }),
  pairs: fc.option(fc.integer({ min: 1, max: 30 })),
  abx: fc.integer({ min: 0, max: 12 }),
})

test('a round is half an hour at most with all that is heard in it, or a single trial that is longer', () => {
  fc.assert(
    fc.property(lengths, ({ seconds, entries, parts, kinds, pairs, abx }) => {
      const perRound = pairsPerRound(seconds)
      const usually = usualPairs({ entries, parts, anchors: kinds, perRound })
      const plan = planJudging({
        ...usual,
        ...{ entries, parts, abx, anchors: anchors.slice(0, kinds), judges: 1, pairs: pairs ?? usually },
        pairsPerRound: perRound,
      })
      const own = plan.trials[0] ?? []
      const rounds = new Map<number, number[]>()
      for (const { round, kind } of own) rounds.set(round, [...(rounds.get(round) ?? []), trialSeconds(kind, seconds)])
      expect([...rounds.keys()]).toEqual([...rounds.keys()].map((_, k) => k))
      const sums = [...rounds.values()].map((all) => all.reduce((sum, one) => sum + one, 0))
      for (const [k, sum] of sums.entries())
        if (rounds.get(k)?.length !== 1) expect(sum, `round ${k}`).toBeLessThanOrEqual(longestRoundSeconds)
      const length = measureLength(own, seconds)
      expect(length).toMatchObject({ rounds: sums.length, longestSeconds: Math.max(...sums) })
      expect(length.seconds).toBeCloseTo(
        own.reduce((sum, { kind }) => sum + trialSeconds(kind, seconds), 0),
        6,
      )
    }),
    { numRuns: 60 },
  )
})

test('by default every pair on each clip, in two rounds where they hold it, else in those that a single pair takes', () => {
  fc.assert(
    fc.property(lengths, ({ seconds, entries, parts, kinds }) => {
      const perRound = pairsPerRound(seconds)
      const roundsOf = (pairs: number) => {
        const request = { ...usual, entries, parts, anchors: anchors.slice(0, kinds), judges: 1, pairs }
        return measureLength(planJudging({ ...request, pairsPerRound: perRound }).trials[0] ?? [], seconds).rounds
      }
      const pairs = usualPairs({ entries, parts, anchors: kinds, perRound })
      const most = Math.max(2, roundsOf(1))
      expect(roundsOf(pairs)).toBeLessThanOrEqual(most)
      if (pairs < (parts * entries * (entries - 1)) / 2) expect(roundsOf(pairs + 1)).toBeGreaterThan(most)
    }),
    { numRuns: 40 },
  )
  // Two runs: as many pairs as there are clips of each. Four of three minutes: a single pair takes three rounds with its checks, which hold three.
  expect([1, 4, 12].map((parts) => usualPairs({ entries: 2, parts, anchors: 4, perRound: 22 }))).toEqual([1, 4, 12])
  expect(usualPairs({ entries: 4, parts: 1, anchors: 4, perRound: pairsPerRound(180) })).toBe(3)
})

test('who hears all pairs on all clips hears each of them once', () => {
  const { clips, trials } = planJudging({ ...usual, entries: 3, parts: 4, pairs: 12, judges: 5 })
  for (const own of trials) {
    const main = own.filter(({ kind }) => kind === 'main')
    const heard = main.map(({ a, b }) => [clips[a]?.entry, clips[b]?.entry].sort().concat(clips[a]?.part).join(' '))
    expect(new Set(heard).size).toBe(12)
  }
})

test.each([
  [{ entries: 1 }, /two entries/],
  [{ pairs: 0 }, /pairs: expected a whole number/],
  [{ judges: 1.5 }, /judges: expected a whole number/],
])('refused: %j', (change, complaint) => {
  expect(() => planJudging({ ...usual, ...change })).toThrow(complaint)
})

// Of every two anchors of a judge: spoilt on the same side in half of the judges, whichever two they are. 600 judges: five standard errors are .10.
test('the side of one anchor tells nothing of the others', () => {
  const { clips, trials } = planJudging({ ...usual, judges: 600, pairs: 1 })
  const sides = trials.map((own) =>
    anchorKinds.map((kind) => own.some((trial) => trial.kind === 'anchor' && clips[trial.a]?.anchor === kind)),
  )
  for (const one of [0, 1, 2, 3]) {
    for (const other of [0, 1, 2, 3].filter((k) => k > one)) {
      const alike = sides.filter((side) => side[one] === side[other]).length
      expect(Math.abs(alike / 600 - 0.5), `${anchorKinds[one]} and ${anchorKinds[other]}`).toBeLessThan(0.1)
    }
    expect(Math.abs(sides.filter((side) => side[one]).length / 600 - 0.5)).toBeLessThan(0.1)
  }
})
