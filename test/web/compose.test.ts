// Slots as the page makes them: the pipeline's notes whenever they are asked for, and records that may not go on so refused with words.
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { longRecord } from '../../src/node/bench/long-record.ts'
import { composeRecord } from '../../src/pipeline.ts'
import { parseLine, type RecordLine } from '../../src/record/index.ts'
import { createComposer } from '../../src/web/run/compose.ts'
import type { SlotScore } from '../../src/web/run/slots.ts'
import { smallRecord, textOf } from '../node/records.ts'
import { playShortParty, shippedLexicon, shippedLibrary } from '../party.ts'

const instruments = { library: shippedLibrary(), lexicon: shippedLexicon() }
let party: RecordLine[]
beforeAll(async () => {
  party = await playShortParty(3)
})

function compose(record: readonly RecordLine[], keptNotes?: number) {
  const composer = createComposer({ ...instruments, ...(keptNotes === undefined ? {} : { keptNotes }) })
  for (const line of record) composer.add(line)
  const { score } = composer
  if (score === undefined) throw new Error('no score')
  return score
}

test('slots asked for in any order, again and again, hold the notes of the pipeline', () => {
  const notes = composeRecord(party, instruments)
  const wanted = compose(party).slots.map((slot) => slot.notes)
  expect(wanted.flat()).toEqual(notes)
  fc.assert(
    fc.property(fc.array(fc.nat(2), { minLength: 1, maxLength: 8 }), (order) => {
      const score = compose(party)
      for (const k of order) {
        const { agents, notes: own } = score.slots[k] as SlotScore
        expect(own).toEqual(wanted[k])
        expect(agents.flatMap(({ voiceNotes, deckNotes }) => [...voiceNotes, ...deckNotes])).toHaveLength(own.length)
      }
    }),
    { numRuns: 8 },
  )
})

test('only slots last asked for stay composed; let go and asked for again they are the same', () => {
  const score = compose([...longRecord({ agents: 16, tokens: 24_000 })], 2000)
  const [first, last] = [score.slots[0], score.slots.at(-1)]
  const notes = first?.notes
  expect(first?.notes).toBe(notes)
  expect(score.slots.length).toBeGreaterThan(8)
  for (const slot of score.slots) expect(slot.turns.length).toBeGreaterThan(0)
  const again = last?.notes
  expect(first?.notes).not.toBe(notes)
  expect(first?.notes).toEqual(notes)
  expect(last?.notes).toBe(again)
})

const [session, token] = smallRecord(2) as [RecordLine, RecordLine]
const end = { n: 2, kind: 'end', slots: 1, seconds: 1, reason: 'finished' }

test.each([
  ['a slot beyond all sense', [session, { ...token, slot: 9e15 }, { ...end }], /slot within 10000 of slot 0/],
  ['an end beyond all sense', [session, token, { ...end, slots: 2 ** 52 }], /slot within 10000/],
  ['a stranger', [session, { ...token, agent: 'zed' }], /expected one of the session's agents \(a, b\), got "zed"/],
  ['lines after the end', [session, token, { ...end }, { ...token, n: 3 }], /nothing after the end line/],
  ['no session', [{ ...token, n: 0 }], /session line first/],
  ['a second session', [session, { ...session }], /expected n 1, got 0/],
  [
    'time that runs back',
    [session, token, { ...token, n: 2, t: -0 }, { ...token, n: 3, t: 5 }, { ...token, n: 4, t: 1 }],
    /5 s or later/,
  ],
])('refused: %s', (_, record, words) => {
  expect(() => compose(record as RecordLine[])).toThrow(words)
})

test('every line of a record turned inside out is either taken or refused with words', () => {
  const texts = textOf(party.slice(0, 40)).trimEnd().split('\n')
  const wild = fc.constantFrom(
    'NaN',
    '1e999',
    '-1',
    '9007199254740993',
    '"\\u0000"',
    '{"__proto__":[]}',
    '[[[[]]]]',
    'null',
  )
  fc.assert(
    fc.property(fc.nat(texts.length - 1), fc.nat(12), wild, (k, field, value) => {
      let seen = 0
      const text = (texts[k] ?? '').replaceAll(/:("[^"]*"|-?[\d.]+)/g, (found) =>
        seen++ === field ? `:${value}` : found,
      )
      const composer = createComposer(instruments)
      try {
        for (const [n, line] of texts.slice(0, k).entries()) composer.add(parseLine(line, n + 1))
        composer.add(parseLine(text, k + 1))
      } catch (error) {
        expect((error as Error).name).toBe('InputError')
        expect((error as Error).message.length).toBeLessThan(2000)
      }
    }),
    { numRuns: 150 },
  )
})
