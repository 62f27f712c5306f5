// SPIKE-distance: how far apart in time two spike trains fire. 0 the same spikes, larger the less they meet; about .3 by chance.
//   S(t) = (s_A(t) y(t) + s_B(t) x(t)) / (2 <x, y>^2),  <x, y> = (x + y) / 2
//   s_A = distance to the nearest spike of the other train, running straight from the spike of A before t to the one after it;
//   x, y = intervals of A and B around t;  D = mean of S over the observation
// Kreuz, Chicharro, Houghton, Andrzejak & Mormann 2013 (J Neurophysiol 109), but with the edges of PySpike's Python backend
// (stretches.ts), which the 2013 paper does not have. D >= 0, symmetric.

/**
 * Mean of S over a piece in which the intervals of the two trains are x and y, seconds. S is straight within a piece: its mean is that
 * of its ends. `a`, `b`: the distances s_A and s_B at the piece's start and at its end, added up.
 */
export function spikeProfile(x: number, y: number, a: number, b: number): number {
  return (a * y + b * x) / (x + y) / (x + y) // twice, since the square of a tiny interval is 0
}
