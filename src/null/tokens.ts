// Twins of one voice by its words: other contents at the same places. As many twins as asked for.
//   shuffled tokens   spoken tokens change places, over the whole run; actions, numbers and quotations stay. Tokens in, tokens out: they go
//                     through the mapping again. Keeps which words are said and how often, when each turn comes and how long it is;
//                     breaks the order of what is said. (Moving notes instead of tokens would lie: the mapping joins neighbours, a
//                     function word takes a passing tone, and text without any order would seem to have one.)
//   permuted mapping  words change pitches: all that sounded as one word sounds as another of equally many notes. Notes in, notes out.
//                     Keeps the order and every return of a word; breaks which word has which pitches, and so what meaning has to do
//                     with consonance. A voice's own vitality hardly changes by it: compare what lies between two voices.
import { seededRandom, shuffled } from '../random.ts'
import type { Note, TokenLine } from '../record/index.ts'

export interface TokenPlan {
  readonly count: number
  readonly seed: number | string
}

/** What a voice says, in order; `drawTokenTwins` needs no more of a token. */
type Said = Pick<TokenLine, 'text' | 'role' | 'logprob'>

/** Twins by other places of the spoken tokens; each must go through the mapping again. Throws RangeError for a count that cannot be. */
export function* drawTokenTwins<Token extends Said>(
  tokens: readonly Token[],
  { count, seed }: TokenPlan,
): Generator<Token[]> {
  requireCount(count)
  const random = seededRandom(`${seed}/tokens`)
  const spoken = tokens.filter(({ role }) => role === 'speech')
  for (let i = 0; i < count; i++) {
    const order = shuffled(random, spoken)
    let next = 0
    yield tokens.map((token) => {
      if (token.role !== 'speech') return token
      const { text, logprob } = order[next++] as Token
      const { logprob: _, ...place } = token
      return { ...place, text, ...(logprob === undefined ? {} : { logprob }) } as Token
    })
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
