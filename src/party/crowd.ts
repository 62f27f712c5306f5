// The floor and the DJs' bodies, after party.md: what sounds comes in as shares per style, clash and energy, out goes who dances and how it feels.
//   want_k     = (1 - clashDamping clash) sum_s play_s taste_ks appetite_ks
//   appetite  <- (appetite + growth appetite (1 - appetite) + seed) / (1 + eaten play_s dancing_k), at most 1
//   tired_k   += tiredRate (energy dancing_k - tired_k)
//   dancing_k <- dancing_k exp(gain (want_k - threshold - tiredness tired_k) (1 - saturation dancing_k)), in floor..1
//   comfort   += rate ((taste heard + crowd) (1 - depth adaptation) - clash - effort if playing - comfort)
// Adaptation is familiarity with exactly what sounds (it rises while a track plays and falls while it rests), so no constant act stays pleasant.
import type { Dynamics, Scenario } from '../record/index.ts'

export interface Group {
  readonly name: string
  readonly dancing: number
  readonly tired: number
  readonly appetite: readonly number[]
}

export interface Body {
  readonly agent: string
  readonly comfort: number
  readonly pain: number
  readonly adaptation: number
  /** Familiarity per track that still lingers, 0..1. */
  readonly familiar: Readonly<Record<string, number>>
}

/** What sounds in one slot. */
export interface Sounding {
  /** Gain per style, in the order of styleNames. */
  readonly play: readonly number[]
  /** Gain per track. */
  readonly tracks: Readonly<Record<string, number>>
  readonly clash: number
  /** Gain-weighted energy of the tracks, 0..1. */
  readonly energy: number
}

export function createGroups(scenario: Scenario): Group[] {
  const { startDancing, startAppetite } = scenario.dynamics
  return scenario.crowd.groups.map((group) => ({
    name: group.name,
    dancing: startDancing,
    tired: 0,
    appetite: group.taste.map(() => startAppetite),
  }))
}

/** Comfort begins at ease: where pain ends. */
export function createBody(agent: string, constants: Dynamics): Body {
  return { agent, comfort: constants.painThreshold, pain: 0, adaptation: 0, familiar: {} }
}

export function moveGroup(group: Group, taste: readonly number[], sounding: Sounding, constants: Dynamics): Group {
  const { play, clash, energy } = sounding
  let want = 0
  const appetite = group.appetite.map((hunger, s) => {
    const heard = play[s] ?? 0
    want += heard * (taste[s] ?? 0) * hunger
    const grown = hunger + constants.appetiteGrowth * hunger * (1 - hunger) + constants.appetiteSeed
    return Math.min(1, grown / (1 + constants.appetiteEaten * heard * group.dancing))
  })
  want *= 1 - constants.clashDamping * clash
  const tired = group.tired + constants.tiredRate * (energy * group.dancing - group.tired)
  const pull = want - constants.danceThreshold - constants.danceTiredness * tired
  const grown = group.dancing * Math.exp(constants.danceGain * pull * (1 - constants.danceSaturation * group.dancing))
  return { name: group.name, dancing: Math.max(constants.danceFloor, Math.min(1, grown)), tired, appetite }
}

/** Weighted dancing of all groups, 0..1. */
export function crowdEnergy(groups: readonly Group[], scenario: Scenario): number {
  let sum = 0
  let weights = 0
  for (const [k, group] of groups.entries()) {
    const weight = scenario.crowd.groups[k]?.weight ?? 0
    sum += weight * group.dancing
    weights += weight
  }
  return weights > 0 ? Math.min(1, sum / weights) : 0
}

export interface Felt {
  readonly taste: readonly number[]
  readonly sounding: Sounding
  readonly crowd: number
  readonly playing: boolean
}

export function moveBody(body: Body, felt: Felt, constants: Dynamics): Body {
  const { sounding } = felt
  const familiar = moveFamiliarity(body.familiar, sounding.tracks, constants.adaptationRate)
  let adaptation = 0
  for (const [track, gain] of Object.entries(sounding.tracks)) adaptation += gain * (familiar[track] ?? 0)
  adaptation = Math.min(1, adaptation)
  const taste = sounding.play.reduce((sum, gain, s) => sum + gain * (felt.taste[s] ?? 0), 0)
  const pleasure = constants.comfortTaste * taste + constants.comfortCrowd * felt.crowd
  const worth = pleasure * (1 - constants.adaptationDepth * adaptation)
  const cost = constants.comfortClash * sounding.clash + (felt.playing ? constants.comfortEffort : 0)
  const comfort = body.comfort + constants.comfortRate * (worth - cost - body.comfort)
  const pain = Math.max(0, constants.painThreshold - comfort)
  return { agent: body.agent, comfort, pain, adaptation, familiar }
}

/** Familiarity below this is forgotten, so that the state stays small. */
const forgotten = 0.01

/** Half of the crossfader is enough to be fully heard. */
function moveFamiliarity(before: Body['familiar'], tracks: Sounding['tracks'], rate: number): Record<string, number> {
  const presence = (track: string) => Math.min(1, 2 * (tracks[track] ?? 0))
  const after: Record<string, number> = {}
  for (const [track, level] of Object.entries(before)) {
    const moved = level + rate * (presence(track) - level)
    if (moved > forgotten) after[track] = moved
  }
  for (const track of Object.keys(tracks)) if (before[track] === undefined) after[track] = rate * presence(track)
  return after
}
