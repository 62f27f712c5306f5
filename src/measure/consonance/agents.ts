// Consonance of what several agents sound together, each a group of stems (its voice and its deck), from heard partials.
// Roughness sums are additive (Hutchinson & Knopoff 1978), so within, between and together share one scale:
//   within A    sum_AA / P_A            between A and B    sum_AB / (P_A + P_B)            together    (sum of all) / (sum of all P)
// with P the sum of a^2. Each R becomes 0..1 by `consonanceOfRoughness`. Between counts cross terms only: an agent's own roughness is not in it.
// gain = consonance(A with B) - mean(consonance(A), consonance(B)): above 0 the two sound smoother together than apart.
import type { HeardFrame } from '../../hear/index.ts'
import type { Seconds } from '../../units.ts'
import { lufsOfPower } from '../loudness.ts'
import { consonanceOfRoughness } from './composite.ts'

/** One agent's stems, as indices into a frame's stems. */
export interface StemGroup {
  readonly name: string
  readonly stems: readonly number[]
}

/** Two groups, by index; a < b. */
export interface PairConsonance {
  readonly a: number
  readonly b: number
  /** Cross terms only, 0..1; null when either is silent. */
  readonly consonance: number | null
  /** -1..1; null when either is silent. */
  readonly gain: number | null
}

/** One moment. null = silent there. */
export interface ConsonanceReading {
  readonly timeSeconds: Seconds
  readonly together: number | null
  readonly within: readonly (number | null)[]
  readonly pairs: readonly PairConsonance[]
}

/** Quieter than this a group does not sound: the absolute gate of BS.1770. */
const gateLufs = -70

/** Consonance within, between and together of one frame's groups. Groups must not share stems. */
export function readConsonance(frame: HeardFrame, groups: readonly StemGroup[]): ConsonanceReading {
  const own = groups.map((group) => (sounds(frame, group) ? sumsWithin(frame, group) : null))
  const total = { sum: 0, power: 0 }
  for (const sums of own) {
    total.sum += sums?.sum ?? 0
    total.power += sums?.power ?? 0
  }
  const pairs: PairConsonance[] = []
  groups.forEach((one, a) => {
    groups.slice(a + 1).forEach((other, i) => {
      const b = a + 1 + i
      const [first, second] = [own[a] ?? null, own[b] ?? null]
      const cross = first && second ? sumBetween(frame, one, other) : 0
      total.sum += cross
      pairs.push({ a, b, ...readPair(first, second, cross) })
    })
  })
  const together = total.power > 0 ? consonanceOf(total) : null
  const within = own.map((sums) => sums && consonanceOf(sums))
  return { timeSeconds: frame.timeSeconds, together, within, pairs }
}

/** Roughness sum over pairs of partials, and sum of a^2. */
interface Sums {
  readonly sum: number
  readonly power: number
}

const consonanceOf = ({ sum, power }: Sums) => consonanceOfRoughness(sum / power)

function readPair(
  first: Sums | null,
  second: Sums | null,
  cross: number,
): { consonance: number | null; gain: number | null } {
  if (first === null || second === null) return { consonance: null, gain: null }
  const power = first.power + second.power
  const joint = consonanceOf({ sum: first.sum + second.sum + cross, power })
  const alone = (consonanceOf(first) + consonanceOf(second)) / 2
  return { consonance: consonanceOf({ sum: cross, power }), gain: joint - alone }
}

/** Tonal partials stand in the group, and it is loud enough to count. */
function sounds(frame: HeardFrame, group: StemGroup): boolean {
  let weighted = 0
  let tonal = 0
  for (const stem of group.stems) {
    weighted += frame.stems[stem]?.weightedPower ?? 0
    tonal += frame.partialPower[stem] ?? 0
  }
  const lufs = lufsOfPower(weighted)
  return tonal > 0 && lufs !== null && lufs > gateLufs
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
