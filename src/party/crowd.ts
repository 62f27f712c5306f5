// The floor and the DJs' bodies, after party.md: what sounds comes in as shares per style, clash and energy, out goes who dances and how it feels.
//   want_k     = exp(-clashDamping clash) (1 - energyLift (1 - energy)) sum_s play_s taste_ks appetite_ks
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
}

/** How well known a track is by now, 0..1. */
export interface Familiar {
  readonly track: string
  readonly level: number
}

/** What sounds in one slot. */
export interface Sounding {
  /** Gain per style, in the order of styleNames. */
  readonly play: readonly number[]
  /** What each deck that sounds adds. */
  readonly tracks: readonly { readonly track: string; readonly gain: number }[]
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
  return { agent, comfort: constants.painThreshold, pain: 0, adaptation: 0 }
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
  want *= Math.exp(-constants.clashDamping * clash) * (1 - constants.energyLift * (1 - energy))
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

/** Familiarity below this is forgotten, so that the state stays small. */
const forgotten = 0.01

/** Familiarity rises towards 1 while a track sounds (half of the crossfader is enough to be fully heard) and falls while it rests. */
export function moveFamiliarity(before: readonly Familiar[], sounding: Sounding, constants: Dynamics): Familiar[] {
  const after: Familiar[] = []
  for (const { track, level } of before) {
    const moved = level + constants.adaptationRate * (presenceOf(track, sounding) - level)
    if (moved > forgotten) after.push({ track, level: moved })
  }
  for (const { track } of sounding.tracks)
    if (!after.some((known) => known.track === track))
      after.push({ track, level: constants.adaptationRate * presenceOf(track, sounding) })
  return after
}

function presenceOf(track: string, sounding: Sounding): number {
  let gain = 0
  for (const source of sounding.tracks) if (source.track === track) gain += source.gain
  return Math.min(1, 2 * gain)
}

/** How familiar what sounds is, 0..1. */
export function adaptationTo(sounding: Sounding, familiar: readonly Familiar[]): number {
  let adaptation = 0
  for (const { track, gain } of sounding.tracks)
    adaptation += gain * (familiar.find((known) => known.track === track)?.level ?? 0)
  return Math.min(1, adaptation)
}

export interface Felt {
  readonly taste: readonly number[]
  readonly sounding: Sounding
  readonly adaptation: number
  readonly crowd: number
  readonly playing: boolean
}

export function moveBody(body: Body, felt: Felt, constants: Dynamics): Body {
  const { sounding, adaptation } = felt
  let taste = 0
  for (const [s, gain] of sounding.play.entries()) taste += gain * (felt.taste[s] ?? 0)
  const pleasure = constants.comfortTaste * taste + constants.comfortCrowd * felt.crowd
  const worth = pleasure * (1 - constants.adaptationDepth * adaptation)
  const cost = constants.comfortClash * sounding.clash + (felt.playing ? constants.comfortEffort : 0)
  const comfort = body.comfort + constants.comfortRate * (worth - cost - body.comfort)
  return { agent: body.agent, comfort, pain: Math.max(0, constants.painThreshold - comfort), adaptation }
}
