// Syllables against the CMU Pronouncing Dictionary, and what must hold for any word.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countSyllables, readSyllables } from '../../src/sonify/index.ts'

const file = new URL('../outside/syllables/cmudict-syllables.json', import.meta.url)
const truth = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number[]>

test('at least 97 of 100 words of CMUdict have as many syllables as people say; the rest are off by one', () => {
  const words = Object.keys(truth)
  const wrong = words.filter((word) => !truth[word]?.includes(countSyllables(word)))
  expect(words.length).toBeGreaterThan(1200)
  expect(wrong.length / words.length).toBeLessThan(0.03)
  const far = wrong.filter((word) => !truth[word]?.some((count) => Math.abs(count - countSyllables(word)) <= 1))
  expect(far.length).toBeLessThanOrEqual(3)
})

test('stress falls before -tion and -ity, after light prefixes, else first', () => {
  const stressed = (word: string) => readSyllables(word).findIndex((syllable) => syllable.stressed)
  expect(['pattern', 'vibration', 'again', 'record', 'electricity', 'repeat'].map(stressed)).toEqual([0, 1, 1, 0, 2, 1])
})

test('any word: one syllable or more, in order, covering all letters, one of them stressed', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.stringMatching(/^[a-zA-Z]{1,30}$/), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })),
      (word) => {
        const syllables = readSyllables(word)
        expect(syllables.length).toBeGreaterThanOrEqual(1)
        expect(syllables.length).toBe(countSyllables(word))
        expect(syllables[0]?.start).toBe(0)
        expect(syllables.reduce((sum, syllable) => sum + syllable.letters, 0)).toBe(word.length)
        for (const { letters } of syllables) expect(letters).toBeGreaterThan(0)
        expect(syllables.filter((syllable) => syllable.stressed)).toHaveLength(1)
      },
    ),
  )
})
