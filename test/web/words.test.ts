// Words on the page: moments, addresses, and what strangers wrote.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatAddress, readAddress } from '../../src/web/run/address.ts'
import { differencesOf } from '../../src/web/run/differences.ts'
import { describeBody } from '../../src/web/view/body.ts'
import { displayText } from '../../src/web/view/elements.ts'
import { describeTime, describeValue } from '../../src/web/view/moment.ts'
import { describeMissing, nameFile, nameRun } from '../../src/web/view/runs.ts'

test('text of agents loses what could turn or hide the page, and nothing else', () => {
  expect(displayText('a\u202eb\u2066c\u0000d\ne')).toBe('abcd e')
  expect(displayText('<b>שלום</b> naïve 🎵')).toBe('<b>שלום</b> naïve 🎵')
  expect(displayText('x'.repeat(1_000_000), 400)).toHaveLength(401)
})

test('names of runs and files are text without tricks, whoever made the folder', () => {
  expect(nameRun('\u202eevil\u2066\u0007')).toBe('evil')
  expect(nameRun('\u202e\u200f \n')).toBe('a run without a name')
  expect(nameRun('x'.repeat(300))).toHaveLength(41)
  expect(nameFile('stems/\u202ea.b\n.deck.wav')).toBe('Stem a.b , deck')
  expect(nameFile('notes.mid')).toBe('Notes (MIDI)')
})

test('what a run could be asked for and does not hold is told with the command that makes it', () => {
  const all = ['record.jsonl', 'scores.json', 'mix.wav', 'notes.mid']
  const missing = (id: string, files: readonly string[], live = false) =>
    describeMissing({ id, title: '', live, finished: !live, files: [...files] })
  expect(missing('7', all)).toBeNull()
  expect(missing('7', ['record.jsonl', 'scores.json', 'notes.mid'])).toBe('Mix, stems and MIDI: hocket render 7')
  expect(missing('chat', ['record.jsonl'])).toBe(
    'Mix, stems and MIDI, scores: hocket render runs/chat, hocket score runs/chat',
  )
  expect(
    missing(
      '7',
      all.filter((file) => file !== 'scores.json'),
    ),
  ).toBe('Scores: hocket score 7')
  expect(missing('7; rm -rf ~', ['record.jsonl', 'scores.json'])).toBe('Mix, stems and MIDI: hocket render RUN')
  expect(missing('7', ['record.jsonl'], true)).toBeNull()
})

test('an address round-trips to a tenth of a second', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(36_000), (run, tenths) => {
      const address = { run, seconds: tenths / 10 }
      expect(readAddress(formatAddress(address))).toEqual({ ...address, live: false })
    }),
  )
  expect(readAddress('')).toEqual({ run: null, seconds: null, live: false })
  expect(readAddress('#run=7&t=-3')).toEqual({ run: '7', seconds: null, live: false })
  expect(readAddress('#run=7&t=live')).toEqual({ run: '7', seconds: null, live: true })
  expect(readAddress('#run=7&t=soon')).toEqual({ run: '7', seconds: null, live: false })
})

test('readings have words for the whole range and for nothing', () => {
  expect(describeValue('consonance', null)).toBe('not defined here')
  expect([0.1, 0.5, 0.9].map((value) => describeValue('consonance', value))).toEqual([
    'very dissonant',
    'neither dissonant nor consonant',
    'very consonant',
  ])
  expect(describeValue('interlock', 1.1)).toBe('rhythms weaving tightly')
  expect(describeValue('vitality', -0.1)).toBe('hardly alive')
})

test('pain is said before comfort', () => {
  expect(describeBody({ agent: 'a', comfort: 0.9, pain: 0.5, adaptation: 0 })).toBe('in pain')
  expect(describeBody({ agent: 'a', comfort: 0.9, pain: 0, adaptation: 0 })).toBe('glowing')
  expect(describeBody(undefined)).toBe('no body')
})

test('clock', () => {
  expect([0, 59.9, 60, 732.4].map(describeTime)).toEqual(['0:00', '0:59', '1:00', '12:12'])
})

test('differences are found where they are, to 1e-9', () => {
  expect(differencesOf({ a: [1, { b: 2 }], c: null }, { a: [1 + 1e-12, { b: 2 }], c: null })).toEqual([])
  expect(differencesOf({ a: [1, { b: 2 }] }, { a: [1, { b: 2.1 }], c: 'x' })).toEqual(['a.1.b', 'c'])
  expect(differencesOf({ a: null }, { a: 0 })).toEqual(['a'])
  expect(differencesOf({ a: 1 }, { a: Number.NaN })).toEqual(['a'])
})
