// The lexicon: near meanings must sound near. Outside truth for "near": how consonant people find each interval (Malmberg 1918, as in Krumhansl
// 1990, table 3.1: blending, smoothness and purity; 0 harshest .. 1).
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildLexicon, formatLexicon } from '../../samples/build-lexicon.ts'
import { fields } from '../../samples/lexicon/fields.ts'
import { defaultMapping, lexiconSchema, type TokenLine } from '../../src/record/index.ts'
import { commonKey, createLexicon, sonifyTurn } from '../../src/sonify/index.ts'

const text = readFileSync(new URL('../../samples/lexicon/words.json', import.meta.url), 'utf8')
const data = lexiconSchema.parse(JSON.parse(text))
const lexicon = createLexicon(data)
/** Rank order of the intervals 0..6 (an interval and its inversion are one class here): unison, fifth, third, minor third, second, tritone, semitone. */
const pleasant = [1, 0, 0.25, 0.6, 0.7, 0.85, 0.3]

const pitchesOf = (word: string): number[] => {
  const token: TokenLine = {
    n: 1,
    kind: 'token',
    agent: 'a',
    slot: 0,
    turn: 0,
    t: 0,
    text: word,
    role: 'speech',
    source: 'scripted',
    clock: 'world',
  }
  const voice = { timbre: 'pluck', registerMidi: 64 } as const
  const settings = { mapping: defaultMapping, voice, startSeconds: 0, slotSeconds: 16, bpm: 120, lexicon }
  return sonifyTurn([token], settings).map((note) => note.midi)
}

/** Mean pleasantness of the notes that sound together when two words are said at once. */
function consonance(a: string, b: string): number {
  const [x, y] = [pitchesOf(a), pitchesOf(b)]
  const pairs = x.slice(0, y.length).map((pitch, i) => {
    const interval = Math.abs(pitch - (y[i] ?? pitch)) % 12
    return pleasant[Math.min(interval, 12 - interval)] ?? 0
  })
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length
}

test('the file is what the script builds', () => {
  expect(formatLexicon(buildLexicon())).toBe(text)
})

test('words of one field sound more consonant than words of the next, those more than words from across the ring', () => {
  const own = fields.map((field) =>
    field.words
      .split(' ')
      .filter((word) => !word.includes('-') && lexicon.placeWord(word).found === 'word')
      .slice(0, 16),
  )
  const mean = (apart: number) => {
    const values = own.flatMap((words, i) =>
      words.flatMap((a) => (own[(i + apart) % own.length] ?? []).map((b) => consonance(a, b))),
    )
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  const [same, next, far] = [mean(0), mean(3), mean(10)]
  expect(same).toBeGreaterThan(next + 0.03)
  expect(next).toBeGreaterThan(far + 0.05)
})

test('unknown words lie by the word they look like, inflected ones with their stem, nonsense in the middle', () => {
  expect(lexicon.placeWord('basslines').found).toBe('word')
  expect(lexicon.placeWord('shimmering').found).toBe('word')
  expect(lexicon.placeWord('warehose')).toMatchObject({ found: 'alike' })
  expect(lexicon.placeWord('warehose').thirds.every((third) => third >= 0 && third <= 6)).toBe(true)
  expect(lexicon.placeWord('xqzt')).toMatchObject({ found: 'neutral' })
  expect(lexicon.placeWord('the')).toEqual({ found: 'function', thirds: [] })
})

test('a common key is the one that shares most tones with all', () => {
  const [c, g, f, fSharp] = [0, 7, 5, 6].map((tonic) => ({ tonic, mode: 'major' as const }))
  if (!c || !g || !f || !fSharp) throw new Error('four keys')
  expect(commonKey([fSharp, g, f, c])).toEqual(c)
  expect(commonKey([])).toEqual({ tonic: 9, mode: 'minor' })
})
