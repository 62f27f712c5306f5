// The audio thread's end: hands the browser's blocks to the ensemble. One mono output per stem.
import type { Kernel } from '../src/kernel/index.ts'
import { createEnsemble, type Ensemble } from './ensemble.ts'
import { type EnsembleOptions, type FromEnsemble, processorName, type ToEnsemble } from './messages.ts'

class EnsembleProcessor extends AudioWorkletProcessor {
  readonly #ensemble: Ensemble
  readonly #blocks: Float32Array[]
  #alive = true

  constructor(options: { processorOptions: EnsembleOptions }) {
    super()
    const { kernel, ...rest } = options.processorOptions
    const instance = new WebAssembly.Instance(new WebAssembly.Module(kernel))
    this.#blocks = rest.stems.map(() => new Float32Array(128))
    const report = (message: FromEnsemble) => this.port.postMessage(message)
    this.#ensemble = createEnsemble(instance.exports as unknown as Kernel, { sampleRate, ...rest, report })
    this.port.onmessage = ({ data }: MessageEvent<ToEnsemble>) => this.#guard(() => this.#ensemble.receive(data))
  }

  process(_: Float32Array[][], outputs: Float32Array[][]): boolean {
    const size = outputs[0]?.[0]?.length ?? 128
    for (let k = 0; k < this.#blocks.length; k++) this.#blocks[k] = outputs[k]?.[0] ?? new Float32Array(size)
    this.#guard(() => this.#ensemble.render(this.#blocks, currentFrame))
    return this.#alive
  }

  /** A fault ends the sound and is told; it never ends the page. */
  #guard(act: () => void): void {
    if (!this.#alive) return
    try {
      act()
    } catch (error) {
      this.#alive = false
      this.port.postMessage({ kind: 'failed', message: String(error) } satisfies FromEnsemble)
    }
  }
}

registerProcessor(processorName, EnsembleProcessor)
