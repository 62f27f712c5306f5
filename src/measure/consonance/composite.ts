// How consonant a sound is to people, 0 to 1: the mean rating expected of it on the scale of Bowling, Purves & Gill 2018 (PNAS 115), 1 (quite
// unpleasant) to 4 (quite pleasant) laid on 0 to 1. Three fits of the same ratings, by what is known of the sound: a chord's notes, its
// partials alone, or its roughness alone (`smoothness`). Each has its error band, the standard deviation of people's means about the fit.

import fitted from './composite.json' with { type: 'json' }
import { billboard } from './familiarity/billboard.ts'
import { stolzenburg2015 } from './harmonicity/stolzenburg-2015.ts'
import { huron1994 } from './intervals/huron-1994.ts'

/** What is known of a sound whose notes are known. */
export interface ChordFeatures {
  /** `hutchinsonKnopoff1978` of the partials. */
  readonly roughness: number
  /** `harrison2018`, bits. */
  readonly harmonicity: number
  /** `nameNotes` of the notes, at least one. */
  readonly names: readonly number[]
}

/** What is known of a sound from its partials alone. */
export type SoundFeatures = Pick<ChordFeatures, 'roughness' | 'harmonicity'>

/** Standard deviations of people's mean ratings about the three fits, on the scale 0..1. */
export const consonanceErrors = {
  ofChord: fitted.ofChord.error,
  ofSound: fitted.ofSound.error,
  ofRoughness: fitted.ofRoughness.error,
} as const

/** Consonance of a chord, 0..1, from its partials and its notes. */
export function consonanceOfChord({ roughness, harmonicity, names }: ChordFeatures): number {
  const { intercept, coefficients } = fitted.ofChord
  return clipped(
    intercept +
      coefficients.hutchinsonKnopoff1978 * roughness +
      coefficients.harrison2018 * harmonicity +
      coefficients.stolzenburg2015 * (stolzenburg2015(names) ?? 0) +
      coefficients.billboard * (billboard(names) ?? 0) +
      coefficients.meanHuron1994 * meanHuron1994(names),
  )
}

/** Consonance of a sound, 0..1, from its partials alone. */
export function consonanceOfSound({ roughness, harmonicity }: SoundFeatures): number {
  const { intercept, coefficients } = fitted.ofSound
  return clipped(intercept + coefficients.hutchinsonKnopoff1978 * roughness + coefficients.harrison2018 * harmonicity)
}

/** Smoothness: the rating expected from roughness alone, smoothest e^(-steepness R) for R >= 0; .92 and falling. A bare semitone .29. */
export function consonanceOfRoughness(roughness: number): number {
  return fitted.ofRoughness.smoothest * Math.exp(-fitted.ofRoughness.steepness * roughness)
}

/** Inverse of `consonanceOfRoughness`, for values in (0, .921]. */
export function roughnessOfConsonance(consonance: number): number {
  return -Math.log(consonance / fitted.ofRoughness.smoothest) / fitted.ofRoughness.steepness
}

/** Huron's sum over the pairs of pitch classes as a mean; 0 for one pitch class. */
function meanHuron1994(names: readonly number[]): number {
  const classes = new Set(names.map((name) => ((name % 12) + 12) % 12)).size
  return classes < 2 ? 0 : (huron1994(names) ?? 0) / ((classes * (classes - 1)) / 2)
}

function clipped(rating: number): number {
  return Math.min(1, Math.max(0, rating))
}
