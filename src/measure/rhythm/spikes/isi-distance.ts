// ISI-distance: how unlike the momentary rates of two spike trains are. 0 equal rates (also out of phase), towards 1 one much faster.
//   I(t) = |x(t) - y(t)| / max(x(t), y(t)),  x, y = interval between spikes around t;  D = mean of I over the observation
// Kreuz, Haas, Morelli, Abarbanel & Politi 2007 (J Neurosci Methods 165), with the edges of PySpike (stretches.ts). 0 <= D < 1, symmetric.

/** I(t) where the intervals of the two trains are x and y, seconds. */
export function isiProfile(x: number, y: number): number {
  return Math.abs(x - y) / Math.max(x, y)
}
