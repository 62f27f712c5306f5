// Consonance of pairs of agents that were heard side by side without having met: frames of many agents in, for each pair what a run of
// these two alone would say of its sound. Each pair is read from its own view of the frame, by the readings that runs are scored with.
import type { HeardFrame } from '../../hear/index.ts'
import type { Series } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import {
  type ConsonanceReading,
  type ConsonanceSummary,
  planMixtures,
  readCommonalities,
  readConsonance,
  type StemGroup,
  summariseConsonanceReadings,
} from '../consonance/index.ts'
import { isSampled, soundStepSeconds, thinSeries } from './sound.ts'

/** Two agents, by index of their groups. */
export type GroupPair = readonly [number, number]

export interface HeardPair {
  readonly together: number | null
  readonly between: Pick<
    ConsonanceSummary['pairs'][number],
    'roughness' | 'smoothness' | 'spectralPitchClassSimilarity' | 'gain'
  >
  readonly commonality: number | null
  /** Means over a second, as in the scores. */
  readonly series: { readonly together: Series; readonly smoothness: Series }
}

export interface PairKeeper {
  /** For the analyser: every agent alone, then every pair. */
  readonly mixtures: readonly (readonly number[])[]
  add(frames: readonly HeardFrame[]): void
  /** In the order of the pairs. */
  finish(endSeconds: Seconds): HeardPair[]
}

interface Kept {
  readonly readings: ConsonanceReading[]
  readonly commonalities: number[]
}

/** Groups must not share stems. */
export function createPairKeeper(groups: readonly StemGroup[], pairs: readonly GroupPair[]): PairKeeper {
  const plan = planMixtures([
    { name: 'a', stems: [0] },
    { name: 'b', stems: [1] },
  ])
  const members = pairs.map(([a, b]) => [groups[a], groups[b]] as readonly [StemGroup, StemGroup])
  const kept = pairs.map((): Kept => ({ readings: [], commonalities: [] }))
  return {
    mixtures: [...groups.map(({ stems }) => stems), ...members.map(([a, b]) => [...a.stems, ...b.stems])],
    add(frames) {
      for (const frame of frames)
        pairs.forEach((pair, k) => {
          const two = members[k] as readonly [StemGroup, StemGroup]
          kept[k]?.readings.push(readConsonance(viewOf(frame, pair, groups.length + k), two, plan))
          if (isSampled(frame))
            kept[k]?.commonalities.push(...readCommonalities(frame, two).flatMap((one) => one ?? []))
        })
    },
    finish: (end) => kept.map((pair, k) => summarise(pair, members[k] as readonly [StemGroup, StemGroup], end)),
  }
}

/** The frame as an ear for these two alone would give it: both alone, then both together. */
function viewOf(frame: HeardFrame, [a, b]: GroupPair, both: number): HeardFrame {
  const similarity = frame.similarities[a * frame.mixtures.length + b] ?? 0
  const mixtures = [a, b, both].flatMap((index) => frame.mixtures[index] ?? [])
  return { ...frame, mixtures, similarities: Float64Array.of(1, similarity, 0, similarity, 1, 0, 0, 0, 1) }
}

function summarise({ readings, commonalities }: Kept, groups: readonly StemGroup[], end: Seconds): HeardPair {
  const { together, pairs, series } = summariseConsonanceReadings(
    readings.filter(({ timeSeconds }) => timeSeconds < end),
    groups,
  )
  const [pair] = pairs
  const thin = (one: Series | undefined) => thinSeries(one ?? { seconds: [], values: [] }, soundStepSeconds, end)
  return {
    together,
    between: {
      roughness: pair?.roughness ?? null,
      smoothness: pair?.smoothness ?? null,
      spectralPitchClassSimilarity: pair?.spectralPitchClassSimilarity ?? null,
      gain: pair?.gain ?? null,
    },
    commonality:
      commonalities.length === 0 ? null : commonalities.reduce((sum, value) => sum + value, 0) / commonalities.length,
    series: { together: thin(series.together), smoothness: thin(pair?.series) },
  }
}
