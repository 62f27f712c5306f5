// Mean harmonic distance of a chord's intervals after Tenney 1983 ("John Cage and the theory of harmony"): an interval of ratio p/q in
// lowest terms has the distance log2(p q); a chord has the mean over its pairs of notes, with just ratios (just-ratios.ts).
// 1 (an octave) upwards; low = consonant. Fifth log2 6, major triad 3.938, semitone log2 240.
import { justRatio } from './just-ratios.ts'

/** Mean log2(p q) over the pairs of notes (`nameNotes`); null with fewer than two notes. */
export function tenneyMean(names: readonly number[]): number | null {
  let sum = 0
  let pairs = 0
  names.forEach((low, i) => {
    for (const high of names.slice(i + 1)) {
      const { p, q } = justRatio(high - low)
      sum += Math.log2(p * q)
      pairs++
    }
  })
  return pairs === 0 ? null : sum / pairs
}
