// Which key a sound is in: heard chroma in, the major or minor key whose profile it fits best out (Krumhansl & Schmuckler's method,
// Krumhansl 1990, Cognitive Foundations of Musical Pitch, ch. 4).
//   chroma_p = sum over frames of sqrt(energy of pitch class p)      strength(key) = Pearson's r of chroma with the key's profile
// Profiles: how well people find that a tone fits after a key was set (Krumhansl & Kessler 1982, Psychological Review 89, table 2). The root
// makes loud partials and the harmonics of a tone count less; on tracks of known key it beats energy (docs/second-ear.md).
// A key is always found in sound that has tones, also where there is none to hear: chance is 1 of 24, and a drum loop with one bass note has a key.
import type { HeardFrame } from '../hear/index.ts'

export interface HeardKey {
  /** Pitch class, C = 0. */
  readonly tonic: number
  readonly mode: 'major' | 'minor'
  /** Correlation of the chroma with the key's profile, -1..1. */
  readonly strength: number
}

export interface KeyReading {
  readonly key: HeardKey | null
  /** Why `key` is null. */
  readonly undefined: Readonly<Record<string, string>>
}

/** Tonic first. */
const profiles = {
  major: [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
  minor: [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
} as const
const modes = ['major', 'minor'] as const
/** A spread this small beside the sum of squares is rounding. */
const flat = 1e-24

/** The key of some stems sounding together; null without tones. */
export function measureKey(frames: Iterable<HeardFrame>, stems: readonly number[]): KeyReading {
  const chroma = new Float64Array(12)
  for (const frame of frames) addChroma(chroma, frame, stems)
  if (chroma.every((value) => value === 0)) return { key: null, undefined: { key: 'silence, or sound without tones' } }
  const key = findKey(chroma)
  return key === null ? { key, undefined: { key: 'all pitch classes are equally strong' } } : { key, undefined: {} }
}

/** The best of the 24 keys for 12 weights of pitch classes, C first, in any scale; of equal ones the lower tonic, major first. null when all are equal. */
export function findKey(chroma: ArrayLike<number>): HeardKey | null {
  let best: HeardKey | null = null
  for (let tonic = 0; tonic < 12; tonic++) {
    for (const mode of modes) {
      const strength = correlate(chroma, profiles[mode], tonic)
      if (strength !== null && (best === null || strength > best.strength)) best = { tonic, mode, strength }
    }
  }
  return best
}

/** Adds the square root of what each pitch class holds in this frame, all stems together. */
function addChroma(chroma: Float64Array, frame: HeardFrame, stems: readonly number[]): void {
  for (let pitchClass = 0; pitchClass < 12; pitchClass++) {
    let energy = 0
    for (const stem of stems) energy += (frame.stems[stem]?.chroma[pitchClass] ?? 0) * (frame.partialPower[stem] ?? 0)
    chroma[pitchClass] = (chroma[pitchClass] as number) + Math.sqrt(energy)
  }
}

/** Pearson's r of chroma with a profile that begins on `tonic`; null when the chroma is flat. */
function correlate(chroma: ArrayLike<number>, profile: readonly number[], tonic: number): number | null {
  const meanChroma = meanOf(chroma)
  const meanProfile = meanOf(profile)
  let [cross, own, other, size] = [0, 0, 0, 0]
  for (let i = 0; i < 12; i++) {
    const value = chroma[(tonic + i) % 12] ?? 0
    const x = value - meanChroma
    const y = (profile[i] as number) - meanProfile
    cross += x * y
    own += x * x
    other += y * y
    size += value * value
  }
  return own > flat * size ? cross / Math.sqrt(own * other) : null
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < 12; i++) sum += values[i] ?? 0
  return sum / 12
}
