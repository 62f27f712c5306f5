// Roughness in which slow beats are liked, after Marjieh, Harrison, Lee, Deligiannaki & Jacoby 2024 ("Timbral effects on consonance disentangle
// psychoacoustic mechanisms and suggest perceptual origins for musical scales", Nature Communications 15), from Hutchinson & Knopoff's:
//   R = sum_{i<j} sqrt(a_i a_j) g'(y_ij) / sum_i a_i,
//   g'(y) = g(y)                                                            for y > .1
//           (y/.1) g(y) - 1.5 (1 - y/.1) (1 + sin(-pi/2 + 2 pi y/.1))        for y <= .1
// with y and g as in hutchinson-knopoff-1978.ts. Below 0 the beats please more than the rest rubs; a semitone on middle C is .47.
import { ascending, type PartialTone, strongestAsOne } from '../partials.ts'
import { criticalBandwidth, dissonanceFactor, farthestBandwidths } from './hutchinson-knopoff-1978.ts'

/** Critical bandwidths below which beats count as slow. */
const slow = 0.1
/** Weight of the liking for slow beats. */
const liking = 1.5

/** Dissonance of two partials `y` critical bandwidths apart, below 0 where their beats are slow: -1.40 at .05. */
export function revisedDissonanceFactor(y: number): number {
  if (y > slow) return dissonanceFactor(y)
  const share = y / slow
  return share * dissonanceFactor(y) - liking * (1 - share) * (1 + Math.sin(2 * Math.PI * share - Math.PI / 2))
}

/** R of a sound from its partials, in any order and scale. null without partials or when all have amplitude 0. 60 64 67: .1962259. */
export function hutchinsonKnopoffRevised(partials: readonly PartialTone[]): number | null {
  const sorted = strongestAsOne(ascending(partials))
  if (sorted.length === 0) return null
  let sum = 0
  let total = 0
  for (const [i, a] of sorted.entries()) {
    total += a.amplitude
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as PartialTone
      const y = (b.hertz - a.hertz) / criticalBandwidth((a.hertz + b.hertz) / 2)
      if (y > farthestBandwidths) break
      sum += Math.sqrt(a.amplitude * b.amplitude) * revisedDissonanceFactor(y)
    }
  }
  return sum / total
}
