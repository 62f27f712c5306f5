// Every channel through the ceiling, sample by sample.
import { ceilingName, limitSample } from './ceiling.ts'

class CeilingProcessor extends AudioWorkletProcessor {
  process([input = []]: Float32Array[][], [output = []]: Float32Array[][]): boolean {
    for (let channel = 0; channel < output.length; channel++) {
      const from = input[channel] ?? input[0]
      const to = output[channel] as Float32Array
      if (from === undefined) to.fill(0)
      else for (let n = 0; n < to.length; n++) to[n] = limitSample(from[n] as number)
    }
    return true
  }
}

registerProcessor(ceilingName, CeilingProcessor)
