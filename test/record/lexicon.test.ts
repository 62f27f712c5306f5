// A lexicon survives its bytes, and bytes that are no lexicon are refused with their place.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InputError, type LexiconData, readLexicon, writeLexicon } from '../../src/record/index.ts'

const lexicons = fc
  .record({
    words: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 }),
    notesPerWord: fc.integer({ min: 1, max: 4 }),
    steps: fc.integer({ min: 1, max: 12 }),
    seed: fc.infiniteStream(fc.nat(255)),
  })
  .map(({ words, notesPerWord, steps, seed }): LexiconData => {
    const motifs = Uint8Array.from({ length: words.length * notesPerWord }, () => (seed.next().value as number) % steps)
    return { words: words.sort(), notesPerWord, motifs, steps }
  })

test('what is written is read', () => {
  fc.assert(
    fc.property(lexicons, (lexicon) => {
      expect(readLexicon(writeLexicon(lexicon))).toEqual(lexicon)
    }),
  )
})

test('bytes cut short or torn are refused, never read as something else', () => {
  fc.assert(
    fc.property(lexicons, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (lexicon, part) => {
      const bytes = writeLexicon(lexicon)
      expect(() => readLexicon(bytes.subarray(0, Math.floor(part * bytes.length)))).toThrow(InputError)
      expect(() => readLexicon(Uint8Array.from([...bytes, 0]))).toThrow(/expected the end/)
    }),
  )
  for (let length = 5; length < 12; length++)
    expect(() =>
      readLexicon(Uint8Array.from([0x48, 0x4b, 0x4c, 0x58, 1, 2, 7, 0, 1, 0, 0, 0]).subarray(0, length)),
    ).toThrow(`byte ${length}: expected a header of 12 bytes`)
  expect(() => readLexicon(new TextEncoder().encode('{"version": 1}'), 'words.json')).toThrow(
    /words.json, byte 0: expected a lexicon of version 1/,
  )
})
