// Simple whole-number ratios of the twelve intervals: the scale of Bowling, Purves & Gill 2018 (PNAS 115), and what the Stern-Brocot
// search of Stolzenburg 2015 finds within 1.1 % of equal temperament. Octaves double or halve the ratio.

/** p/q in lowest terms, both above 0. */
export interface Ratio {
  readonly p: number
  readonly q: number
}

const withinOctave: readonly Ratio[] = [
  { p: 1, q: 1 },
  { p: 16, q: 15 },
  { p: 9, q: 8 },
  { p: 6, q: 5 },
  { p: 5, q: 4 },
  { p: 4, q: 3 },
  { p: 7, q: 5 },
  { p: 3, q: 2 },
  { p: 8, q: 5 },
  { p: 5, q: 3 },
  { p: 9, q: 5 },
  { p: 15, q: 8 },
]

/** Ratio of a whole number of semitones, up (p > q) or down. 7: 3/2; 19: 3/1; -5: 3/4 (a fifth less an octave). */
export function justRatio(semitones: number): Ratio {
  const octave = Math.floor(semitones / 12)
  const { p, q } = withinOctave[semitones - 12 * octave] as Ratio
  const [up, down] = octave < 0 ? [p, q * 2 ** -octave] : [p * 2 ** octave, q]
  const divisor = greatestCommonDivisor(up, down)
  return { p: up / divisor, q: down / divisor }
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

export function leastCommonMultiple(a: number, b: number): number {
  return (a / greatestCommonDivisor(a, b)) * b
}
