// The ranking composite: one number for putting runs in order, from a run's scores and what the two said. It is no measure of harmony.
//   ranking = sqrt(min(c) * prod c^(w / sum w))   over the components c that are defined and weigh anything, each 0..1
// The geometric mean because no zero may be bought with something else; the root with the lowest, as in interlock, because with many
// components a mean alone forgives a near zero (.05^(1/9) = .72). Weights and bounds are data: ranking.json, equal, not learned.
//   consonance  of everything that sounds; left out where nothing tonal does
//   interlock   of the voices, mean over pairs
//   patterned   (1 - (1 - order)^4) clip(H / .6 bit) of the agent with less, H = entropy of its symbols: each keeps a pattern, even if one
//               keeps a mere ostinato; a bare metronome is no pattern (the bound of interlock's variety)
//   alive       vitality of the agent with more: at least one does something with its pattern
//   vitality    of all voices together
//   words       vitality of what is said, of the agent with less; left out where nobody says words
//   own         share of surprise that is the agent's own, of the agent with less (vitality/own-voice.ts, vitality/origin.ts), up to `ownFrom`
//   takenUp     order in the news of a voice or of all together, the most (vitality/news.ts), up to `takenUpFrom`: no loop with blind slips
//   balance     1 as long as the louder is less than `free` dB above the softer, 0 from `drowned` dB
//   goingOn     share of the run before its first collapse (attractor, goodbye, domination, mode collapse), squared as in vitality, which
//               counts repetition
import type { Ranking, RankingComponent, RankingSettings, Scores } from '../../record/index.ts'
import { rankingComponents, rankingSettingsSchema } from '../../record/index.ts'
import equal from './ranking.json' with { type: 'json' }

export const defaultRanking: RankingSettings = rankingSettingsSchema.parse(equal)

/** What the ranking is made of: a run's scores, and what only the ranking asks. */
export interface RankedRun extends Pick<Scores, 'seconds' | 'agents' | 'pairs' | 'together'> {
  /** Vitality of each agent's words; empty where nobody says any. */
  readonly words: readonly (number | null)[]
  /** Entropy of each agent's note symbols, bits; 0 for a metronome. */
  readonly varietyBits: readonly number[]
  /** Own share of each agent beside each other. */
  readonly own: readonly (number | null)[]
  /** Order in the news of the voices; null where there is none. */
  readonly news: number | null
}

/** `reasons` takes why a component is left out, by `ranking.components.<name>`. */
export function rankRun(run: RankedRun, settings: RankingSettings, reasons: Record<string, string>): Ranking {
  const components = run.pairs.length === 0 ? alone() : readComponents(run, settings)
  for (const name of rankingComponents)
    if (components[name] === null)
      reasons[`ranking.components.${name}`] = run.pairs.length === 0 ? 'nobody to play with' : leftOut[name]
  const score = run.pairs.length === 0 ? null : combineRanking(components, settings)
  if (score === null) reasons['ranking.score'] = run.pairs.length === 0 ? 'nobody to play with' : 'nothing is known'
  return { settings: settings.name, weighting: settings.weighting, score, components }
}

type Components = Record<RankingComponent, number | null>

const alone = () => Object.fromEntries(rankingComponents.map((name) => [name, null])) as Components

/** A null component is left out; what should be there and is not counts 0 instead (nothing shows that it lives). */
const leftOut: Record<RankingComponent, string> = {
  consonance: 'no tonal sound',
  interlock: 'no window is complete',
  patterned: 'no voice',
  alive: 'no voice',
  vitality: 'no voice',
  words: 'nobody says words',
  own: 'no voice has any surprise to own',
  takenUp: 'no voice has any news',
  balance: 'one of them is silent throughout',
  goingOn: 'nothing was heard',
}

/** Bits of variety from which on a pattern is more than a metronome: as in interlock. */
const leastVarietyBits = 0.6

function readComponents(run: RankedRun, settings: RankingSettings): Components {
  const { agents, pairs, together } = run
  const patterns = agents.map(
    ({ vitality }, k) =>
      (1 - (1 - (vitality.order ?? 0)) ** 4) * Math.min(1, (run.varietyBits[k] ?? 0) / leastVarietyBits),
  )
  const own = leastOf(run.own)
  return {
    consonance: together.consonance,
    interlock: pairs.reduce((sum, pair) => sum + (pair.interlock.voice.score ?? 0), 0) / pairs.length,
    patterned: Math.min(...patterns),
    alive: Math.max(...agents.map(({ vitality }) => vitality.vitality ?? 0)),
    vitality: together.vitality.vitality ?? 0,
    words: run.words.length === 0 ? null : Math.min(...run.words.map((value) => value ?? 0)),
    own: own === null ? null : Math.min(1, own / settings.ownFrom),
    takenUp: run.news === null ? null : Math.min(1, run.news / settings.takenUpFrom),
    balance: balanceOf(run, settings),
    goingOn: goingOnOf(run),
  }
}

function leastOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function balanceOf({ agents }: RankedRun, { balanceDecibels: { free, drowned } }: RankingSettings): number | null {
  const levels = agents.flatMap(({ loudnessLufs }) => loudnessLufs ?? [])
  if (levels.length < agents.length) return null
  const apart = Math.max(...levels) - Math.min(...levels)
  return Math.min(1, Math.max(0, (drowned - apart) / (drowned - free)))
}

function goingOnOf({ seconds, agents, pairs }: RankedRun): number {
  const onsets = [
    ...agents.map(({ collapses }) => collapses.modeCollapse),
    ...pairs.flatMap(({ collapses }) => [collapses.attractor, collapses.goodbye, collapses.domination]),
  ].flatMap((onset) => onset?.seconds ?? [])
  return seconds > 0 ? (Math.min(seconds, ...onsets) / seconds) ** 2 : 0
}

/** The score of known components under other weights; null when nothing is known. */
export function combineRanking(components: Ranking['components'], { weights }: RankingSettings): number | null {
  const known = rankingComponents.flatMap((name) => {
    const [value, weight] = [components[name] ?? null, weights[name] ?? 0]
    return value === null || weight === 0 ? [] : [{ value: Math.max(0, value), weight }]
  })
  if (known.length === 0) return null
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  const product = known.reduce((so, { value, weight }) => so * value ** (weight / total), 1)
  return Math.sqrt(Math.min(...known.map(({ value }) => value)) * product)
}
