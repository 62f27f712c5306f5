// The report says what was done with these votes: model, effect of being heard first and estimator of every criterion, in a reader's words.
import { expect, test } from 'vitest'
import { exportResults } from '../../../src/node/judge/export.ts'
import { resultsOf, type SaidSession } from '../../../src/node/judge/results.ts'
import type { Answer, Criterion } from '../../../src/record/index.ts'
import { holdSession, noisy, type Party, session, type Taste } from '../../judging/hold-session.ts'

type Answers = Partial<Record<Criterion, Answer>>
const steady: Taste = (trial, judge, d) =>
  Math.abs(d) > 2 ? (d > 0 ? 'a' : 'b') : noisy(judge + trial.a)(trial, judge, d)

/** What was said overall becomes answers to all criteria. */
function held({ key, said }: Party, answersTo: (overall: Answer) => Answers): SaidSession {
  const clips = key.clips.map((clip) => ({
    ...clip,
    name: 'x',
    run: 'r',
    startSeconds: 0,
    gainDecibels: 0,
    loudnessLufs: -20,
    truePeakDbtp: -3,
  }))
  const first = said.find(({ statement }) => statement.kind === 'vote')?.statement
  const criteria = first?.kind === 'vote' ? Object.keys(answersTo(first.answers.overall ?? 'tie')) : []
  return {
    session: { ...session, id: 'x'.repeat(32), criteria },
    key: { ...key, clips, missingAnchors: {} },
    root: 'r',
    said: said.map((line) =>
      line.statement.kind === 'vote'
        ? { ...line, statement: { ...line.statement, answers: answersTo(line.statement.answers.overall ?? 'tie') } }
        : line,
    ),
  } as unknown as SaidSession
}

const textOf = (given: SaidSession) =>
  exportResults(given, 'report.html')
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ')

test('the methods paragraph tells every criterion as it was ranked', () => {
  const party = holdSession([0.5, 0, 0, -0.5], 8, steady)
  const text = textOf(held(party, (overall) => ({ overall, order: 'tie', evolution: overall })))
  expect(text).toContain(
    "On overall and evolution: Strengths are those of Davidson's model (1970) with an effect of being heard first, by maximum likelihood.",
  )
  expect(text).toMatch(
    /On order: Strengths are those of the Bradley-Terry model .*without an effect of being heard first, by the mode of the posterior under a Gaussian prior of variance 2\.25 on strengths \(all votes are ties/,
  )
  expect(text).not.toMatch(/priorVariance|separable|Separable/)
})

test('all prefer what they heard first: the report says so, and that the effect has the prior too', () => {
  const text = textOf(
    held(
      holdSession([0, 0, 0], 8, (trial) => (trial.kind === 'main' ? 'a' : 'tie'), 3),
      (overall) => ({ overall }),
    ),
  )
  expect(text).toContain('what was heard first was preferred in every vote, which tells nothing of the entries')
  expect(text).toMatch(/Being heard first .{0,70} \d\.\d\d, drawn to 0 by the prior/)
  expect(text).toContain('Gaussian prior of variance 2.25 on strengths and on that effect')
})

test('while judges still vote the verdict is provisional, and says how many are through', () => {
  const party = holdSession([2, -2], 8, (_, __, d) => (d > 0 ? 'a' : 'b'), 1)
  const all = resultsOf(held(party, (overall) => ({ overall })))
  expect(all.criteria[0]?.verdict).toMatchObject({ kind: 'winner', provisional: false })
  const given = held({ ...party, said: party.said.slice(0, -1) }, (overall) => ({ overall }))
  const { judges, criteria } = resultsOf(given)
  expect(judges.map(({ through }) => through)).toEqual([...new Array(7).fill(true), false])
  expect(criteria[0]?.verdict).toMatchObject({ kind: 'winner', entries: ['e0'], provisional: true })
  expect(textOf(given)).toContain(
    'Provisional: 7 of 8 judges are through; the verdict counts when all are. Until then: e0',
  )
  // Who has ended is through, whatever was left out.
  const end = { ...party.said.at(-1), statement: { id: '', kind: 'end' } } as (typeof party.said)[number]
  const ended = resultsOf(held({ ...party, said: [...party.said.slice(0, -1), end] }, (overall) => ({ overall })))
  expect(ended.criteria[0]?.verdict.provisional).toBe(false)
})

test('the methods paragraph tells how errors over judges are pooled, where there are directions to pool', () => {
  const tell = (strengths: number[]) =>
    textOf(held(holdSession(strengths, 8, steady), (overall) => ({ overall }))).includes('limited translation')
  expect([tell([0.5, 0, -0.5]), tell([0.5, -0.5])]).toEqual([true, false])
})

test('no vote counts: no model is told', () => {
  const { key, said } = holdSession([0.5, 0, -0.5], 4, steady)
  const text = textOf(
    held({ key, said: said.filter(({ statement }) => statement.kind !== 'headphones') }, (overall) => ({ overall })),
  )
  expect(text).toContain('No vote counts, so there are no strengths.')
  expect(text).not.toMatch(/Davidson's model|maximum likelihood|Intervals are over judges/)
})

test('one finite maximum is missing: the fit says what the prior does, in words for a reader', () => {
  const parted = holdSession([3, 1, -1, -3], 5, (_, __, d) => (d > 0 ? 'a' : 'b'))
  const text = textOf(held(parted, (overall) => ({ overall })))
  expect(text).toMatch(/Prior .{0,120} Gaussian, variance 2\.25/)
  expect(text).toContain('as where an entry never lost or never won')
  expect(text).not.toMatch(/priorVariance|separable|ask for more comparisons/i)
})

test('infit and outfit of the judges are those of the overall question, wherever it stands', () => {
  const party = holdSession([0.5, 0, 0, -0.5], 8, steady)
  const given = held(party, (overall) => ({ order: overall === 'a' ? 'b' : 'a', overall }))
  const { criteria } = resultsOf(given)
  expect(criteria.map(({ criterion }) => criterion)).toEqual(['order', 'overall'])
  const [ofOrder, ofOverall] = criteria.map(({ ranking }) => ranking?.judges['j0']?.infit?.toFixed(2) ?? '')
  expect(ofOrder).not.toBe(ofOverall)
  const row = /j0 person .*?(?= j1 person)/.exec(textOf(given))?.[0]
  expect(row).toContain(` ${ofOverall} `)
  expect(row).not.toContain(` ${ofOrder} `)
})

test('entries that votes do not link are drawn apart, each part about its own mean', () => {
  const { key, said } = holdSession([1, 0, 0, -1], 8, steady, 12)
  const linked = said.filter(({ judge, statement }) => {
    const trial =
      statement.kind === 'vote' ? key.judges.find((one) => one.judge === judge)?.trials[statement.trial] : undefined
    return trial === undefined || trial.a < 2 === trial.b < 2
  })
  const page = exportResults(
    held({ key, said: linked }, (overall) => ({ overall })),
    'report.html',
  )
  expect(page.split('<div class="dots">').length - 1).toBe(2)
  expect(page).toContain('0 the mean of each part: votes do not link the parts')
})
