// Machine judges: what they are asked, what counts as an answer, and what is made of it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Comparison,
  compareWithPeople,
  type MachineAnswer,
  type MachinePlan,
  type MachineQuestion,
  planQuestions,
  readAnswer,
  readConduct,
} from '../../src/judging/index.ts'
import { seededRandom } from '../../src/random.ts'

const plan: MachinePlan = {
  pairs: [
    { a: 'x', b: 'y' },
    { a: 'x', b: 'z' },
    { a: 'y', b: 'z' },
  ],
  same: ['x', 'z'],
  gain: [0, 2],
  canaries: [
    { kind: 'silence', clip: 'silence', beside: 'x' },
    { kind: 'detuned', clip: 'y-detuned', beside: 'y' },
  ],
}
const questions = planQuestions(plan)
const conductOf = (answer: (question: MachineQuestion) => MachineAnswer) =>
  readConduct(plan, questions, questions.map(answer))
const said = (side: 'first' | 'second' | 'tie'): MachineAnswer => ({ kind: 'said', side })
const worth: Record<string, number> = { x: 3, y: 2, z: 1, silence: -1, 'y-detuned': 0 }
const prefer = (value: (sounding: MachineQuestion['first']) => number) => (question: MachineQuestion) => {
  const difference = value(question.first) - value(question.second)
  return said(difference > 0 ? 'first' : difference < 0 ? 'second' : 'tie')
}
const fair = prefer(({ clip }) => worth[clip] ?? 0)

test('every pair and canary in both orders, gains only softer', () => {
  expect(questions.length).toBe(2 * 3 + 2 + 2 * 2 + 2 * 2)
  for (const kind of ['main', 'canary'] as const)
    for (const question of questions.filter((one) => one.kind === kind))
      expect(
        questions.filter(
          (one) =>
            one.kind === kind && one.first.clip === question.second.clip && one.second.clip === question.first.clip,
        ).length,
      ).toBe(1)
  const gains = questions
    .filter(({ kind }) => kind === 'gain')
    .map(({ first, second }) => [first.gainDecibels, second.gainDecibels])
  expect(gains).toEqual([
    [-3, 0],
    [0, -3],
    [-3, 0],
    [0, -3],
  ])
  expect(() => planQuestions({ ...plan, gain: [3] })).toThrow(/gain: expected places of pairs, got 3 of 3/)
})

describe('answers', () => {
  test.each([
    ['A', 'first'],
    [' b.\n', 'second'],
    ['"TIE"', 'tie'],
    ['**A**', 'first'],
  ])('%j is one', (text, side) => {
    expect(readAnswer(text)).toEqual({ kind: 'said', side })
  })

  test.each(['', 'A or B', 'Both are fine, but A', 'AB', 'none', 'A B', 'Answer: A', 'A!'])('%j is none', (text) => {
    expect(readAnswer(text).kind).toBe('unreadable')
  })

  test('what was said instead is kept, in one short line', () => {
    expect(readAnswer(`I  think\nthat ${'x'.repeat(100)}`)).toEqual({
      kind: 'unreadable',
      got: `I think that ${'x'.repeat(67)}`,
    })
  })
})

