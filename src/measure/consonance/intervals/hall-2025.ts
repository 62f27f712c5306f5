// Consonance from a chord's intervals after Hall 2025 (Transactions of the International Society for Music Information Retrieval,
// doi 10.5334/tismir.243, "simple" weights): each pair of notes has a weight by its interval, folded into 1 to 12 semitones (an octave is 12),
//   sum  = sum of the weights over the pairs,   type = mean over the pairs of a second set of weights.
// The weights were fitted to the ratings of Bowling et al. 2018. Any sign, high = consonant. Major triad .1953873 and .3016001.

/** By interval, 1 (minor second) to 12 (octave). */
const sumWeights = [
  -0.3931570103, -0.03602274593, -0.005999857211, 0.04793700217, 0.1383329988, -0.1176407066, 0.1534501792,
  -0.07721218729, -0.02945639275, -0.1438158996, -0.1964918445, 0.2434029891,
]
const typeWeights = [
  -1.901587691, -0.2991025436, -0.02893296571, 0.2573540145, 0.6162669639, -0.5822948482, 0.6763793721, -0.3386279469,
  -0.1422177399, -0.7119604574, -0.8988249814, 1.009287313,
]

/** Sum over the pairs of notes (`nameNotes`); 0 for one note, null without notes. */
export function hall2025Sum(names: readonly number[]): number | null {
  return names.length === 0 ? null : weighPairs(names, sumWeights).sum
}

/** Mean over the pairs of notes (`nameNotes`); null with fewer than two notes. */
export function hall2025Type(names: readonly number[]): number | null {
  const { sum, pairs } = weighPairs(names, typeWeights)
  return pairs === 0 ? null : sum / pairs
}

function weighPairs(names: readonly number[], weights: readonly number[]): { sum: number; pairs: number } {
  let sum = 0
  let pairs = 0
  names.forEach((low, i) => {
    for (const high of names.slice(i + 1)) {
      sum += weights[(high - low - 1) % 12] as number
      pairs++
    }
  })
  return { sum, pairs }
}
