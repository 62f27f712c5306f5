// Deck notes: what a slot plays, where it is heard and how loud; silent decks play nothing.
import { describe, expect, test } from 'vitest'
import type { DeckSlot } from '../../src/record/index.ts'
import { noteSchema } from '../../src/record/note.ts'
import { deckNotes } from '../../src/render/index.ts'
import { slot, track } from './invented.ts'

const settings = { startSeconds: 100, bpm: 126, keyLock: 0.05 }
const beat = 60 / 126
const notesOf = (changes: Partial<DeckSlot> = {}, given = track()) => deckNotes(slot(changes), given, settings)

test('a slot holds every repetition of every part, in order, as valid notes', () => {
  const notes = notesOf()
  const count = (part: string) => notes.filter(({ mark }) => mark.startsWith(`${part}:`)).length
  expect([count('drums'), count('bass'), count('chords'), count('lead')]).toEqual([64, 32, 6, 24])
  expect(notes.map((note) => note.onsetSeconds)).toEqual(notes.map((note) => note.onsetSeconds).sort((a, b) => a - b))
  for (const note of notes) expect(noteSchema.safeParse(note).success).toBe(true)
  expect(Math.min(...notes.map((note) => note.onsetSeconds))).toBe(100)
  expect(Math.max(...notes.map((note) => note.onsetSeconds))).toBeLessThan(100 + 32 * beat)
})

test('marks name part and pitch class, drums their number', () => {
  const marks = new Set(notesOf().map((note) => note.mark))
  for (const mark of ['drums:36', 'drums:42', 'bass:9', 'chords:9', 'chords:0', 'chords:4'])
    expect(marks).toContain(mark)
})

describe('silence', () => {
  test.each<[string, Partial<DeckSlot>]>([
    ['a deck that rests', { playing: false }],
    ['a closed fader', { fader: { from: 0, to: 0, overBeats: 0 } }],
    ['all bands killed', { eq: { low: 0, mid: 0, high: 0 } }],
  ])('%s gives no notes', (_, changes) => {
    expect(notesOf(changes)).toEqual([])
  })

  test('a part at level 0 gives none', () => {
    expect(notesOf({ section: 1 }).some(({ mark }) => mark.startsWith('bass'))).toBe(false)
  })
})

test('a killed low takes kick and bass, leaves hats and chords', () => {
  const marks = new Set(notesOf({ eq: { low: 0, mid: 1, high: 1 } }).map((note) => note.mark))
  expect(marks).not.toContain('drums:36')
  expect(marks).not.toContain('bass:9')
  expect(marks).toContain('drums:42')
  expect(marks).toContain('chords:9')
})

test('a loop of four beats repeats them eight times', () => {
  const notes = notesOf({ loopBeats: 4 }).filter(({ mark }) => mark.startsWith('lead'))
  const first = notes.filter((note) => note.onsetSeconds < 100 + 4 * beat - 1e-9)
  expect(notes.length).toBe(8 * first.length)
  for (const [i, note] of notes.entries()) {
    const source = first[i % first.length]
    const turn = Math.floor(i / first.length)
    expect(note.onsetSeconds).toBeCloseTo((source?.onsetSeconds ?? 0) + turn * 4 * beat, 9)
    expect(note.mark).toBe(source?.mark)
  }
})

test('a nudge of +2 % moves every note towards the start', () => {
  const straight = notesOf().filter(({ mark }) => mark === 'drums:36')
  const nudged = notesOf({ nudgePercent: 2 }).filter(({ mark }) => mark === 'drums:36')
  expect((nudged[5]?.onsetSeconds ?? 0) - 100).toBeCloseTo(((straight[5]?.onsetSeconds ?? 0) - 100) / 1.02, 9)
})

test('the fader is in the velocity, with equal power', () => {
  const kicks = notesOf({ fader: { from: 0, to: 1, overBeats: 32 } }).filter(({ mark }) => mark === 'drums:36')
  const half = kicks.find((note) => Math.abs(note.onsetSeconds - 100 - 16 * beat) < 1e-6)
  expect(half?.velocity).toBeCloseTo(0.9 * Math.SQRT1_2, 6)
})

test('beyond the key lock pitch moves with the speed, drums stay themselves', () => {
  const marks = new Set(notesOf({}, track({ bpm: 126 / 2 ** (1 / 12) })).map((note) => note.mark))
  expect(marks).toContain('bass:10')
  expect(marks).toContain('drums:36')
  expect(marks).not.toContain('bass:9')
})
