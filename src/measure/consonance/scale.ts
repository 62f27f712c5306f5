// From roughness to `consonance`, 0 to 1: the rating that people are expected to give on the scale of Bowling, Purves & Gill 2018 (PNAS 115),
// 1 (quite unpleasant) to 4 (quite pleasant) laid on 0 to 1. Fitted by least squares to their 199 chords; `npx tsx
// samples/consonance/fit-scale.ts` prints the coefficients, r and the residual.

/** Rating of a sound without any roughness. */
const smoothest = 0.92119
/** How fast roughness (Hutchinson & Knopoff 1978, from partials) takes it away. */
const steepness = 2.36349

/** Standard deviation of people's mean ratings about the curve, on the scale 0..1. */
export const consonanceError = 0.141

/** consonance = .921 e^(-2.363 R) for R >= 0: falls from .92 (smooth) towards 0; a major triad .69, a bare semitone .29. */
export function consonanceOfRoughness(roughness: number): number {
  return smoothest * Math.exp(-steepness * roughness)
}

/** Inverse of `consonanceOfRoughness`, for consonance in (0, .921]. */
export function roughnessOfConsonance(consonance: number): number {
  return -Math.log(consonance / smoothest) / steepness
}
