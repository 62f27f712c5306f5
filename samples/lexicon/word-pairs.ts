// Pairs of words with a rating made from WordNet, to test a lexicon with: for each noun that was held out of its making a synonym or kind,
// a sibling and a stranger, rated by path similarity.
import { type Random, randomChoice, shuffled } from '../../src/random.ts'
import { pathSimilarity, type WordNet } from './wordnet.ts'

export interface RatedPair {
  readonly a: string
  readonly b: string
  readonly rating: number
}

/** `nouns` are common words; pairs begin with the held-out ones. */
export function drawPairs(
  net: WordNet,
  nouns: readonly string[],
  heldOut: (word: string) => boolean,
  random: Random,
): RatedPair[] {
  const known = new Set(nouns)
  const firstSense = new Map(nouns.map((noun) => [noun, net.sensesOf(noun, 'n')[0] ?? '']))
  const below = new Map<string, string[]>()
  for (const [noun, sense] of firstSense)
    for (const above of net.synsets.get(sense)?.above ?? []) below.set(above, [...(below.get(above) ?? []), noun])
  const pairs: RatedPair[] = []
  for (const a of shuffled(random, nouns.filter(heldOut))) {
    const sense = net.synsets.get(firstSense.get(a) ?? '')
    const kin = [sense, ...(sense?.above ?? []).map((above) => net.synsets.get(above))].flatMap(
      (synset) => synset?.words ?? [],
    )
    const siblings = (sense?.above ?? []).flatMap((above) => below.get(above) ?? [])
    for (const others of [kin, siblings, nouns]) {
      const choice = others.filter((b) => b !== a && known.has(b))
      if (choice.length === 0) continue
      const b = randomChoice(random, choice)
      pairs.push({ a, b, rating: pathSimilarity(net, a, b) })
    }
  }
  return pairs
}

/** `a,b,rating` a line, under a heading. */
export const formatPairs = (pairs: readonly RatedPair[]) =>
  `a,b,rating\n${pairs.map(({ a, b, rating }) => `${a},${b},${rating.toFixed(4)}\n`).join('')}`
