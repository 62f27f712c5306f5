// mapping: how faithfully the default mapping says what words mean. Two texts' motifs, how consonant they are when sung at once, and how
// alike the texts are in meaning.
import { z } from 'zod'
import { consonanceOfMotifs, likenessOfMeanings } from '../../../measure/index.ts'
import { defaultMapping } from '../../../record/index.ts'
import { defaultKey, readMeanings, singMotifs } from '../../../sonify/index.ts'
import { loadLexicon, loadMeanings } from '../../installation.ts'
import { id, type MeasureKind } from '../kind.ts'

/** Both texts in the same register, so that only meaning tells them apart. */
const registerMidi = 60

const schema = z.strictObject({
  id,
  a: z.string().describe('a word or a text'),
  b: z.string().describe('another, to sound at once with it'),
})

let materials: { lexicon: ReturnType<typeof loadLexicon>; meanings: ReturnType<typeof loadMeanings> } | undefined

export const mapping: MeasureKind<typeof schema> = {
  name: 'mapping',
  summary:
    'How consonant two words or texts sound together under the default mapping, and how alike they are in meaning',
  schema,
  answers:
    'semanticSimilarity (-1 to 1, cosine), consonance (0 to 1, mean over the notes that sound together, the shorter motif repeated), notesA, notesB (MIDI numbers, at most four a word)',
  examples: ['{"id": "near", "a": "king", "b": "queen"}', '{"id": "far", "a": "king", "b": "bassline"}'],
  measure({ a, b }) {
    materials ??= { lexicon: loadLexicon(), meanings: loadMeanings() }
    const { lexicon, meanings } = materials
    const { name, notesPerWord } = defaultMapping
    const settings = { mapping: name, lexicon, notesPerWord, registerMidi, key: defaultKey }
    const [notesA, notesB] = [singMotifs(a, settings), singMotifs(b, settings)]
    const consonance = consonanceOfMotifs(notesA, notesB)
    const semanticSimilarity = likenessOfMeanings(meanings, readMeanings(a, lexicon), readMeanings(b, lexicon))
    const reasons: Record<string, string> = {}
    if (semanticSimilarity === null) reasons['semanticSimilarity'] = 'a text has no word that the lexicon knows'
    if (consonance === null) reasons['consonance'] = 'a text has no word in it'
    return { semanticSimilarity, consonance, notesA, notesB, undefined: reasons }
  },
}
