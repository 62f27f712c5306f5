// Many stems side by side for as long as is wanted, in constant memory: loops of test sound, each agent at its own place in one of four.
import { createAnalyser, type HeardFrame } from '../../hear/index.ts'
import type { Kernel } from '../../kernel/index.ts'
import type { Seconds } from '../../units.ts'
import { benchRate, makeTestStem } from './test-sound.ts'

const blockSamples = 4096
const loopBlocks = 117
const loops = 4

export interface TestStream {
  /** Feeds so many seconds to an analyser of its own, with everything it can hear: partials, roughness between all, harmonicity, notes. */
  hear(seconds: Seconds, onFrame: (frame: HeardFrame) => void): void
}

/** A stream of so many agents. */
export function createTestStream(kernel: Kernel, agents: number): TestStream {
  const sounds = Array.from({ length: Math.min(agents, loops) }, (_, i) =>
    makeTestStem(i, (loopBlocks * blockSamples) / benchRate),
  )
  const blocks = sounds.map((sound) =>
    Array.from({ length: loopBlocks }, (_, n) => sound.subarray(n * blockSamples, (n + 1) * blockSamples)),
  )
  const blockOf = (agent: number, n: number) =>
    blocks[agent % blocks.length]?.[(n + 31 * agent) % loopBlocks] as Float32Array
  return {
    hear(seconds, onFrame) {
      const analyser = createAnalyser(kernel, { sampleRate: benchRate, stems: agents })
      const total = Math.round(seconds * benchRate)
      for (let n = 0; n * blockSamples < total; n++) {
        const count = Math.min(blockSamples, total - n * blockSamples)
        const stems = Array.from({ length: agents }, (_, agent) => blockOf(agent, n))
        analyser.push(count === blockSamples ? stems : stems.map((stem) => stem.subarray(0, count)), onFrame)
      }
      analyser.finish(onFrame)
      analyser.dispose()
    },
  }
}
