// Pairs of words that people (or WordNet) rated for likeness, from a table of text: two words and a rating a line, parted by commas,
// tabs, semicolons or blanks; further columns are not read, nor is a first line without a rating. MEN's `sun-n` loses its tag.
import { InputError } from '../../record/index.ts'

export interface RatedPair {
  readonly a: string
  readonly b: string
  readonly rating: number
}

/** Throws InputError naming the line. */
export function readPairs(text: string, where: string): RatedPair[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const pairs: RatedPair[] = []
  lines.forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return
    const [a = '', b = '', ...rest] = fieldsOf(line)
    const rating = rest.map(Number).find((value, at) => rest[at] !== '' && Number.isFinite(value))
    if (rating !== undefined && a !== '' && b !== '') pairs.push({ a: untag(a), b: untag(b), rating })
    else if (pairs.length > 0 || i > 0)
      throw new InputError(
        'bad-pairs',
        `${where}, line ${i + 1}: expected two words and a rating, got ${JSON.stringify(line.slice(0, 80))}. Correct the line.`,
      )
  })
  if (pairs.length < 3)
    throw new InputError(
      'bad-pairs',
      `${where}: expected at least three pairs of words with ratings, got ${pairs.length}.`,
    )
  return pairs
}

function fieldsOf(line: string): string[] {
  const sign = ['\t', ',', ';'].find((known) => line.includes(known))
  const fields = sign === undefined ? line.trim().split(/\s+/) : line.split(sign)
  return fields.map((field) => field.trim().replace(/^"(.*)"$/, '$1'))
}

const untag = (word: string) => word.replace(/-[a-z]$/, '')
