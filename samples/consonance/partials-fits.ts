// The two fits for sounds whose notes are not known, on the same chords in both tunings.
//   of a sound     e^(-steepness R) / (1 + e^-(intercept + weight h)),   h = harrison2018, at most that of one harmonic tone
//   of roughness   smoothest e^(-steepness R)
// Each knows what the logistic and the linear form of a chord's fit do not: roughness counts however harmonic a sound is (two pure tones a
// semitone apart are both), and a sound of few partials is not more harmonic than a whole tone.
import { type Features, oneTone, type RatedChord } from './chords.ts'
import { importanceOf, logistic } from './regression.ts'
import { solveLeastSquares } from './solver.ts'

export type Shape = 'product' | 'logistic' | 'line'

export interface SoundFit {
  readonly shape: Shape
  readonly intercept: number
  /** Of harmonicity. */
  readonly weight: number
  /** Of roughness. */
  readonly steepness: number
  readonly mostHarmonicity: number
}

export interface RoughnessFit {
  readonly smoothest: number
  readonly steepness: number
}

type Numbers = Pick<Features, 'roughness' | 'harmonicity'>

export function predictSound(fit: SoundFit, { roughness, harmonicity }: Numbers): number {
  const u = fit.intercept + fit.weight * Math.min(harmonicity, fit.mostHarmonicity)
  if (fit.shape === 'product') return Math.exp(-fit.steepness * roughness) * logistic(u)
  const sum = u - fit.steepness * roughness
  return fit.shape === 'line' ? sum : logistic(sum)
}

/** Three numbers in one of three shapes; the product is the one in use, the others are there to compare. */
export function fitSound(shape: Shape, chords: readonly RatedChord[]): SoundFit {
  const features = chords.flatMap(({ asTuned, tempered }) => [asTuned, tempered])
  const rated = chords.flatMap((chord) => [chord, chord])
  const fitOf = ([intercept, weight, steepness]: readonly number[]): SoundFit => ({
    shape,
    intercept: intercept as number,
    weight: weight as number,
    steepness: steepness as number,
    mostHarmonicity: oneTone,
  })
  return fitOf(
    solveLeastSquares({
      start: [0, 1, 1],
      y: rated.map(({ liking }) => liking),
      importance: importanceOf({ weighting: 'equal' }, rated),
      penalties: [0, 0, 0],
      expect: (weights, r, slopes) => slopeSound(fitOf(weights), features[r] as Features, slopes),
    }),
  )
}

function slopeSound(fit: SoundFit, features: Features, slopes: number[]): number {
  const value = predictSound(fit, features)
  const h = Math.min(features.harmonicity, fit.mostHarmonicity)
  const share = fit.shape === 'product' ? logistic(fit.intercept + fit.weight * h) : value
  const slope = fit.shape === 'line' ? 1 : value * (1 - share)
  slopes[0] = slope
  slopes[1] = slope * h
  slopes[2] = -(fit.shape === 'product' ? value : slope) * features.roughness
  return value
}

/** Smoothness, from the chords as they were tuned. */
export function fitRoughness(chords: readonly RatedChord[]): RoughnessFit {
  const [smoothest, steepness] = solveLeastSquares({
    start: [0.9, 2],
    y: chords.map(({ liking }) => liking),
    importance: importanceOf({ weighting: 'equal' }, chords),
    penalties: [0, 0],
    expect: ([height, fall], r, slopes) => {
      const { roughness } = (chords[r] as RatedChord).asTuned
      const e = Math.exp(-(fall as number) * roughness)
      slopes[0] = e
      slopes[1] = -(height as number) * roughness * e
      return (height as number) * e
    },
  })
  return { smoothest: smoothest as number, steepness: steepness as number }
}

export function predictRoughness({ smoothest, steepness }: RoughnessFit, { roughness }: Numbers): number {
  return smoothest * Math.exp(-steepness * roughness)
}
