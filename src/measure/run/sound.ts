// What was heard of a run, frame by frame, reduced to what the scores need: consonance readings and loudness per agent.
// Whole frames are kept for the latest slot only, so that memory stays small over hours.
import type { HeardFrame } from '../../hear/index.ts'
import type { Series, StemPlace } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import {
  type ConsonanceReading,
  type ConsonanceSummary,
  createRubbing,
  findRubbingPairs,
  type MixturePlan,
  planMixtures,
  readCommonalities,
  readConsonance,
  type StemGroup,
  summariseConsonanceReadings,
} from '../consonance/index.ts'
import { gatedLoudness } from '../loudness.ts'
import type { RubbingPair } from '../reading.ts'

interface Moment {
  readonly consonance: ConsonanceReading
  /** K-weighted mean square per agent, layers added. */
  readonly weightedPowers: readonly number[]
  /** Roughness between the decks of the first two agents, over their power; null unless both sound. */
  readonly deckRoughness: number | null
  /** Pitch commonality of each pair of agents; empty in the frames that are not looked at. */
  readonly commonalities: readonly (number | null)[]
}

export interface SoundKeeper {
  add(frames: readonly HeardFrame[]): void
  /** Over frames whose centre lies in the span. */
  summarise(startSeconds: Seconds, endSeconds: Seconds): ConsonanceSummary
  /** Loudness of an agent (by index) over the span, gated; null in silence. */
  loudness(agent: number, startSeconds: Seconds, endSeconds: Seconds): number | null
  /** Share of all frames in which the agent sounds at all; null before the first. */
  presence(agent: number): number | null
  deckRoughness(startSeconds: Seconds, endSeconds: Seconds): number | null
  /** What rubs between the first two agents, of the frames added last. */
  rubbing(): readonly RubbingPair[]
  /** What rubs most in a pair of agents (in the order of `ConsonanceSummary.pairs`), of all sampled frames. */
  rubbingOf(pair: number): readonly RubbingPair[]
  /** Mean pitch commonality of a pair over the sampled frames of the span; null when the two never sound at once. */
  commonality(pair: number, startSeconds: Seconds, endSeconds: Seconds): number | null
}

/** One frame in eight, about one in 1.3 s, is looked at for what costs as much as all the rest: pitch commonality, and rubbing of every pair. */
export const isSampled = (frame: HeardFrame) => frame.index % 8 === 0

export function createSoundKeeper(stems: readonly StemPlace[]): SoundKeeper {
  const groups = groupStems(stems)
  const plan = planMixtures(groups)
  const rubbings = groups.flatMap((one, a) => groups.slice(a + 1).map((other) => createRubbing(one, other)))
  const decks = stems.flatMap(({ layer }, index) => (layer === 'deck' ? [index] : []))
  const moments: Moment[] = []
  let latest: readonly HeardFrame[] = []
  const within = (from: Seconds, to: Seconds) => moments.slice(firstFrom(moments, from), firstFrom(moments, to))
  return {
    add(frames) {
      latest = frames
      for (const frame of frames) {
        moments.push(readMoment(frame, { groups, plan, decks }))
        if (isSampled(frame)) for (const rubbing of rubbings) rubbing.add(frame)
      }
    },
    summarise: (from, to) =>
      summariseConsonanceReadings(
        within(from, to).map(({ consonance }) => consonance),
        groups,
      ),
    loudness: (agent, from, to) =>
      gatedLoudness(
        within(from, to).map(({ weightedPowers }) => weightedPowers[agent] ?? 0),
        10,
      ),
    presence: (agent) => shareOf(moments, ({ weightedPowers }) => (weightedPowers[agent] ?? 0) > leastPower),
    deckRoughness(from, to) {
      const heard = within(from, to).flatMap(({ deckRoughness }) => (deckRoughness === null ? [] : [deckRoughness]))
      return heard.length === 0 ? null : heard.reduce((sum, value) => sum + value, 0) / heard.length
    },
    rubbing() {
      const [a, b] = groups
      return a === undefined || b === undefined ? [] : findRubbingPairs(latest, a, b)
    },
    rubbingOf: (pair) => rubbings[pair]?.pairs() ?? [],
    commonality(pair, from, to) {
      const heard = within(from, to).flatMap(({ commonalities }) => commonalities[pair] ?? [])
      return heard.length === 0 ? null : heard.reduce((sum, value) => sum + value, 0) / heard.length
    },
  }
}

/** Where the moments at `seconds` and later begin; moments come in order. */
function firstFrom(moments: readonly Moment[], seconds: Seconds): number {
  let low = 0
  let high = moments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((moments[middle] as Moment).consonance.timeSeconds < seconds) low = middle + 1
    else high = middle
  }
  return low
}

/** Consonance over time is given as means over a second. */
export const soundStepSeconds: Seconds = 1

/** The absolute gate of BS.1770, -70 LUFS, as a mean square. */
const leastPower = 10 ** ((-70 + 0.691) / 10)

/** An agent's stems make one group; groups in order of agents. */
export function groupStems(stems: readonly { readonly agent: string }[]): StemGroup[] {
  const groups = new Map<string, number[]>()
  stems.forEach(({ agent }, index) => {
    groups.set(agent, [...(groups.get(agent) ?? []), index])
  })
  return [...groups].map(([name, indices]) => ({ name, stems: indices }))
}

interface ReadingPlan {
  readonly groups: readonly StemGroup[]
  readonly plan: MixturePlan
  readonly decks: readonly number[]
}

function readMoment(frame: HeardFrame, { groups, plan, decks }: ReadingPlan): Moment {
  const powerOf = (stem: number) => frame.stems[stem]?.weightedPower ?? 0
  const [a, b] = decks
  const power = (frame.partialPower[a ?? -1] ?? 0) + (frame.partialPower[b ?? -1] ?? 0)
  const both = (frame.partialPower[a ?? -1] ?? 0) > 0 && (frame.partialPower[b ?? -1] ?? 0) > 0
  return {
    consonance: readConsonance(frame, groups, plan),
    weightedPowers: groups.map((group) => group.stems.reduce((sum, stem) => sum + powerOf(stem), 0)),
    deckRoughness: both ? (frame.roughnessSums[(a ?? 0) * frame.stems.length + (b ?? 0)] ?? 0) / power : null,
    commonalities: isSampled(frame) ? readCommonalities(frame, groups) : [],
  }
}

function shareOf<Item>(items: readonly Item[], holds: (item: Item) => boolean): number | null {
  return items.length === 0 ? null : items.filter(holds).length / items.length
}

/** A series thinned to its means over spans of `stepSeconds`, so that files and figures stay small; null where nothing is defined. */
export function thinSeries(series: Series, stepSeconds: Seconds, endSeconds: Seconds): Series {
  const count = Math.ceil(endSeconds / stepSeconds - 1e-9)
  const sums = new Float64Array(count)
  const counts = new Int32Array(count)
  series.seconds.forEach((time, i) => {
    const value = series.values[i]
    const at = Math.min(count - 1, Math.floor(time / stepSeconds))
    if (value === null || value === undefined || at < 0) return
    sums[at] = (sums[at] ?? 0) + value
    counts[at] = (counts[at] ?? 0) + 1
  })
  const seconds = Array.from({ length: count }, (_, k) => (k + 0.5) * stepSeconds)
  return { seconds, values: seconds.map((_, k) => ((counts[k] ?? 0) > 0 ? (sums[k] ?? 0) / (counts[k] ?? 1) : null)) }
}
