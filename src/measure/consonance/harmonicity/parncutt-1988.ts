// Root ambiguity after Parncutt 1988 ("Revision of Terhardt's psychoacoustical model of the root(s) of a musical chord", Music Perception 6):
// every pitch class is a root that the chord's notes support by their interval above it,
//   w(root) = sum over pitch classes c of the chord of support(c - root),   ambiguity = (sum of all w / largest w)^.5.
// 1.449 (one pitch class) upwards; high = no clear root. Major triad 1.870829, minor 2.049390.

/** Support of a root by a note so many semitones above it: unison, fifth, major third, minor seventh, major second. */
const supports: Readonly<Record<number, number>> = { 0: 10, 7: 5, 4: 3, 10: 2, 2: 1 }

/** Root ambiguity of notes (`nameNotes`), by pitch class; null without notes. */
export function parncutt1988(names: readonly number[]): number | null {
  if (names.length === 0) return null
  const classes = [...new Set(names.map((name) => ((name % 12) + 12) % 12))]
  const weights = Array.from({ length: 12 }, (_, root) =>
    classes.reduce((sum, pitchClass) => sum + (supports[(pitchClass - root + 12) % 12] ?? 0), 0),
  )
  return Math.sqrt(weights.reduce((sum, weight) => sum + weight, 0) / Math.max(...weights))
}
