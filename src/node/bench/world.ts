// How well the world tells strategies apart, and how fast it plays: user CPU seconds of this process.
import { shippedMasks } from '../../djs/index.ts'
import { benchRobustness, benchWorld, defaultScenario, type PairFigures } from '../../party/index.ts'
import type { Mask } from '../../record/index.ts'
import { loadLibrary } from '../installation.ts'
import { userSeconds } from './clock.ts'

export interface WorldBench {
  readonly policies: readonly PairFigures[]
  readonly seeds: number
  readonly slots: number
  readonly slotsPerSecond: number
  readonly robust?: { readonly draws: number; readonly held: number }
}

const worldSeeds = 40
const worldSlots = 96
const robustDraws = 60

/** Mean crowd energy per pair of policies over 40 seeds x 96 slots; `robust`: how often the order holds when every constant is moved. */
export function measureWorld(robust: boolean): WorldBench {
  const { library } = loadLibrary()
  const masks = shippedMasks.slice(0, 2) as [Mask, Mask]
  const options = { scenario: defaultScenario, library, masks, seeds: worldSeeds, slots: worldSlots }
  const start = userSeconds()
  const policies = benchWorld(options)
  const slotsPerSecond = Math.round((policies.length * worldSeeds * worldSlots) / (userSeconds() - start))
  const figures = { policies, seeds: worldSeeds, slots: worldSlots, slotsPerSecond }
  return robust ? { ...figures, robust: benchRobustness(options, robustDraws) } : figures
}