describe('conduct', () => {
  test('a fair judge: its order, nothing against it', () => {
    const conduct = conductOf(fair)
    expect(conduct.pairs.map(({ verdict }) => verdict)).toEqual(['a', 'a', 'a'])
    expect(conduct.flips).toEqual({ count: 0, of: 3 })
    expect(conduct.position).toEqual({ count: 3, of: 6 })
    expect(conduct.same).toEqual({ count: 2, of: 2 })
    expect(conduct.gain).toEqual({ count: 4, of: 4 })
    expect(conduct.canaries.map(({ last }) => last)).toEqual([true, true])
    expect(conduct.against).toEqual([])
  })

  test('one who always takes the first: only flips, which are ties', () => {
    const conduct = conductOf(() => said('first'))
    expect(conduct.pairs.map(({ verdict, flipped }) => [verdict, flipped])).toEqual(plan.pairs.map(() => ['tie', true]))
    expect(conduct.position).toEqual({ count: 6, of: 6 })
    expect(conduct.against).toEqual([
      'did not put last: silence, detuned',
      'preferred a sound to itself in 2 of 2',
      'its answer turned with the order in 3 of 3 decided pairs',
    ])
  })

  test('one who takes the louder is found by the change of gain', () => {
    const loud = prefer(({ clip, gainDecibels }) => (worth[clip] ?? 0) + gainDecibels)
    expect(conductOf(loud).gain).toEqual({ count: 2, of: 4 })
    expect(conductOf(loud).against).toEqual(['3 dB changed 2 of 4 answers'])
  })

  test('a tie in one order is a tie, and no flip', () => {
    const conduct = conductOf((question) =>
      question.kind === 'main' && question.first.clip === 'x' ? said('tie') : fair(question),
    )
    expect(conduct.pairs[0]).toEqual({ a: 'x', b: 'y', verdict: 'tie', flipped: false, reason: null })
    expect(conduct.flips).toEqual({ count: 0, of: 1 })
  })

  test('refused, unreadable and unavailable are kept apart, and are no verdict', () => {
    const answers: MachineAnswer[] = [
      { kind: 'refused' },
      { kind: 'unreadable', got: 'Well' },
      { kind: 'unavailable', reason: 'timed-out' },
    ]
    const conduct = conductOf((question) =>
      question.kind === 'main' ? (answers[question.of] ?? said('tie')) : fair(question),
    )
    expect(conduct.pairs.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      [null, 'refused'],
      [null, 'unreadable: expected A, B or TIE, got "Well"'],
      [null, 'unavailable: timed-out'],
    ])
    expect(conduct.answers).toEqual({ asked: 16, said: 10, unreadable: 2, refused: 2, unavailable: 2 })
    // Nobody answered on the third: no fault of the machine.
    expect(conduct.against).toEqual(['no verdict on 2 of 2 pairs'])
    expect(conduct.gain).toEqual({ count: 0, of: 0 })
  })

  test('a server that never answers says nothing against the machine', () => {
    const conduct = conductOf(() => ({ kind: 'unavailable', reason: 'denied' }))
    expect(conduct.pairs.map(({ reason }) => reason)).toEqual(Array(3).fill('unavailable: denied'))
    expect(conduct.against).toEqual([])
  })

  test('dice: half of the answers turn over', () => {
    const random = seededRandom(1)
    const many: MachinePlan = {
      pairs: Array.from({ length: 400 }, (_, k) => ({ a: `a${k}`, b: `b${k}` })),
      same: [],
      gain: [],
      canaries: [],
    }
    const asked = planQuestions(many)
    const { flips, position } = readConduct(
      many,
      asked,
      asked.map(() => said(random() < 0.5 ? 'first' : 'second')),
    )
    expect(flips.of).toBe(400)
    expect(Math.abs(flips.count / 400 - 0.5)).toBeLessThan(0.1)
    expect(Math.abs(position.count / 800 - 0.5)).toBeLessThan(0.07)
  })

  test('another number of answers is refused', () => {
    expect(() => readConduct(plan, questions, [])).toThrow(/answers: expected 16, one a question, got 0/)
  })
})

describe('beside people', () => {
  const { pairs } = conductOf(fair)
  const vote = (judge: string, a: string, b: string, result: Comparison['result']): Comparison => ({
    judge,
    a,
    b,
    result,
  })

  test('share of their decided votes, sides swapped or not, ties and other pairs left out', () => {
    const votes = [
      vote('j', 'x', 'y', 'a'),
      vote('j', 'z', 'x', 'b'),
      vote('k', 'y', 'x', 'a'),
      vote('k', 'y', 'z', 'tie'),
      vote('k', 'p', 'q', 'a'),
    ]
    const agreement = compareWithPeople(pairs, votes)
    expect(agreement).toMatchObject({ share: 2 / 3, votes: 3, judges: 2 })
    expect(agreement?.low).toBe(0)
    expect(agreement?.high).toBe(1)
  })

  test('one judge has no interval, nothing in common is null', () => {
    expect(compareWithPeople(pairs, [vote('j', 'x', 'y', 'a')])).toEqual({
      share: 1,
      votes: 1,
      judges: 1,
      low: null,
      high: null,
    })
    expect(compareWithPeople(pairs, [])).toBeNull()
  })

  test('with equally many votes each, the interval is that of Student over judges', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 8 }), (wins) => {
        const votes = wins.flatMap((own, j) =>
          Array.from({ length: 4 }, (_, k) => vote(`${j}`, 'x', 'y', k < own ? 'a' : 'b')),
        )
        const agreement = compareWithPeople(pairs, votes)
        const mean = wins.reduce((sum, own) => sum + own / 4, 0) / wins.length
        expect(agreement?.share).toBeCloseTo(mean, 12)
        expect(agreement?.low).toBeLessThanOrEqual(mean)
        expect(agreement?.high).toBeGreaterThanOrEqual(mean)
      }),
    )
  })
})
