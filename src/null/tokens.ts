// Twins of one voice by its words: the same times, other contents. Notes in (in order of onset), as many twins as asked for out.
//   shuffled tokens   tokens of equally many notes change places: pitches and marks move, onsets, lengths and accents stay. Keeps how
//                     often each word comes and every rhythm; breaks the order of what is said.
//   permuted mapping  words change pitches: all that sounded as one word sounds as another of equally many notes. Keeps the order and
//                     every return of a word; breaks which word has which pitches, and so what meaning has to do with consonance.
// A voice's vitality does not change when its pitches are renamed, so against the second kind only what lies between two voices can be
// compared. Notes without a token (arrivals of a deck) stay as they are.
import { seededRandom, shuffled } from '../random.ts'
import type { Note } from '../record/index.ts'

export interface TokenPlan {
  readonly count: number
  readonly seed: number | string
}

/** Twins by other places of the tokens. Throws RangeError for a count that cannot be. */
export function* drawTokenTwins(notes: readonly Note[], { count, seed }: TokenPlan): Generator<Note[]> {
  requireCount(count)
  const words = wordsOf(notes)
  const groups = [...groupBy(words, (word) => String(word.length)).values()]
  const random = seededRandom(`${seed}/tokens`)
  for (let i = 0; i < count; i++) {
    const twin = notes.slice()
    for (const group of groups) {
      const order = shuffled(random, group)
      group.forEach((places, k) => {
        sayInstead(twin, notes, places, order[k] as readonly number[])
      })
    }
    yield twin
  }
}

/** Twins by other pitches of the words. Throws RangeError for a count that cannot be. */
export function* drawMappingTwins(notes: readonly Note[], { count, seed }: TokenPlan): Generator<Note[]> {
  requireCount(count)
  const kinds = groupBy(wordsOf(notes), (places) => nameWord(notes, places))
  const groups = [...groupBy([...kinds.values()], (kind) => String(kind[0]?.length)).values()]
  const random = seededRandom(`${seed}/mapping`)
  for (let i = 0; i < count; i++) {
    const twin = notes.slice()
    for (const group of groups) {
      const order = shuffled(random, group)
      group.forEach((kind, k) => {
        for (const places of kind) sayInstead(twin, notes, places, order[k]?.[0] as readonly number[])
      })
    }
    yield twin
  }
}

/** Indices of the notes of each word, in order. */
function wordsOf(notes: readonly Note[]): number[][] {
  const words = groupBy(
    notes.flatMap((note, i) => (note.token === undefined ? [] : [{ token: note.token, i }])),
    ({ token }) => String(token),
  )
  return [...words.values()].map((word) => word.map(({ i }) => i))
}

/** A word is known by its pitches and marks, one after the other. */
function nameWord(notes: readonly Note[], places: readonly number[]): string {
  return places.map((i) => `${notes[i]?.midi} ${notes[i]?.mark}`).join(' ')
}

function sayInstead(twin: Note[], notes: readonly Note[], places: readonly number[], source: readonly number[]): void {
  places.forEach((place, k) => {
    const { midi, mark } = notes[source[k] as number] as Note
    twin[place] = { ...(notes[place] as Note), midi, mark }
  })
}

function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const name = nameOf(item)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}

function requireCount(count: number): void {
  if (!(Number.isInteger(count) && count >= 0))
    throw new RangeError(`twins: count: expected a whole number from 0 up, got ${count}`)
}
