// From kernel memory to the caller's array, block by block, without allocating once the block size has settled.
import type { KernelMemory } from '../kernel/index.ts'

/** Samples copied out at once; bigger blocks are cut, which changes nothing in the sound. */
const capacity = 16384

export interface Output {
  /** Fills `into`, calling `renderTo(address, samples)` for stretches of at most 16384 samples. */
  fill(into: Float32Array, renderTo: (address: number, samples: number) => void): void
  dispose(): void
}

export function createOutput(kernel: KernelMemory): Output {
  const address = kernel.allocate(capacity * 4)
  let view = new Float32Array(kernel.memory.buffer, address, capacity)
  const viewOf = (samples: number) => {
    if (view.length !== samples || view.buffer !== kernel.memory.buffer)
      view = new Float32Array(kernel.memory.buffer, address, samples)
    return view
  }
  return {
    fill(into, renderTo) {
      for (let done = 0; done < into.length; done += capacity) {
        const samples = Math.min(capacity, into.length - done)
        renderTo(address, samples)
        into.set(viewOf(samples), done)
      }
    },
    dispose: () => kernel.release(address),
  }
}
