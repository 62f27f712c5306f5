// Whether a long night costs more a second than a short evening: a pair of stems streamed through the whole analysis for a minute to three hours.
import type { Seconds } from '../../units.ts'
import { loadInstalledKernel } from '../installation.ts'
import { peakMemory, userSeconds } from './clock.ts'
import { createTestStream } from './stream.ts'

export interface LengthBench {
  readonly seconds: Seconds
  readonly cpuSeconds: number
  readonly cpuPerAudioSecond: number
  readonly peakRssBytes: number
}

export const lengths: readonly Seconds[] = [60, 600, 3600, 10800]
/** Heard before the clock starts, while the engine still compiles. */
const warmUpSeconds = 20

/** Streams a pair of so many seconds, once. */
export function measureLength(seconds: Seconds): LengthBench {
  const stream = createTestStream(loadInstalledKernel().kernel, 2)
  stream.hear(warmUpSeconds, () => {})
  const before = userSeconds()
  let roughness = 0
  stream.hear(seconds, ({ roughnessSums }) => {
    roughness += roughnessSums[1] as number
  })
  const cpuSeconds = userSeconds() - before
  if (!Number.isFinite(roughness)) throw new RangeError(`length: expected a finite roughness, got ${roughness}.`)
  return { seconds, cpuSeconds, cpuPerAudioSecond: cpuSeconds / seconds, peakRssBytes: peakMemory() }
}
