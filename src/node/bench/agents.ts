// What one more agent costs: the whole analysis of 2 to 32 stems heard together. Spectra cost per agent, everything between two agents per pair.
import type { Kernel } from '../../kernel/index.ts'
import type { Seconds } from '../../units.ts'
import { loadInstalledKernel } from '../installation.ts'
import { peakMemory, timePasses, timesRealTime, userSeconds } from './clock.ts'
import { createTestStream } from './stream.ts'

export interface AgentsBench {
  readonly agents: number
  readonly pairs: number
  readonly seconds: Seconds
  /** All that is done per agent: no stem is transformed more than once however many hear it. */
  readonly spectrumCpuSeconds: number
  /** All that is done per pair of agents: roughness and likeness between the two. */
  readonly pairCpuSeconds: number
  /** One pass with both, best of three. */
  readonly cpuSeconds: number
  /** All agents at once; null when a pass is too short for the clock. */
  readonly xRealtime: number | null
  readonly peakRssBytes: number
}

export const agentCounts: readonly number[] = [2, 4, 8, 16, 32]
const passes = 3
/** So many sums of one pair are timed per frame, so that even few agents' pairs take long enough for a clock. */
const pairsTimed = 4000

/** Hears so many agents for so long. */
export function measureAgents(agents: number, seconds: Seconds): AgentsBench {
  const { kernel, latestAnalyser } = watchAnalysers(loadInstalledKernel().kernel)
  const stream = createTestStream(kernel, agents)
  const cpuSeconds = Math.min(...timePasses(passes, () => stream.hear(seconds, () => {})))
  const pairs = (agents * (agents - 1)) / 2
  const repeats = Math.ceil(pairsTimed / pairs)
  let spent = 0
  // The same once more: after each frame its pairs are computed again and again, and only that is timed.
  stream.hear(seconds, () => {
    const before = userSeconds()
    for (let n = 0; n < repeats; n++) kernel.analyserBetween(latestAnalyser())
    spent += userSeconds() - before
  })
  const pairCpuSeconds = spent / repeats
  return {
    agents,
    pairs,
    seconds,
    spectrumCpuSeconds: cpuSeconds - pairCpuSeconds,
    pairCpuSeconds,
    cpuSeconds,
    xRealtime: timesRealTime(seconds, [cpuSeconds]),
    peakRssBytes: peakMemory(),
  }
}

/** The kernel, remembering which analyser was made last. */
function watchAnalysers(kernel: Kernel): { kernel: Kernel; latestAnalyser(): number } {
  let latest = 0
  const createAnalyser = (...settings: Parameters<Kernel['createAnalyser']>) => {
    latest = kernel.createAnalyser(...settings)
    return latest
  }
  return { kernel: { ...kernel, createAnalyser }, latestAnalyser: () => latest }
}
