// Roughness of partials after Hutchinson & Knopoff 1978 ("The acoustic component of Western consonance", Interface 7) in the form of
// Mashinter 2006 ("Calculating sensory dissonance", Empirical Musicology Review 1), whose curve replaces the paper's drawn one:
//   R = sum_{i<j} a_i a_j g(y_ij) / sum_i a_i^2,   y = |f_i - f_j| / CBW,   CBW = 1.72 ((f_i + f_j) / 2)^.65,
//   g(y) = ((y / .25) e^(1 - y / .25))^2, and 0 for y > 1.2.
// 0 is smooth; a semitone of two harmonic tones on middle C is .48; the roughest chords of Bowling et al. 2018 reach 1.
import type { Hertz } from '../../../units.ts'
import { ascending, type PartialTone, strongestAsOne } from '../partials.ts'

/** Beyond so many critical bandwidths two partials do not rub (Mashinter 2006). */
export const farthestBandwidths = 1.2

/** Critical bandwidth in Hz around `hertz`, as Hutchinson & Knopoff fitted it. CBW of 400 and 440 Hz (420): 87.225. */
export function criticalBandwidth(hertz: Hertz): Hertz {
  return 1.72 * hertz ** 0.65
}

/** Dissonance of two partials `y` critical bandwidths apart: 1 at a quarter, .5413 at a half, .0397 at one, 0 beyond 1.2. */
export function dissonanceFactor(y: number): number {
  if (y > farthestBandwidths) return 0
  return (4 * y * Math.exp(1 - 4 * y)) ** 2
}

/**
 * Roughness R of a sound from its partials, in any order and scale. null without partials or when all have amplitude 0.
 * 60 61: .484; 60 64 67: .1202426; 60 63 67: .1300830 (MIDI, 11 harmonics; values of the R package incon).
 */
export function hutchinsonKnopoff1978(partials: readonly PartialTone[]): number | null {
  const sorted = strongestAsOne(ascending(partials))
  if (sorted.length === 0) return null
  const power = sorted.reduce((sum, { amplitude }) => sum + amplitude * amplitude, 0)
  return visitPairs(sorted, sorted, () => undefined) / power
}

/**
 * Sum of a_i a_j g(y_ij) over pairs, one partial from each list; `visit` is told each pair's part. Both lists ascend.
 * The same list twice: every pair once.
 */
export function visitPairs(
  own: readonly PartialTone[],
  other: readonly PartialTone[],
  visit: (a: PartialTone, b: PartialTone, part: number) => void,
): number {
  let sum = 0
  let from = 0
  for (const [i, a] of own.entries()) {
    if (own === other) from = i + 1
    for (let j = from; j < other.length; j++) {
      const b = other[j] as PartialTone
      const y = (b.hertz - a.hertz) / criticalBandwidth((a.hertz + b.hertz) / 2)
      if (y < -farthestBandwidths) from = j + 1
      if (y > farthestBandwidths) break
      const part = a.amplitude * b.amplitude * dissonanceFactor(Math.abs(y))
      sum += part
      if (part > 0) visit(a, b, part)
    }
  }
  return sum
}
