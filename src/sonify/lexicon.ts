// Where a word lies: known words by their place in the lexicon, unknown ones by the known word that they look like, the rest in the middle.
// Places lie on the chain of diatonic thirds (a path on the Tonnetz): a word sounds tones of the triad at its place. Triads at one place
// share all tones, neighbours two, the next one, the farthest none; so what means alike sounds together, what is far apart rubs.
import type { LexiconData } from '../record/index.ts'
import { isFunctionWord } from './function-words.ts'

export interface PlacedWord {
  /** How it was found; `function` words have no tones of their own. */
  readonly found: 'word' | 'alike' | 'neutral' | 'function'
  /** Steps on the chain of thirds (0..6), one a note, four of them; empty for function words. */
  readonly thirds: readonly number[]
}

export interface Lexicon {
  placeWord(word: string): PlacedWord
}

/** Least overlap of letter trigrams (Dice's coefficient) that counts as looking alike. */
const leastAlike = 0.5

export function createLexicon(data: LexiconData): Lexicon {
  const known = new Map(Object.entries(data.words))
  const index = indexTrigrams([...known.keys()])
  const placed = new Map<string, PlacedWord>()
  const place = (word: string): PlacedWord => {
    if (isFunctionWord(word)) return { found: 'function', thirds: [] }
    const own = lookUp(known, word)
    if (own !== undefined) return { found: 'word', thirds: motifAt(own, word) }
    const alike = mostAlike(index, word)
    if (alike !== null) return { found: 'alike', thirds: motifAt(known.get(alike) ?? 0, word) }
    return { found: 'neutral', thirds: motifAt(0, word) }
  }
  return {
    placeWord: (word) => {
      const plain = word.toLowerCase().replaceAll('’', "'")
      const held = placed.get(plain)
      if (held !== undefined) return held
      const made = place(plain)
      if (placed.size < 50_000) placed.set(plain, made)
      return made
    },
  }
}

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

/** Tones of the triad at a place, beginning on one that the letters choose, then the tone beyond on the side that the place leans to. */
function motifAt(place: number, word: string): number[] {
  const root = Math.round(place) % 7
  const leansUp = place - Math.floor(place) < 0.5
  const first = hashLetters(word) % 3
  const triad = [0, 1, 2].map((i) => (root + ((first + i) % 3)) % 7)
  return [...triad, (root + (leansUp ? 3 : 6)) % 7]
}

/** 32-bit FNV-1a over UTF-16 units. */
export function hashLetters(word: string): number {
  let hash = 2166136261
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 16777619)
  return hash >>> 0
}

interface TrigramIndex {
  readonly words: readonly string[]
  readonly sizes: readonly number[]
  readonly holders: ReadonlyMap<string, readonly number[]>
}

function trigramsOf(word: string): Set<string> {
  const padded = `^${word}$`
  return new Set(Array.from({ length: Math.max(0, padded.length - 2) }, (_, i) => padded.slice(i, i + 3)))
}

function indexTrigrams(words: readonly string[]): TrigramIndex {
  const holders = new Map<string, number[]>()
  const sizes = words.map((word, i) => {
    const trigrams = trigramsOf(word)
    for (const trigram of trigrams) holders.set(trigram, [...(holders.get(trigram) ?? []), i])
    return trigrams.size
  })
  return { words, sizes, holders }
}

/** The known word with the largest share of trigrams in common; ties go to the one that stands first. Very long words are not compared. */
function mostAlike(index: TrigramIndex, word: string): string | null {
  if (word.length > 40) return null
  const trigrams = trigramsOf(word)
  const shared = new Map<number, number>()
  for (const trigram of trigrams)
    for (const i of index.holders.get(trigram) ?? []) shared.set(i, (shared.get(i) ?? 0) + 1)
  let best: string | null = null
  let most = leastAlike
  for (const [i, count] of [...shared].sort((a, b) => a[0] - b[0])) {
    const alike = (2 * count) / (trigrams.size + (index.sizes[i] ?? 0))
    if (alike > most) {
      most = alike
      best = index.words[i] ?? null
    }
  }
  return best
}
