// How much of a harmonic series a chord fills, after Gill & Purves 2009 ("A biological rationale for musical scales", PLoS ONE 4, equation 1,
// for two tones) in the form for any number of tones of Bowling, Purves & Gill 2018 (PNAS 115): with the chord's tones as whole-number
// multiples d_i of their greatest common fundamental (simple ratios above the bass),
//   similarity = share of the harmonics 1..L of that fundamental that are a multiple of some d_i,   L = lcm(d_i).
// Above 0 up to 1 (one tone, octaves). Fifth 2/3, major triad 7/15, semitone 1/8.
import { greatestCommonDivisor, justRatio, leastCommonMultiple } from './just-ratios.ts'

/** Similarity of notes (`nameNotes`) to a harmonic series; null without notes. */
export function gill2009(names: readonly number[]): number | null {
  const bass = names[0]
  if (bass === undefined) return null
  const multiples = harmonicNumbers(names.map((name) => name - bass))
  // A multiple of another multiple adds no harmonics: octaves and unisons fall out, at most twelve stay.
  const needed = multiples.filter((d, i) => !multiples.some((e, j) => d % e === 0 && (d !== e || j < i)))
  const last = needed.reduce(leastCommonMultiple, 1)
  return countHit(needed, last) / last
}

/** Intervals above the bass, in semitones, as multiples of the greatest common fundamental of their just ratios. */
function harmonicNumbers(semitones: readonly number[]): number[] {
  const ratios = semitones.map(justRatio)
  const denominator = ratios.reduce((all, { q }) => leastCommonMultiple(all, q), 1)
  const numerators = ratios.map(({ p, q }) => (p * denominator) / q)
  const common = numerators.reduce(greatestCommonDivisor, 0)
  return numerators.map((numerator) => numerator / common)
}

/** Whole numbers in 1..last that some d divides, by inclusion and exclusion over the sets of d. */
function countHit(divisors: readonly number[], last: number): number {
  let hit = 0
  const visit = (from: number, multiple: number, sign: number) => {
    for (let i = from; i < divisors.length; i++) {
      const common = leastCommonMultiple(multiple, divisors[i] as number)
      hit += sign * (last / common)
      visit(i + 1, common, -sign)
    }
  }
  visit(0, 1, 1)
  return hit
}
