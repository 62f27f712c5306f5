// What a session says: known orders are found, no order is claimed where there is none, every vote is counted or listed with its reason.
import { expect, test } from 'vitest'
import { countVotes, rankCriterion } from '../../src/judging/index.ts'
import { randomNormal, seededRandom } from '../../src/random.ts'
import type { Judge, Statement, Trial } from '../../src/record/index.ts'
import { holdSession, noisy, resultOf, session, type Taste, vote } from './hold-session.ts'

test('a known order is found, with a clear winner', () => {
  const result = resultOf(holdSession([2.4, 0.8, -0.8, -2.4], 16, noisy(1)))
  expect(result.entries.map(({ entry }) => entry)).toEqual(['e0', 'e1', 'e2', 'e3'])
  expect(result.verdict).toMatchObject({ kind: 'winner', entries: ['e0'] })
  expect(result.ranking?.connected).toBe(true)
  const [first] = result.entries
  expect(first?.rankChances?.[0]).toBeGreaterThan(0.95)
  expect(first?.interval?.[0]).toBeLessThan(first?.strength ?? 0)
  for (const { rankChances } of result.entries)
    expect(rankChances?.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9)
})

test('a verdict on two entries takes four judges, on more three', () => {
  const decided = (strengths: number[], judges: number) =>
    resultOf(holdSession(strengths, judges, noisy(1), 20)).verdict
  expect(decided([2, -2], 3)).toMatchObject({
    kind: 'unclear',
    sentence: expect.stringContaining('votes of 3 judges, and it takes 4.'),
  })
  expect(decided([2, -2], 4)).toMatchObject({ kind: 'winner', entries: ['e0'] })
  expect(decided([4, 0, -4], 3)).toMatchObject({ kind: 'winner', entries: ['e0'] })
})

test('equals are a group when there are votes enough, and no verdict when there are few', () => {
  const many = resultOf(holdSession([0, 0, 0], 40, noisy(2), 12))
  expect(many.verdict.kind).toBe('group')
  expect(many.verdict.entries.length).toBeGreaterThan(1)
  const few = resultOf(holdSession([0, 0, 0, 0], 4, noisy(3), 3))
  expect(few.verdict.kind).toBe('unclear')
  expect(few.verdict.sentence).toMatch(/3 : 1 are still possible/)
})

// Judges who share the taste of the panel only in part: votes of one are alike, so the interval by judge is wider.
test('correlated judges widen the interval by judge, not the one by vote', () => {
  const random = seededRandom(8)
  const own = Array.from({ length: 12 }, () => [0, 0, 0, 0].map(() => 1.5 * randomNormal(random)))
  const party = holdSession([0.5, 0, 0, -0.5], 12, () => 'tie', 24)
  const stubborn = holdSession(
    [0.5, 0, 0, -0.5],
    12,
    (trial, judge, difference) => {
      const taste = (clip: number) => own[judge]?.[clip % 4] ?? 0
      return difference + taste(trial.a) - taste(trial.b) > 0 ? 'a' : 'b'
    },
    24,
  )
  expect(party.said.length).toBe(stubborn.said.length)
  const width = (ends: readonly [number, number] | null) => (ends === null ? 0 : ends[1] - ends[0])
  const { entries } = resultOf(stubborn)
  const ratio = entries.map(({ interval, voteInterval }) => width(interval) / width(voteInterval))
  expect(ratio.reduce((sum, one) => sum + one, 0) / ratio.length).toBeGreaterThan(1.5)
})

test('all agree: separable, so the prior answers and is named', () => {
  const result = resultOf(holdSession([3, 1, -1, -3], 5, (_, __, difference) => (difference > 0 ? 'a' : 'b')))
  expect(result.ranking).toMatchObject({ estimator: 'posterior mode, Gaussian prior', separable: true })
  expect(result.entries[0]?.entry).toBe('e0')
  expect(result.circles.count).toBe(0)
})

test.each([0, 1, 2, 5])('after %i votes there is an answer, and it claims nothing', (count) => {
  const { key, said } = holdSession([1, 0, 0, -1], 1, noisy(5))
  const main = said.filter(
    ({ statement }) => statement.kind !== 'vote' || key.judges[0]?.trials[statement.trial]?.kind === 'main',
  )
  const result = resultOf({ key, said: main.slice(0, 2 + count) })
  expect(result.votes).toBe(count)
  expect(result.verdict.kind).toBe('unclear')
  expect(result.next.pairs.length).toBe(3)
  expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/)
})

test('agreement does not depend on the order in which entries are listed', () => {
  const taste: Taste = (trial, judge, difference) =>
    judge === 0 && trial.a % 2 === 0 ? 'tie' : difference > 0 ? 'a' : 'b'
  const [down, mixed] = [
    [3, 1, -1, -3],
    [1, -3, 3, -1],
  ].map((strengths) => resultOf(holdSession(strengths, 5, taste)).krippendorffAlpha ?? 0)
  expect(down).toBeGreaterThan(0.8)
  expect(mixed).toBeGreaterThan(0.8)
})

