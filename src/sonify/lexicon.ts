// Which motif a word has: known words their own, unknown ones that of the known word they look like, the rest one that their letters choose,
// which is at chance with every other. A motif is up to four steps of the key collection that all voices keep to; the lexicon was made so
// that motifs of words alike in meaning are consonant when they sound note against note.
import type { LexiconData } from '../record/index.ts'
import { indexLooks } from './alike.ts'
import { isFunctionWord } from './function-words.ts'

export interface PlacedWord {
  /** How it was found; `function` words have no motif of their own. */
  readonly found: 'word' | 'alike' | 'neutral' | 'function'
  /** Steps of the key collection, 0..6 from the tonic of its minor, one a note; empty for function words. */
  readonly steps: readonly number[]
}

export interface Lexicon {
  placeWord(word: string): PlacedWord
  /** The known word that stands for this one: itself, its stem, the one that it looks like; null for words without meaning here. */
  findWord(word: string): string | null
}

/** Steps of a key collection. */
export const stepsInKey = 7

export function createLexicon(data: LexiconData): Lexicon {
  const numbers = new Map(data.words.map((word, i) => [word, i]))
  let looks: ((word: string) => number | null) | undefined
  const looksLike = (word: string) => {
    looks ??= indexLooks(data.words)
    return looks(word)
  }
  const motifOf = (i: number) => [...data.motifs.subarray(i * data.notesPerWord, (i + 1) * data.notesPerWord)]
  const place = (word: string): PlacedWord => {
    if (isFunctionWord(word)) return { found: 'function', steps: [] }
    const own = lookUp(numbers, word)
    if (own !== undefined) return { found: 'word', steps: motifOf(own) }
    const alike = looksLike(word)
    if (alike !== null) return { found: 'alike', steps: motifOf(alike) }
    return { found: 'neutral', steps: motifOfLetters(word, data) }
  }
  const placed = new Map<string, PlacedWord>()
  return {
    placeWord: (word) => {
      const plain = plainWord(word)
      const held = placed.get(plain)
      if (held !== undefined) return held
      const made = place(plain)
      if (placed.size < 50_000) placed.set(plain, made)
      return made
    },
    findWord: (word) => {
      const plain = plainWord(word)
      return data.words[lookUp(numbers, plain) ?? looksLike(plain) ?? -1] ?? null
    },
  }
}

const plainWord = (word: string) => word.toLowerCase().replaceAll('’', "'")

const endings = ["'s", 's', 'es', 'ing', 'ed', 'er', 'ers', 'ly', 'y', 'est', "n't"]

/** The word itself, or its stem with the common endings taken off (also running -> run, making -> make). */
function lookUp(known: ReadonlyMap<string, number>, word: string): number | undefined {
  const own = known.get(word)
  if (own !== undefined) return own
  for (const ending of endings) {
    if (!word.endsWith(ending) || word.length < ending.length + 3) continue
    const stem = word.slice(0, -ending.length)
    const undoubled = /([a-z])\1$/.test(stem) ? stem.slice(0, -1) : stem
    const found = known.get(stem) ?? known.get(undoubled) ?? known.get(`${stem}e`)
    if (found !== undefined) return found
  }
  return undefined
}

const motifOfLetters = (word: string, { notesPerWord, steps }: LexiconData) =>
  Array.from({ length: notesPerWord }, (_, note) => hashLetters(`${word}/${note}`) % steps)

/** 32-bit FNV-1a over UTF-16 units. */
export function hashLetters(word: string): number {
  let hash = 2166136261
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 16777619)
  return hash >>> 0
}
