// Writes down what passes, sample by sample, while it is asked to: stereo in, silence out, a second of sound a message.
import { type FromRecorder, recorderName, type ToRecorder } from './recorder-messages.ts'

const framesPerMessage = 48_000

class RecorderProcessor extends AudioWorkletProcessor {
  #isWriting = false
  #samples = new Float32Array(2 * framesPerMessage)
  #count = 0

  constructor() {
    super()
    this.port.onmessage = ({ data }: MessageEvent<ToRecorder>) => {
      this.#isWriting = data === 'begin'
      if (data === 'begin') return
      this.#send()
      this.port.postMessage({ kind: 'ended' } satisfies FromRecorder)
    }
  }

  process(inputs: Float32Array[][]): boolean {
    if (!this.#isWriting) return true
    const [left, right = left] = inputs[0] ?? []
    const frames = left?.length ?? 128
    for (let n = 0; n < frames; n++) {
      this.#samples[this.#count++] = left?.[n] ?? 0
      this.#samples[this.#count++] = right?.[n] ?? 0
      if (this.#count === this.#samples.length) this.#send()
    }
    return true
  }

  #send(): void {
    if (this.#count === 0) return
    const samples = this.#samples.slice(0, this.#count)
    this.#count = 0
    this.port.postMessage({ kind: 'frames', samples } satisfies FromRecorder, [samples.buffer])
  }
}

registerProcessor(recorderName, RecorderProcessor)
