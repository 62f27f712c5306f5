// A frame as one list of numbers, so that frames made in different places can be compared or hashed bit for bit.
import type { HeardFrame } from './frame.ts'

const none = new Float64Array(0)

/**
 * Index and time; per stem its partials, amplitudes and chroma, each preceded by its length, then weighted power, power and tonality;
 * then roughness sums and partial powers, each preceded by its length; per mixture its partials, amplitudes,
 * weighted power, harmonicity (-1 for null), notes and saliences; then similarities.
 */
export function frameNumbers(frame: HeardFrame): Float64Array<ArrayBuffer> {
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
  for (const { partialsHz, amplitudes, weightedPower, harmonicity, notes } of frame.mixtures) {
    list(partialsHz)
    list(amplitudes)
    numbers.push(weightedPower, harmonicity ?? -1)
    list(notes?.midi ?? none)
    list(notes?.saliences ?? none)
  }
  list(frame.similarities)
  return Float64Array.from(numbers)
}
