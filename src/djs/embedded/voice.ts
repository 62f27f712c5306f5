// A DJ's way of speaking: the base model, mixed with its personas and with a memory of what its partner said lately.
//   p = w_base p_base + sum w_i p_persona_i + w_memory p_memory
// A persona that does not know how to go on lets the base do it: under its pairs of tokens lies not its own single tokens but the base's
// p(. | history) (fill-up, after Besling & Meier 1995, "Language model speaker adaptation"), so that it never babbles its words at random.
// The memory is a recency cache (Kuhn & De Mori 1990, "A cache-based natural language model for speech recognition", IEEE PAMI 12): each
// token heard counts, the older the less. While nothing has been heard its weight goes to the others.
import type { Random } from '../../random.ts'
import {
  addMass,
  addModel,
  clearDistribution,
  createDistribution,
  type Distribution,
  densityOf,
  extendContexts,
} from './distribution.ts'
import { contextsOf, type NgramModel } from './model.ts'
import { createSampler, likeliest, type Sampler } from './sampling.ts'
import { endToken } from './tables.ts'

export interface PersonaShare {
  readonly model: NgramModel
  /** Share of what is said, 0..1. */
  readonly weight: number
}

export interface VoiceOptions {
  readonly base: NgramModel
  readonly personas: readonly PersonaShare[]
  /** Share of the memory, 0..1. All shares together leave at least 0 for the base. */
  readonly memoryWeight: number
  /** Tokens (o200k ids) heard, oldest first. */
  readonly heard: readonly number[]
  /** What a token of the memory still counts after each later one. */
  readonly memoryDecay?: number
  /** Shared by voices of one base that speak in turns or interleaved; made when it is left out. */
  readonly workspace?: Workspace
}

/** Room to form distributions in. It holds that of the voice that spoke last. */
export interface Workspace {
  readonly sample: Sampler
  readonly distribution: Distribution
  owner: object | null
}

export function createWorkspace(base: NgramModel): Workspace {
  return { sample: createSampler(base.singles), distribution: createDistribution(base), owner: null }
}

/** A token drawn or given, with the log-probability it had (natural, without temperature). */
export interface SpokenToken {
  readonly id: number
  readonly logprob: number
}

export interface Voice {
  /** What may come now; valid until this voice, or another that shares the workspace, goes on. */
  readonly next: () => Distribution
  /** Draws the next token. Temperature 0 takes the likeliest. */
  readonly draw: (temperature: number, random: Random) => SpokenToken
  /** The likeliest tokens now, the likeliest first. */
  readonly alternatives: (count: number) => SpokenToken[]
  /** What was said: the next token comes after it. */
  readonly say: (id: number) => void
}

/** About forty tokens until a word counts half: two turns. */
const usualDecay = 0.983

/** A voice at the beginning of a text. Throws RangeError when shares are negative or exceed 1 together. */
export function createVoice(options: VoiceOptions): Voice {
  const { base, personas } = options
  const { idOf, rankOf } = base.ranking
  const memory = weighMemory(options.heard, base, options.memoryDecay ?? usualDecay)
  const shares = shareOut(options, memory.size > 0)
  const workspace = options.workspace ?? createWorkspace(base)
  const { sample, distribution } = workspace
  const begin = rankOf[endToken] as number
  let baseContexts = contextsOf(base, [begin])
  let contexts = personas.map(({ model }) => contextsOf(model, [begin]))
  /** Stands for the place in the text: a new one whenever something is said. */
  let place = {}
  const next = () => {
    if (workspace.owner === place) return distribution
    clearDistribution(distribution)
    let left = shares.base
    personas.forEach(({ model, weight }, i) => {
      left += addModel(distribution, model, { contexts: contexts[i] as number[], weight: weight * shares.scale })
    })
    distribution.rest = addModel(distribution, base, { contexts: baseContexts, weight: left })
    for (const [rank, share] of memory) addMass(distribution, rank, shares.memory * share)
    workspace.owner = place
    return distribution
  }
  const spoken = (rank: number) => ({ id: idOf[rank] as number, logprob: Math.log(densityOf(next(), rank)) })
  return {
    next,
    draw: (temperature, random) => spoken(sample(next(), temperature, random)),
    alternatives: (count) => likeliest(next(), count).map(spoken),
    say: (id) => {
      const rank = rankOf[id] as number
      baseContexts = extendContexts(base, baseContexts, rank)
      contexts = personas.map(({ model }, i) => extendContexts(model, contexts[i] as number[], rank))
      place = {}
    },
  }
}

/** Shares of base and memory, and what the personas' are multiplied by: without a memory all others grow alike. */
function shareOut({ personas, memoryWeight }: VoiceOptions, hasMemory: boolean) {
  const weights = [...personas.map(({ weight }) => weight), memoryWeight]
  const given = weights.reduce((sum, weight) => sum + weight, 0)
  if (weights.some((weight) => !(weight >= 0)) || given > 1 + 1e-12)
    throw new RangeError(`createVoice: expected shares from 0 that sum to at most 1, got ${weights.join(', ')}`)
  const base = Math.max(0, 1 - given)
  if (hasMemory) return { base, memory: memoryWeight, scale: 1 }
  if (memoryWeight >= 1) return { base: 1, memory: 0, scale: 0 }
  const scale = 1 / (1 - memoryWeight)
  return { base: base * scale, memory: 0, scale }
}

/** Share of each rank in what was heard; sums to 1, or is empty. */
function weighMemory(heard: readonly number[], { ranking }: NgramModel, decay: number): Map<number, number> {
  const shares = new Map<number, number>()
  let weight = 1
  let total = 0
  for (let i = heard.length - 1; i >= 0 && weight > 1e-6; i--) {
    const rank = ranking.rankOf[heard[i] as number] as number
    shares.set(rank, (shares.get(rank) ?? 0) + weight)
    total += weight
    weight *= decay
  }
  for (const [rank, share] of shares) shares.set(rank, share / total)
  return shares
}

/**
 * Personas of two DJs whose tastes overlap by 0 (each speaks its own alone) to 1 (both speak the same half and half). `weight` is what both
 * personas have together. How far the two then are from each other is `divergenceBits` of their distributions.
 */
export function overlapPersonas(
  own: NgramModel,
  other: NgramModel,
  { overlap, weight }: { overlap: number; weight: number },
): PersonaShare[] {
  if (!(overlap >= 0 && overlap <= 1))
    throw new RangeError(`overlapPersonas: expected an overlap of 0..1, got ${overlap}`)
  return [
    { model: own, weight: weight * (1 - overlap / 2) },
    { model: other, weight: (weight * overlap) / 2 },
  ]
}
