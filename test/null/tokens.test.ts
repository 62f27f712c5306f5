import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureVitality, symbolsOfNotes } from '../../src/measure/index.ts'
import { drawMappingTwins, drawTokenTwins } from '../../src/null/index.ts'
import type { Note } from '../../src/record/index.ts'

/** A voice of words, each the pitches of its notes; a note every eighth of a second. */
function speak(words: readonly (readonly number[])[]): Note[] {
  let at = 0
  return words.flatMap((pitches, token) =>
    pitches.map(
      (midi): Note => ({
        agent: 'a',
        layer: 'voice',
        onsetSeconds: at++ / 8,
        durationSeconds: 0.1,
        midi,
        velocity: 0.5,
        timbre: 'harmonic',
        mark: String(midi % 12),
        token,
      }),
    ),
  )
}

const word = fc.array(fc.integer({ min: 48, max: 72 }), { minLength: 1, maxLength: 3 })
const text = fc.array(word, { minLength: 1, maxLength: 40 })
const pitchesOf = (notes: readonly Note[]) => notes.map(({ midi }) => midi)
const wordsOf = (notes: readonly Note[]) => {
  const words: string[] = []
  for (const { token, midi } of notes) words[token ?? 0] = `${words[token ?? 0] ?? ''} ${midi}`
  return words
}

describe('tokens in another order', () => {
  test('times, lengths and accents stay; the same words are said as often', () => {
    fc.assert(
      fc.property(text, (words) => {
        const notes = speak(words)
        for (const twin of drawTokenTwins(notes, { count: 3, seed: 1 })) {
          expect(twin.map(({ midi: _, mark: __, ...rest }) => rest)).toEqual(
            notes.map(({ midi: _, mark: __, ...rest }) => rest),
          )
          expect(wordsOf(twin).sort()).toEqual(wordsOf(notes).sort())
          expect(twin.every(({ midi, mark }) => mark === String(midi % 12))).toBe(true)
        }
      }),
    )
  })
  test('a grammar loses its order', () => {
    const notes = speak(Array.from({ length: 120 }, (_, i) => [60 + (i % 4)]))
    const order = measureVitality(symbolsOfNotes(notes)).order as number
    const twins = [...drawTokenTwins(notes, { count: 5, seed: 2 })]
    for (const twin of twins) expect(measureVitality(symbolsOfNotes(twin)).order as number).toBeLessThan(order / 2)
  })
  test('equal seeds, equal twins; other seeds, others', () => {
    const notes = speak(Array.from({ length: 30 }, (_, i) => [50 + i]))
    const draw = (seed: number) => [...drawTokenTwins(notes, { count: 2, seed })].map(pitchesOf)
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(1)[0]).not.toEqual(draw(1)[1])
  })
  test('no notes, no words; a count that cannot be', () => {
    expect([...drawTokenTwins([], { count: 2, seed: 1 })]).toEqual([[], []])
    expect(() => [...drawTokenTwins([], { count: -1, seed: 1 })]).toThrow(/count: expected a whole number/)
  })
})

describe('words with other pitches', () => {
  test('a word still returns whenever it returned, and no word changes its length', () => {
    fc.assert(
      fc.property(text, (words) => {
        const notes = speak(words)
        const [twin = []] = drawMappingTwins(notes, { count: 1, seed: 3 })
        const [before, after] = [wordsOf(notes), wordsOf(twin)]
        before.forEach((said, i) => {
          expect(after[i]).toBe(after[before.indexOf(said)])
        })
        expect(new Set(after).size).toBe(new Set(before).size)
      }),
    )
  })
  test('vitality cannot tell', () => {
    const notes = speak(Array.from({ length: 100 }, (_, i) => [60 + ((i * i) % 7)]))
    const twin = [...drawMappingTwins(notes, { count: 1, seed: 5 })].at(-1) ?? []
    expect(pitchesOf(twin)).not.toEqual(pitchesOf(notes))
    expect(measureVitality(symbolsOfNotes(twin)).vitality).toBeCloseTo(
      measureVitality(symbolsOfNotes(notes)).vitality as number,
      9,
    )
  })
})
