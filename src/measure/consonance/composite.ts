// How consonant a sound is to people, 0 to 1: the mean rating expected of it on the scale of Bowling, Purves & Gill 2018 (PNAS 115), 1 (quite
// unpleasant) to 4 (quite pleasant) laid on 0 to 1. Three fits of the same ratings, by what is known of the sound: a chord's notes, its
// partials alone, or its roughness alone (`smoothness`). Each has its error band, the standard deviation of people's means about the fit.
//   of a chord      1 / (1 + e^-(intercept + sum of weight x term)), terms as in `chordTerms`
//   of a sound      e^(-steepness R) / (1 + e^-(intercept + weight h)): roughness counts however harmonic a sound is
//   of roughness    smoothest e^(-steepness R)
// R = hutchinsonKnopoff1978, h = harrison2018, at most that of one tone, since few partials are more harmonic than any tone.
// `npm run fit:consonance` makes composite.json and prints how well each does; docs/measures/consonance.md says what was tried.
import fitted from './composite.json' with { type: 'json' }
import { billboard } from './familiarity/billboard.ts'
import { outsideScale } from './familiarity/outside-scale.ts'
import { stolzenburg2015 } from './harmonicity/stolzenburg-2015.ts'
import { meanHuron1994 } from './intervals/huron-1994.ts'

/** What is known of a sound whose notes are known. */
export interface ChordFeatures {
  /** `hutchinsonKnopoff1978` of the partials, 0 or more. */
  readonly roughness: number
  /** `harrison2018`, bits. */
  readonly harmonicity: number
  /** `nameNotes` of the notes, at least one. */
  readonly names: readonly number[]
}

/** What is known of a sound from its partials alone. */
export type SoundFeatures = Pick<ChordFeatures, 'roughness' | 'harmonicity'>

export type ChordTerm = keyof typeof fitted.ofChord.weights

/** Standard deviations of people's mean ratings about the three fits, cross-validated, on the scale 0..1. */
export const consonanceErrors = {
  ofChord: fitted.ofChord.error,
  ofSound: fitted.ofSound.error,
  ofRoughness: fitted.ofRoughness.error,
} as const

/**
 * What the consonance of a chord is made of. Roughness is taken per pair of tones (its sum over pairs grows with n (n - 1), its denominator with
 * n), under a root: the first beats hurt most. A mean over no interval is 0.
 */
export function chordTerms({ roughness, harmonicity, names }: ChordFeatures): Record<ChordTerm, number> {
  return {
    roughnessOfPairs: Math.sqrt(roughness / Math.max(1, names.length - 1)),
    harmonicity: Math.min(harmonicity, fitted.mostHarmonicity),
    periodicity: Math.log2(1 + (stolzenburg2015(names) ?? 0)),
    unfamiliarity: billboard(names) ?? 0,
    outsideScale: outsideScale(names) ?? 0,
    intervals: meanHuron1994(names) ?? 0,
  }
}

/** Consonance of a chord, 0..1, from its partials and its notes. */
export function consonanceOfChord(features: ChordFeatures): number {
  const { intercept, weights } = fitted.ofChord
  const terms = chordTerms(features)
  let sum = intercept
  for (const name of Object.keys(weights) as ChordTerm[]) sum += weights[name] * terms[name]
  return logistic(sum)
}

/** Consonance of a sound, 0..1, from its partials alone. */
export function consonanceOfSound({ roughness, harmonicity }: SoundFeatures): number {
  const { intercept, weight, steepness } = fitted.ofSound
  const share = logistic(intercept + weight * Math.min(harmonicity, fitted.mostHarmonicity))
  return Math.exp(-steepness * roughness) * share
}

/** Smoothness: the rating expected from roughness alone, smoothest e^(-steepness R) for R >= 0; .92 and falling. A bare semitone .29. */
export function consonanceOfRoughness(roughness: number): number {
  return fitted.ofRoughness.smoothest * Math.exp(-fitted.ofRoughness.steepness * roughness)
}

/** Inverse of `consonanceOfRoughness`, for values in (0, .921]. */
export function roughnessOfConsonance(consonance: number): number {
  return -Math.log(consonance / fitted.ofRoughness.smoothest) / fitted.ofRoughness.steepness
}

function logistic(u: number): number {
  return 1 / (1 + Math.exp(-u))
}