test('nothing but ties: no tie parameter fits, and equals are equals', () => {
  const result = resultOf(holdSession([1, 0, -1], 6, () => 'tie'))
  expect(result).toMatchObject({ model: 'bradley-terry', verdict: { kind: 'group' } })
  for (const { strength } of result.entries) expect(strength).toBeCloseTo(0, 9)
})

test('every vote counts or is listed with its reason', () => {
  const { key, said } = holdSession([2, 1, 0, -1], 6, noisy(6))
  const mainOf = (judge: string) =>
    key.judges.find((one) => one.judge === judge)?.trials.findIndex(({ kind }) => kind === 'main') ?? -1
  const change = (judge: string, kind: Statement['kind'], to: object) =>
    said.forEach((line, k) => {
      if (line.judge === judge && line.statement.kind === kind)
        said[k] = { ...line, statement: { ...line.statement, ...to } as Statement }
    })
  change('j1', 'headphones', { right: 4 })
  said.splice(
    0,
    said.length,
    ...said.filter(({ judge, statement }) => !(judge === 'j2' && statement.kind === 'consent')),
  )
  change('j3', 'vote', { heardSeconds: { a: 9, b: 2 } })
  change('j4', 'vote', { elapsedSeconds: 4 })
  const spoilt = (trial: Trial | undefined) => (key.clips[trial?.a ?? 0]?.anchor != null ? 'a' : 'b')
  said.forEach((line, k) => {
    const trial = line.statement.kind === 'vote' ? key.judges[5]?.trials[line.statement.trial] : undefined
    if (line.judge === 'j5' && trial?.kind === 'anchor')
      said[k] = { ...line, statement: { ...line.statement, answers: { overall: spoilt(trial) } } as Statement }
  })
  const again = vote(mainOf('j0'), 'tie', { revision: 1 })
  said.push({ n: 0, at: 0, judge: 'j0', statement: again, previous: '', hash: '' })
  said.push({ n: 0, at: 0, judge: 'stranger', statement: vote(0, 'a'), previous: '', hash: '' })
  said.forEach((line, n) => {
    said[n] = { ...line, n }
  })
  const { counted, excluded, judges } = countVotes(session, key, said)
  const votes = said.filter(({ statement }) => statement.kind === 'vote')
  expect([...counted, ...excluded].map(({ n }) => n).sort((p, q) => p - q)).toEqual(votes.map(({ n }) => n))
  expect(new Set(counted.map(({ judge }) => judge.judge))).toEqual(new Set(['j0']))
  expect(counted.find(({ place }) => place === mainOf('j0'))?.vote).toEqual(again)
  const reasons = new Set(excluded.map(({ reason }) => reason))
  expect([...reasons].sort()).toEqual([
    'check: hidden anchor',
    'check: repeated pair',
    'check: the same clip on both sides',
    'judge is not in the plan',
    'judge left out: headphone check: 4 of 6',
    'judge left out: no consent',
    'judge left out: preferred 2 of 2 hidden anchors',
    'thought over',
    'too little heard',
    'training',
    'voted sooner than both could be heard',
  ])
  expect(judges.map(({ leftOut }) => leftOut)).toEqual([
    null,
    'headphone check: 4 of 6',
    'no consent',
    null,
    null,
    'preferred 2 of 2 hidden anchors',
  ])
})

test('a machine stands beside: its votes are in no ranking, and no gate of people’s is asked of it', () => {
  const { key, said } = holdSession([2, 1, 0, -1], 6, noisy(7))
  const machine = { ...(key.judges[5] as Judge), kind: 'machine' as const }
  const mixed = { ...key, judges: [...key.judges.slice(0, 5), machine] }
  const { counted, judges } = countVotes(
    session,
    mixed,
    said.filter(({ judge, statement }) => judge !== 'j5' || statement.kind === 'vote'),
  )
  expect(judges[5]).toMatchObject({ kind: 'machine', leftOut: null })
  expect(counted.some(({ judge }) => judge.judge === 'j5')).toBe(true)
  const result = rankCriterion({ session, key: mixed, counted, criterion: 'overall' })
  expect(result.judges).toBe(5)
  expect(Object.keys(result.ranking?.judges ?? {})).not.toContain('j5')
})

test('wins add up, and residuals are of what the model expects', () => {
  const { wins, votes } = resultOf(holdSession([2.4, 0.8, -0.8, -2.4], 16, noisy(1)))
  expect(wins.reduce((sum, { aWins, ties, bWins }) => sum + aWins + ties + bWins, 0)).toBe(votes)
  const score = wins.reduce((sum, { aWins, ties }) => sum + aWins + ties / 2, 0)
  expect(score).toBeCloseTo(
    wins.reduce((sum, { expected }) => sum + (expected ?? 0), 0),
    -1,
  )
  for (const { residual } of wins) expect(Math.abs(residual ?? 99)).toBeLessThan(4)
})
