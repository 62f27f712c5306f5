// The lexicon: near meanings must sound consonant, strangers no better than chance. Outside truth: people's ratings of 353 pairs of words (WordSim-353)
// and of 30 pairs of nouns (Miller & Charles 1991; test/outside/similarity), and WordNet relations of words that were held out when the lexicon was built.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { consonanceOfMotifs, rankCorrelation } from '../../src/measure/index.ts'
import { auditFaithfulness, readPairs } from '../../src/node/audit/index.ts'
import { loadMeanings, pairsFile } from '../../src/node/installation.ts'
import { defaultMapping, type Mapping, type Mask } from '../../src/record/index.ts'
import { commonKey, pitchOfStep, singMotifs, singSyllables } from '../../src/sonify/index.ts'
import { shippedLexicon } from '../party.ts'

const lexicon = shippedLexicon()
const meanings = loadMeanings()
const textOf = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')
const rated = (name: string) => readPairs(textOf(`../outside/similarity/${name}`), name)
const people = rated('wordsim-353.csv')
const nouns = rated('miller-charles-1991.csv')
const heldOut = readPairs(readFileSync(pairsFile, 'utf8'), pairsFile)
const settings = { mapping: 'meaning', lexicon, notesPerWord: 4, registerMidi: 60 } as const
const sing = (text: string) => singMotifs(text, settings)
const together = (a: string, b: string) => consonanceOfMotifs(sing(a), sing(b)) ?? 0

describe('consonance follows meaning', () => {
  const faithful = (name: Mapping['name'], pairs = heldOut) =>
    auditFaithfulness(pairs, { mapping: { ...defaultMapping, name }, lexicon, meanings })

  test('of words that people rated', () => {
    expect(people.length).toBe(353)
    expect(faithful('meaning', people).motifs).toBeGreaterThan(0.35)
    expect(faithful('meaning', people).meanings).toBeGreaterThan(0.6)
    expect(nouns.length).toBe(30)
    expect(faithful('meaning', nouns).motifs).toBeGreaterThan(0.25)
  })

  test('of words held out, rated from WordNet; letters, which mean nothing, show none of it', () => {
    const { motifs, strangers, chance, pairs } = faithful('meaning')
    expect(pairs).toBeGreaterThan(500)
    expect(motifs).toBeGreaterThan(0.2)
    expect(strangers).toBeLessThanOrEqual(chance)
    expect(Math.abs(faithful('letters').motifs ?? 1)).toBeLessThan(0.1)
  })

  test('in every key and register', () => {
    for (const key of [
      { tonic: 2, mode: 'major' },
      { tonic: 7, mode: 'minor' },
    ] as const)
      for (const registerMidi of [45, 64, 72]) {
        const heard = people.map(({ a, b }) => {
          const [x, y] = [a, b].map((word) => singMotifs(word, { ...settings, key, registerMidi }))
          return consonanceOfMotifs(x ?? [], y ?? []) ?? 0
        })
        const ratings = people.map(({ rating }) => rating)
        expect(rankCorrelation(heard, ratings)).toBeGreaterThan(0.35)
      }
  })

  test('what DJs say: a glossary beyond the newspapers', () => {
    const near = ['dubstep techno', 'bassline drumbeat', 'amapiano kwaito', 'shoegaze lo-fi', 'beatmatch turntable']
    const far = ['dubstep parliament', 'bassline treaty', 'amapiano senator', 'shoegaze wheat', 'beatmatch bishop']
    const mean = (pairs: readonly string[]) =>
      pairs.reduce((sum, pair) => sum + together(...(pair.split(' ') as [string, string])), 0) / pairs.length
    expect(mean(near)).toBeGreaterThan(mean(far) + 0.1)
  })
})

test('a relative major and minor sing the same; steps rise from the tonic of the minor', () => {
  const minor = { key: { tonic: 9, mode: 'minor' }, registerMidi: 63 } as const
  const major = { key: { tonic: 0, mode: 'major' }, registerMidi: 63 } as const
  const steps = [0, 1, 2, 3, 4, 5, 6]
  expect(steps.map((step) => pitchOfStep(step, minor) % 12)).toEqual([9, 11, 0, 2, 4, 5, 7])
  expect(steps.map((step) => pitchOfStep(step, major))).toEqual(steps.map((step) => pitchOfStep(step, minor)))
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
  expect(unknown.length / words.length).toBeLessThan(0.03)
})

test("unknown words take the motif of the word they look like, inflected ones their stem's, nonsense one of its own", () => {
  expect(lexicon.placeWord('hihats').found).toBe('word')
  expect(lexicon.placeWord("DRUM'S").steps).toEqual(lexicon.placeWord('drum').steps)
  expect(lexicon.placeWord('warehousse')).toEqual({ ...lexicon.placeWord('warehouse'), found: 'alike' })
  expect(lexicon.findWord('warehousse')).toBe('warehouse')
  expect(lexicon.placeWord('xqzt').found).toBe('neutral')
  expect(lexicon.placeWord('xqzt').steps).not.toEqual(lexicon.placeWord('qvjx').steps)
  expect(lexicon.placeWord('the')).toEqual({ found: 'function', steps: [] })
})

test('a word sings its motif a note a syllable; a known compound is one word', () => {
  expect(singSyllables('music', settings)).toEqual(sing('music').slice(0, 2))
  const { steps } = lexicon.placeWord('hi-hat')
  const pitches = steps.map((step) => pitchOfStep(step, { key: { tonic: 9, mode: 'minor' }, registerMidi: 60 }))
  expect(singSyllables('hi-hat', settings)).toEqual(pitches.slice(0, 2))
  expect(sing('hi-hat')).toEqual(pitches)
})

test('a common key is the one that shares most tones with all', () => {
  const [c, g, f, fSharp] = [0, 7, 5, 6].map((tonic) => ({ tonic, mode: 'major' as const }))
  if (!c || !g || !f || !fSharp) throw new Error('four keys')
  expect(commonKey([fSharp, g, f, c])).toEqual(c)
  expect(commonKey([])).toEqual({ tonic: 9, mode: 'minor' })
})
