// Cemgil's accuracy: a Gaussian of the distance of every reference beat to the nearest estimated beat.
//   sum over reference beats of exp(-d^2 / (2 * .04^2)) / mean count of beats       Cemgil, Kappen, Desain & Honing 2001 (JNMR 28)
// 0..1. The best of the metric levels is the other value.
import { beatLevels } from './beat-levels.ts'
import { findNearest } from './match.ts'

const sigmaSeconds = 0.04

export interface Cemgil {
  readonly asGiven: number
  /** The best of the levels in beat-levels.ts. */
  readonly best: number
}

/** Both lists ascending, neither empty. */
export function cemgil(reference: Float64Array, estimate: Float64Array): Cemgil {
  const accuracies = beatLevels(reference).map((beats) => {
    const nearest = findNearest(beats, estimate)
    let hits = 0
    for (let i = 0; i < beats.length; i++)
      hits += gaussian((beats[i] as number) - (estimate[nearest[i] as number] as number))
    return hits / (0.5 * (beats.length + estimate.length))
  })
  return { asGiven: accuracies[0] as number, best: Math.max(...accuracies) }
}

const gaussian = (seconds: number) => Math.exp(-(seconds ** 2) / (2 * sigmaSeconds ** 2))
