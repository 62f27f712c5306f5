// The library's vectors live in its own memory and are freed by hand. All that is kept in a scope is freed at its end, also after a fault.
import type { EssentiaVector } from './essentia.ts'

export type Keep = <Vector extends EssentiaVector>(vector: Vector) => Vector

/** What `work` returns; every vector that it kept is freed by then. */
export function withVectors<Result>(work: (keep: Keep) => Result): Result {
  const kept: EssentiaVector[] = []
  try {
    return work((vector) => {
      kept.push(vector)
      return vector
    })
  } finally {
    for (const vector of kept) vector.delete()
  }
}

/** Copied out, one by one: the library tells no address. */
export function numbersOf(vector: EssentiaVector): Float32Array {
  return Float32Array.from({ length: vector.size() }, (_, i) => vector.get(i))
}
