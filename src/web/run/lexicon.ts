// The lexicon as the server has it: where words lie.

import { lexiconSchema } from '../../record/index.ts'
import { createLexicon, type Lexicon } from '../../sonify/index.ts'
import { fetchChecked } from './server.ts'

/** Throws InputError when the server has none. */
export async function loadLexicon(): Promise<Lexicon> {
  return createLexicon(await fetchChecked('api/lexicon', lexiconSchema, 'the lexicon'))
}
