// The lexicon: near meanings must sound near. Outside truth for "near": how consonant people find each interval (Malmberg 1918, as in Krumhansl
// 1990, table 3.1: blending, smoothness and purity; 0 harshest .. 1).
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildLexicon, formatLexicon } from '../../samples/build-lexicon.ts'
import { fields } from '../../samples/lexicon/fields.ts'
import { defaultMapping, lexiconSchema, type Mapping, type Mask, type TokenLine } from '../../src/record/index.ts'
import { commonKey, createLexicon, sonifyTurn } from '../../src/sonify/index.ts'

const text = readFileSync(new URL('../../samples/lexicon/words.json', import.meta.url), 'utf8')
const data = lexiconSchema.parse(JSON.parse(text))
const lexicon = createLexicon(data)
/** Rank order of the intervals 0..6 (an interval and its inversion are one class here): unison, fifth, third, minor third, second, tritone, semitone. */
const pleasant = [1, 0, 0.25, 0.6, 0.7, 0.85, 0.3]

const pitchesOf = (word: string, name: Mapping['name']): number[] => {
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
  const settings = { mapping: { ...defaultMapping, name }, voice, startSeconds: 0, slotSeconds: 16, bpm: 120, lexicon }
  return sonifyTurn([token], settings).map((note) => note.midi)
}

/** Mean pleasantness of the notes that sound together when two words are said at once. */
function consonance(a: string, b: string, name: Mapping['name']): number {
  const [x, y] = [pitchesOf(a, name), pitchesOf(b, name)]
  const pairs = x.slice(0, y.length).map((pitch, i) => {
    const interval = Math.abs(pitch - (y[i] ?? pitch)) % 12
    return pleasant[Math.min(interval, 12 - interval)] ?? 0
  })
  return pairs.reduce((sum, value) => sum + value, 0) / pairs.length
}

test('the file is what the script builds', () => {
  expect(formatLexicon(buildLexicon())).toBe(text)
})

test('words of one field sound most consonant, words across the ring least; letters, which mean nothing, show no such slope', () => {
  const own = fields.map((field) =>
    field.words
      .split(' ')
      .filter((word) => !word.includes('-') && lexicon.placeWord(word).found === 'word')
      .slice(0, 12),
  )
  const mean = (apart: number, name: Mapping['name']) => {
    const values = own.flatMap((words, i) => {
      const others = own[(i + apart) % own.length] ?? []
      return words.flatMap((a) => others.filter((b) => b !== a).map((b) => consonance(a, b, name)))
    })
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  const byMeaning = [0, 3, 6, 10].map((apart) => mean(apart, 'meaning'))
  for (const [i, value] of byMeaning.slice(1).entries()) expect(value).toBeLessThan((byMeaning[i] ?? 0) - 0.05)
  expect((byMeaning[0] ?? 0) - (byMeaning[3] ?? 1)).toBeGreaterThan(0.3)
  expect(Math.abs(mean(0, 'letters') - mean(10, 'letters'))).toBeLessThan(0.03)
})

test('what the shipped masks say is known', () => {
  const folder = new URL('../../samples/masks/', import.meta.url)
  const said = readdirSync(folder).flatMap(
    (name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Mask).phrases,
  )
  const words =
    said
      .join(' ')
      .replace(/\{\w+\}/g, '')
      .match(/[a-z'’]+/gi) ?? []
  expect(words.length).toBeGreaterThan(100)
  const unknown = words.filter((word) => ['alike', 'neutral'].includes(lexicon.placeWord(word).found))
  expect(unknown.length / words.length).toBeLessThan(0.1)
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
