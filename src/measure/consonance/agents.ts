// Consonance of what several agents sound together, each a group of stems (its voice and its deck), from heard partials.
//   within, together   consonanceOfSound(R, H): R = sum of a_i a_j g over the pairs of the sound / sum of its a^2, H its harmonicity (bits)
//   between A and B    smoothness: consonanceOfRoughness(sum_AB / (P_A + P_B)), cross terms only: an agent's own roughness is not in it;
//                      similarity of the two pitch-class spectra (cosine); pitch commonality (parncutt-1994.ts)
//   gain               consonance(A with B) - mean(consonance(A), consonance(B)): above 0 the two please more together than apart
// Roughness sums are additive (Hutchinson & Knopoff 1978), so within, between and together share one denominator; harmonicity is not, so the
// ear is asked for it by mixture: `planMixtures` says which.
import type { HeardFrame } from '../../hear/index.ts'
import type { Seconds } from '../../units.ts'
import { consonanceOfRoughness, consonanceOfSound } from './composite.ts'
import { soundsTones } from './sounding.ts'

/** One agent's stems, as indices into a frame's stems. */
export interface StemGroup {
  readonly name: string
  readonly stems: readonly number[]
}

/** Two groups, by index; a < b. null when either is silent. */
export interface PairConsonance {
  readonly a: number
  readonly b: number
  /** Cross terms only, 0 upwards (Hutchinson & Knopoff). */
  readonly roughness: number | null
  /** The rating expected from that roughness alone, 0..1. */
  readonly smoothness: number | null
  /** Cosine of the two spectra of pitch classes, 0..1. */
  readonly spectralPitchClassSimilarity: number | null
  /** -1..1. */
  readonly gain: number | null
}

/** One moment. null = silent there. */
export interface ConsonanceReading {
  readonly timeSeconds: Seconds
  readonly together: number | null
  readonly within: readonly (number | null)[]
  readonly pairs: readonly PairConsonance[]
}

/** The mixtures that `readConsonance` wants to find in a frame, and where: each group alone (its index is the group's), pairs, everything. */
export interface MixturePlan {
  /** For `AnalyserSettings.mixtures`. */
  readonly mixtures: readonly (readonly number[])[]
  /** Index of each pair's mixture, in the order of `ConsonanceReading.pairs`; empty beyond `mostPaired` groups. */
  readonly ofPairs: readonly number[]
  readonly ofAll: number
}

/** Among more groups than this no pair is heard as one sound, and has no gain: the cost would grow with their square. */
const mostPaired = 16

/** What the ear is to be asked for. Two groups together are everything, and one mixture. */
export function planMixtures(groups: readonly StemGroup[]): MixturePlan {
  const alone = groups.map(({ stems }) => stems)
  if (groups.length < 2) return { mixtures: alone, ofPairs: [], ofAll: 0 }
  if (groups.length === 2) return { mixtures: [...alone, alone.flat()], ofPairs: [2], ofAll: 2 }
  if (groups.length > mostPaired) return { mixtures: [...alone, alone.flat()], ofPairs: [], ofAll: groups.length }
  const pairs = groups.flatMap((one, a) => groups.slice(a + 1).map((other) => [...one.stems, ...other.stems]))
  const mixtures = [...alone, ...pairs, alone.flat()]
  return { mixtures, ofPairs: pairs.map((_, k) => groups.length + k), ofAll: mixtures.length - 1 }
}

/**
 * Consonance within, between and together of one frame's groups. Groups must not share stems, and the frame must have been heard with
 * `planMixtures(groups).mixtures`; RangeError otherwise.
 */
