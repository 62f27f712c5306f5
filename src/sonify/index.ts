export { createLexicon, type Lexicon, type PlacedWord } from './lexicon.ts'
export { commonKey, defaultKey, type Key } from './pitch.ts'
export { type SonifySettings, sonifyTurn } from './sonify.ts'
export { countSyllables, readSyllables, type Syllable } from './syllables.ts'
