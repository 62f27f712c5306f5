// Writes samples/lexicon/words.json: `npx tsx samples/build-lexicon.ts`. A word of several fields lies in the first one that names it;
// words of a field are spread a little around its place, in the order in which they are written.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type LexiconData, lexiconSchema } from '../src/record/index.ts'
import { fields } from './lexicon/fields.ts'

export function buildLexicon(): LexiconData {
  const width = 7 / fields.length
  const words: Record<string, number> = {}
  fields.forEach((field, i) => {
    const own = field.words.split(' ')
    own.forEach((word, j) => {
      const place = (width * (i + 0.8 * (j / own.length - 0.5)) + 7) % 7
      for (const part of word.split('-')) words[part] ??= Math.round(place * 1000) / 1000
    })
  })
  const sorted = Object.fromEntries(Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1)))
  return lexiconSchema.parse({ version: 1, name: 'fields', words: sorted })
}

export const formatLexicon = (lexicon: LexiconData) => `${JSON.stringify(lexicon, null, 1)}\n`

const file = fileURLToPath(new URL('lexicon/words.json', import.meta.url))
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, formatLexicon(buildLexicon()))
