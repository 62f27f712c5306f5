// The ear alone on the audio thread: as many mono inputs as stems, silence out. It hears and counts; `hocket bench worklet` weighs it.
import { createAnalyser } from '../src/hear/index.ts'
import type { Kernel } from '../src/kernel/index.ts'
import { type HeardCounts, type HearingOptions, hearingProcessorName } from './hearing-messages.ts'

const silence = new Float32Array(128)

class HearingProcessor extends AudioWorkletProcessor {
  readonly #analyser: ReturnType<typeof createAnalyser>
  readonly #blocks: Float32Array[]
  readonly #counts: HeardCounts = { quanta: 0, frames: 0, onsets: 0, partials: 0 }

  constructor(options: { processorOptions: HearingOptions }) {
    super()
    const { kernel, stems, mixtures } = options.processorOptions
    const instance = new WebAssembly.Instance(new WebAssembly.Module(kernel))
    this.#analyser = createAnalyser(instance.exports as unknown as Kernel, { sampleRate, stems, mixtures })
    this.#blocks = Array.from({ length: stems }, () => silence)
    this.port.onmessage = () => this.port.postMessage(this.#counts)
  }

  process(inputs: Float32Array[][]): boolean {
    const counts = this.#counts
    for (let k = 0; k < this.#blocks.length; k++) this.#blocks[k] = inputs[k]?.[0] ?? silence
    this.#analyser.push(
      this.#blocks,
      (frame) => {
        counts.frames++
        for (const stem of frame.stems) counts.partials += stem.partialsHz.length
      },
      () => counts.onsets++,
    )
    counts.quanta++
    return true
  }
}

registerProcessor(hearingProcessorName, HearingProcessor)
