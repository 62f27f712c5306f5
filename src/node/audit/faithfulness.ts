// Faithfulness of a mapping: does consonance follow likeness? Rank correlation of what two words' motifs do when sung at once with the
// ratings that the words were given, and whether strangers sound any better than motifs drawn at random.
import { consonanceOfMotifs, likenessOfMeanings, type Meanings, rankCorrelation } from '../../measure/index.ts'
import type { Mapping } from '../../record/index.ts'
import {
  defaultKey,
  type Lexicon,
  pitchOfStep,
  readMeanings,
  singMotifs,
  singSyllables,
  stepsInKey,
} from '../../sonify/index.ts'
import type { RatedPair } from './pairs.ts'

export interface Faithfulness {
  readonly pairs: number
  /** Spearman's correlation with the ratings: of whole motifs, of motifs as far as the syllables go, of the lexicon's meanings themselves. */
  readonly motifs: number | null
  readonly spoken: number | null
  readonly meanings: number | null
  /** Mean consonance of pairs whose meanings have next to nothing in common. */
  readonly strangers: number | null
  /** Mean consonance of two steps of the key drawn at random. */
  readonly chance: number
  readonly undefined: Readonly<Record<string, string>>
}

export interface Subject {
  readonly mapping: Mapping
  readonly lexicon: Lexicon
  readonly meanings: Meanings
}

/** Likeness up to which words are strangers. */
const strange = 0.1
const registerMidi = 60

export function auditFaithfulness(pairs: readonly RatedPair[], { mapping, lexicon, meanings }: Subject): Faithfulness {
  const settings = { mapping: mapping.name, lexicon, notesPerWord: mapping.notesPerWord, registerMidi }
  const heard = pairs.map(({ a, b, rating }) => ({
    rating,
    motifs: consonanceOfMotifs(singMotifs(a, settings), singMotifs(b, settings)) ?? 0,
    spoken: consonanceOfMotifs(singSyllables(a, settings), singSyllables(b, settings)) ?? 0,
    likeness: likenessOfMeanings(meanings, readMeanings(a, lexicon), readMeanings(b, lexicon)),
  }))
  const ratings = heard.map(({ rating }) => rating)
  const known = heard.flatMap(({ likeness, rating }) => (likeness === null ? [] : [{ likeness, rating }]))
  const apart = heard.filter(({ likeness }) => likeness !== null && likeness < strange)
  const fields = {
    motifs: rankCorrelation(
      heard.map(({ motifs }) => motifs),
      ratings,
    ),
    spoken: rankCorrelation(
      heard.map(({ spoken }) => spoken),
      ratings,
    ),
    meanings: rankCorrelation(
      known.map(({ likeness }) => likeness),
      known.map(({ rating }) => rating),
    ),
    strangers: apart.length === 0 ? null : mean(apart.map(({ motifs }) => motifs)),
  }
  const reasons = Object.entries(fields).flatMap(([field, value]) =>
    value === null
      ? [[field, field === 'strangers' ? 'no pair of strangers' : 'ratings or values are all equal'] as const]
      : [],
  )
  return { pairs: pairs.length, ...fields, chance: chanceOfKey(), undefined: Object.fromEntries(reasons) }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Consonance of two steps of the key drawn at random, in the register of the audit. */
function chanceOfKey(): number {
  const steps = Array.from({ length: stepsInKey }, (_, step) => pitchOfStep(step, { key: defaultKey, registerMidi }))
  return mean(steps.flatMap((a) => steps.map((b) => consonanceOfMotifs([a], [b]) ?? 0)))
}
