// The best published model of how consonant chords are to people: Harrison & Pearce 2020 ("Simultaneous consonance in music perception and
// composition", Psychological Review 127), a linear fit of roughness, harmonicity and familiarity to the 298 chords of Bowling et al. 2018
// (r = .82 there), without the effect of chord size, as they recommend for other data:
//   .628434666589357 - 1.62001025973261 roughness + 1.77992362857478 harmonicity - .0892234643584134 familiarity
// High = consonant; 60 72: 3.0600220, 60 67: 2.4655306, 67 71 76: 1.6579689.

/** The composite from `hutchinsonKnopoff1978`, `harrison2018` and `billboard`; null when one of them is. */
export function harrisonPearce2020(
  roughness: number | null,
  harmonicity: number | null,
  familiarity: number | null,
): number | null {
  if (roughness === null || harmonicity === null || familiarity === null) return null
  return (
    0.628434666589357 - 1.62001025973261 * roughness + 1.77992362857478 * harmonicity - 0.0892234643584134 * familiarity
  )
}
