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

const spoken = fc.record({
  text: fc.constantFrom('light', 'sugar', 'drum', ' deep'),
  role: fc.constantFrom('speech' as const, 'speech' as const, 'action' as const),
  slot: fc.integer({ min: 0, max: 3 }),
})

describe('tokens in another order', () => {
  test('places and actions stay; the same words are said as often', () => {
    fc.assert(
      fc.property(fc.array(spoken, { maxLength: 40 }), (tokens) => {
        for (const twin of drawTokenTwins(tokens, { count: 3, seed: 1 })) {
          expect(twin.map(({ slot, role }) => ({ slot, role }))).toEqual(
            tokens.map(({ slot, role }) => ({ slot, role })),
          )
          expect(twin.map(({ text }) => text).sort()).toEqual(tokens.map(({ text }) => text).sort())
          tokens.forEach((token, i) => {
            if (token.role === 'action') expect(twin[i]).toBe(token)
          })
        }
      }),
    )
  })
  test('what a word was worth in bits goes with it', () => {
    const tokens = [
      { text: 'a', role: 'speech' as const, logprob: -1 },
      { text: 'b', role: 'speech' as const },
    ]
    for (const twin of drawTokenTwins(tokens, { count: 8, seed: 1 }))
      for (const { text, logprob } of twin) expect(logprob).toBe(text === 'a' ? -1 : undefined)
  })
  test('equal seeds, equal twins; other seeds, others', () => {
    const tokens = Array.from({ length: 30 }, (_, i) => ({ text: `word ${i}`, role: 'speech' as const }))
    const draw = (seed: number) => [...drawTokenTwins(tokens, { count: 2, seed })]
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(1)[0]).not.toEqual(draw(1)[1])
  })
  test('nothing said, nothing moved; a count that cannot be', () => {
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
