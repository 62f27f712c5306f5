// ISI-distance: how unlike the momentary rates of two spike trains are. 0 equal rates (also out of phase), towards 1 one much faster.
//   I(t) = |x(t) - y(t)| / max(x(t), y(t)),  x, y = interval between spikes around t;  D = mean of I over the observation
// Kreuz, Haas, Morelli, Abarbanel & Politi 2007 (J Neurosci Methods 165), with the edges of PySpike (stretches.ts). 0 <= D < 1, symmetric.
import { averagePieces, type Piece } from './pieces.ts'
import type { SpikeTrain } from './trains.ts'

/** ISI-distance of two trains of one observation, which must last. */
export function isiDistance(a: SpikeTrain, b: SpikeTrain): number {
  return averagePieces(a, b, ({ intervalA, intervalB, seconds }: Piece) => {
    const longer = Math.max(intervalA, intervalB)
    return (Math.abs(intervalA - intervalB) / longer) * seconds
  })
}
