// How far a chord lies outside any one key: the fewest of its pitch classes that a diatonic scale leaves out. Johnson-Laird, Kang & Leong 2012
// (Music Perception 30, rule 1) rank chords inside a major scale as less dissonant than others; counted here, so that large chords are graded.
// Whole, 0 (all triads but the augmented, all sevenths of the white keys) to 5 (all twelve).

const majorScale = new Set([0, 2, 4, 5, 7, 9, 11])

/** Pitch classes of notes (`nameNotes`) outside the diatonic scale that holds most of them; null without notes. */
export function outsideScale(names: readonly number[]): number | null {
  if (names.length === 0) return null
  const classes = [...new Set(names.map((name) => ((name % 12) + 12) % 12))]
  const left = Array.from(
    { length: 12 },
    (_, key) => classes.filter((pitchClass) => !majorScale.has((pitchClass + key) % 12)).length,
  )
  return Math.min(...left)
}
