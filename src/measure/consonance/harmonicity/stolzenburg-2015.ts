// Smoothed logarithmic periodicity after Stolzenburg 2015 ("Harmony perception by periodicity detection", Journal of Mathematics and
// Music 9): how many periods of its lowest tone a chord needs to repeat, with each tone in turn taken as the one whose ratio is 1,
//   h = mean over the tones k of log2( lcm_i(q_ik) p_1k / q_1k ),   p_ik / q_ik = ratio of tone i to tone k, tone 1 the lowest,
// with the ratios of his rational tuning 2 (within 1.1 % of equal temperament). 0 (one tone, octaves) upwards; low = consonant.
// Major triad 2, minor log2 10, 0 3 9 3.7, all twelve 7.4.
import { justRatio, leastCommonMultiple } from './just-ratios.ts'

/** Mean log2 of the relative period of notes (`nameNotes`); null without notes. */
export function stolzenburg2015(names: readonly number[]): number | null {
  if (names.length === 0) return null
  const logarithms = names.map((reference) => Math.log2(relativePeriod(names.map((name) => name - reference))))
  return logarithms.reduce((sum, value) => sum + value, 0) / names.length
}

/** Periods of the lowest tone until a chord repeats; semitones ascend and hold a 0. */
function relativePeriod(semitones: readonly number[]): number {
  const ratios = semitones.map(justRatio)
  const denominator = ratios.reduce((all, { q }) => leastCommonMultiple(all, q), 1)
  const lowest = ratios[0]
  return lowest === undefined ? Number.NaN : (denominator * lowest.p) / lowest.q
}