export function readConsonance(frame: HeardFrame, groups: readonly StemGroup[], plan: MixturePlan): ConsonanceReading {
  if (frame.mixtures.length !== plan.mixtures.length)
    throw new RangeError(
      `readConsonance: expected ${plan.mixtures.length} mixtures in the frame, got ${frame.mixtures.length}. Create the analyser with planMixtures(groups).mixtures.`,
    )
  const own = groups.map((group) => (sounds(frame, group) ? sumsWithin(frame, group) : null))
  const total = { sum: 0, power: 0 }
  for (const sums of own) {
    total.sum += sums?.sum ?? 0
    total.power += sums?.power ?? 0
  }
  const within = own.map((sums, index) => sums && consonanceOf(frame, sums, index))
  const pairs: PairConsonance[] = []
  groups.forEach((one, a) => {
    groups.slice(a + 1).forEach((other, i) => {
      const b = a + 1 + i
      const cross = own[a] && own[b] ? sumBetween(frame, one, other) : 0
      total.sum += cross
      const alone = [within[a] ?? null, within[b] ?? null] as const
      const joint = joinSums(own[a] ?? null, own[b] ?? null, cross)
      const mixture = plan.ofPairs[pairs.length] ?? -1
      pairs.push({ a, b, ...readPair(frame, { a, b, cross, joint, alone, mixture }) })
    })
  })
  const together = total.power > 0 ? consonanceOf(frame, total, plan.ofAll) : null
  return { timeSeconds: frame.timeSeconds, together, within, pairs }
}

/** Roughness sum over pairs of partials, and sum of a^2. */
interface Sums {
  readonly sum: number
  readonly power: number
}

/** null when the ear found no harmonicity in the mixture. */
function consonanceOf(frame: HeardFrame, { sum, power }: Sums, mixture: number): number | null {
  const harmonicity = frame.mixtures[mixture]?.harmonicity ?? null
  return harmonicity === null ? null : consonanceOfSound({ roughness: sum / power, harmonicity })
}

function joinSums(one: Sums | null, other: Sums | null, cross: number): Sums | null {
  return one && other && { sum: one.sum + other.sum + cross, power: one.power + other.power }
}

interface PairSums {
  readonly a: number
  readonly b: number
  readonly cross: number
  readonly joint: Sums | null
  readonly alone: readonly [number | null, number | null]
  /** Index of the mixture of both. */
  readonly mixture: number
}

function readPair(frame: HeardFrame, pair: PairSums): Omit<PairConsonance, 'a' | 'b'> {
  const { a, b, cross, joint, mixture } = pair
  const [first, second] = pair.alone
  if (joint === null || first === null || second === null)
    return { roughness: null, smoothness: null, spectralPitchClassSimilarity: null, gain: null }
  const both = consonanceOf(frame, joint, mixture)
  const roughness = cross / joint.power
  return {
    roughness,
    smoothness: consonanceOfRoughness(roughness),
    spectralPitchClassSimilarity: frame.similarities[a * frame.mixtures.length + b] ?? null,
    gain: both === null ? null : both - (first + second) / 2,
  }
}

/** The group sounds tones, and loud enough to count. */
function sounds(frame: HeardFrame, group: StemGroup): boolean {
  let weighted = 0
  let power = 0
  for (const stem of group.stems) {
    weighted += frame.stems[stem]?.weightedPower ?? 0
    power += frame.partialPower[stem] ?? 0
  }
  return soundsTones(power, weighted)
}

function sumsWithin(frame: HeardFrame, group: StemGroup): Sums {
  let power = 0
  let sum = 0
  group.stems.forEach((stem, i) => {
    power += frame.partialPower[stem] ?? 0
    for (const other of group.stems.slice(i)) sum += sumAt(frame, stem, other)
  })
  return { sum, power }
}

function sumBetween(frame: HeardFrame, one: StemGroup, other: StemGroup): number {
  let sum = 0
  for (const stem of one.stems) for (const another of other.stems) sum += sumAt(frame, stem, another)
  return sum
}

function sumAt(frame: HeardFrame, row: number, column: number): number {
  return frame.roughnessSums[row * frame.stems.length + column] ?? 0
}
