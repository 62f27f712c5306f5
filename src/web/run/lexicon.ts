// The lexicon as the server has it: which motif each word has.
import { readLexicon } from '../../record/index.ts'
import { createLexicon, type Lexicon } from '../../sonify/index.ts'
import { fetchBytes } from './server.ts'

/** Throws InputError when the server has none. */
export async function loadLexicon(): Promise<Lexicon> {
  return createLexicon(readLexicon(await fetchBytes('api/lexicon'), 'the lexicon'))
}
