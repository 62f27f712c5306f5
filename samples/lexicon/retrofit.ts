// Draws words that WordNet relates closer together: retrofitting (Faruqui et al. 2015, eq. 2), for likeness in use alone also holds
// for opposites and for what merely occurs together.
//   v_i <- (own_i + strength sum_j w_ij v_j / sum_j w_ij) / (1 + strength),   a few times over
import type { WordVectors } from './embedding.ts'
import { unit } from './embedding.ts'
import { parts, type WordNet } from './wordnet.ts'

/** Other word's number -> weight, for each word; a word held out has none and is nobody's. */
export type Relations = readonly ReadonlyMap<number, number>[]

/** Synonyms weigh 1, kinds and words beside one half, later senses less: 1, 1/2, 1/3. */
export function relateWords(words: readonly string[], net: WordNet, heldOut: (word: string) => boolean): Relations {
  const numbers = new Map(words.map((word, i) => [word, i]))
  const relations = words.map(() => new Map<number, number>())
  const relate = (a: number, word: string, weight: number) => {
    const b = numbers.get(word)
    if (b === undefined || a === b || heldOut(word)) return
    relations[a]?.set(b, Math.max(weight, relations[a]?.get(b) ?? 0))
    relations[b]?.set(a, Math.max(weight, relations[b]?.get(a) ?? 0))
  }
  words.forEach((word, i) => {
    if (heldOut(word)) return
    for (const part of parts)
      net
        .sensesOf(word, part)
        .slice(0, 3)
        .forEach((sense, rank) => {
          const synset = net.synsets.get(sense)
          for (const other of synset?.words ?? []) relate(i, other, 1 / (rank + 1))
          for (const next of [...(synset?.above ?? []), ...(synset?.beside ?? [])])
            for (const other of net.synsets.get(next)?.words ?? []) relate(i, other, 0.5 / (rank + 1))
        })
  })
  return relations
}

export function retrofit(own: WordVectors, relations: Relations, strength: number, rounds = 4): WordVectors {
  const { dimensions } = own
  const vectors = own.vectors.slice()
  for (let round = 0; round < rounds; round++)
    relations.forEach((related, i) => {
      if (related.size === 0) return
      const total = [...related.values()].reduce((sum, weight) => sum + weight, 0)
      for (let d = 0; d < dimensions; d++) {
        let drawn = 0
        for (const [j, weight] of related) drawn += weight * (vectors[j * dimensions + d] as number)
        vectors[i * dimensions + d] =
          ((own.vectors[i * dimensions + d] as number) + (strength * drawn) / total) / (1 + strength)
      }
    })
  own.words.forEach((_, i) => {
    vectors.set(unit([...vectors.subarray(i * dimensions, (i + 1) * dimensions)]), i * dimensions)
  })
  return { ...own, vectors }
}
