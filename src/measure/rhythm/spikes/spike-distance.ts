// SPIKE-distance: how far apart in time two spike trains fire. 0 the same spikes, larger the less they meet; about .3 by chance.
//   S(t) = (s_A(t) y(t) + s_B(t) x(t)) / (2 <x, y>^2),  <x, y> = (x + y) / 2
//   s_A = distance to the nearest spike of the other train, running straight from the spike of A before t to the one after it;
//   x, y = intervals of A and B around t;  D = mean of S over the observation
// Kreuz, Chicharro, Houghton, Andrzejak & Mormann 2013 (J Neurophysiol 109), but with the edges of PySpike's Python backend
// (stretches.ts), which the 2013 paper does not have. D >= 0, symmetric.
import { averagePieces, type Piece } from './pieces.ts'
import type { SpikeTrain } from './trains.ts'

/** SPIKE-distance of two trains of one observation, which must last. */
export function spikeDistance(a: SpikeTrain, b: SpikeTrain): number {
  // S is straight within a piece: its mean there is the mean of its ends.
  return averagePieces(a, b, ({ intervalA: x, intervalB: y, seconds, distancesA, distancesB }: Piece) => {
    const weighed = (distancesA[0] + distancesA[1]) * y + (distancesB[0] + distancesB[1]) * x
    return (weighed / (x + y) / (x + y)) * seconds // twice, since the square of a tiny interval is 0
  })
}
