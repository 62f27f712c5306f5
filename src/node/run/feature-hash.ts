// One SHA-256 for all features of a run: equal exactly when every number of every frame is equal bit for bit.
// Per frame, as little-endian 64-bit floats: index, time; per stem partials, amplitudes, chroma, weighted power, power, tonality,
// each list preceded by its length; then roughness sums and partial powers.
import { createHash } from 'node:crypto'
import type { HeardFrame } from '../../hear/index.ts'

export interface FeatureHash {
  add(frame: HeardFrame): void
  digest(): string
}

export function createFeatureHash(): FeatureHash {
  const hash = createHash('sha256')
  return {
    add: (frame) => {
      hash.update(new Uint8Array(frameNumbers(frame).buffer))
    },
    digest: () => hash.digest('hex'),
  }
}

/** The frame as one list of numbers. */
export function frameNumbers(frame: HeardFrame): Float64Array {
  const numbers: number[] = [frame.index, frame.timeSeconds]
  const list = (values: Float64Array) => {
    numbers.push(values.length)
    for (const value of values) numbers.push(value)
  }
  for (const stem of frame.stems) {
    list(stem.partialsHz)
    list(stem.amplitudes)
    list(stem.chroma)
    numbers.push(stem.weightedPower, stem.power, stem.tonality)
  }
  list(frame.roughnessSums)
  list(frame.partialPower)
  return Float64Array.from(numbers)
}
