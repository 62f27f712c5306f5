// A text alone, as its motifs: every word of it sung on as many notes as the mapping allows, without rhythm. What a mapping makes of
// meanings can be heard and measured here; in a turn a word sings the first of these notes, one a syllable.
import type { Mapping, TokenLine } from '../record/index.ts'
import { isFunctionWord } from './function-words.ts'
import type { Lexicon } from './lexicon.ts'
import { defaultKey, type Key, pitchWords } from './pitch.ts'
import { readWords, type Word } from './words.ts'

export interface MotifSettings {
  readonly mapping: Mapping['name']
  readonly lexicon: Lexicon
  readonly notesPerWord: number
  readonly registerMidi: number
  readonly key?: Key
}

/** MIDI pitches of a text's words in order, `notesPerWord` each (a compound as one word, function words one); none when no word is in it. */
export function singMotifs(text: string, settings: MotifSettings): number[] {
  const words = wordsOf(text)
  const most = settings.notesPerWord
  const counts = words.map((word) => (isFunctionWord(word.text) ? 1 : most))
  for (const { at } of findCompounds(words, settings.lexicon)) {
    counts[at] = Math.ceil(most / 2)
    counts[at + 1] = Math.max(1, Math.floor(most / 2))
  }
  return pitched(words, counts, settings)
}

/** The same as it is spoken: one note a syllable, at most `notesPerWord` a word. */
export function singSyllables(text: string, settings: MotifSettings): number[] {
  const words = wordsOf(text)
  return pitched(
    words,
    words.map(({ syllables }) => Math.min(settings.notesPerWord, syllables.length)),
    settings,
  )
}

function pitched(words: readonly Word[], counts: readonly number[], settings: MotifSettings): number[] {
  const { mapping, lexicon, registerMidi, key = defaultKey } = settings
  return pitchWords(words, counts, { mapping, lexicon, registerMidi, key }).flat()
}

/** The known words that a text says, for a comparison of meanings; function words count only if there are no others. */
export function readMeanings(text: string, lexicon: Lexicon): string[] {
  const words = wordsOf(text)
  const compounds = findCompounds(words, lexicon)
  const parts = new Set(compounds.flatMap(({ at }) => [at, at + 1]))
  const said = [
    ...compounds.map(({ joined }) => joined),
    ...words.flatMap(({ text }, i) => (parts.has(i) ? [] : [text])),
  ]
  const full = said.filter((word) => !isFunctionWord(word))
  return (full.length > 0 ? full : said).flatMap((word) => lexicon.findWord(word) ?? [])
}

/** Words that hyphens join and that the lexicon knows as one, by where their first part stands. */
function findCompounds(words: readonly Word[], lexicon: Lexicon): { at: number; joined: string }[] {
  return words.flatMap((word, at) => {
    const joined = `${word.text}-${words[at + 1]?.text}`
    return word.hyphen && lexicon.placeWord(joined).found === 'word' ? [{ at, joined }] : []
  })
}

function wordsOf(text: string): readonly Word[] {
  const token: TokenLine = {
    n: 0,
    kind: 'token',
    agent: '',
    slot: 0,
    turn: 0,
    t: 0,
    text,
    role: 'speech',
    source: 'scripted',
    clock: 'world',
  }
  return readWords([token]).words
}
