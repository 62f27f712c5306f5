// Aggregate dyadic consonance after Huron 1994 ("Interval-class content in equally tempered pitch-class sets", Music Perception 11):
// the sum over all pairs of pitch classes of what listeners made of their interval class. Octaves and doublings count nothing.
// Any sign, high = consonant; a sum, so it grows with the number of notes. Major and minor triad 2.22, semitone -1.428.

/** Consonance of interval classes 1 (semitone) to 6 (tritone). */
const weights = [-1.428, -0.582, 0.594, 0.386, 1.24, -0.453]

/** Sum over the pairs of pitch classes of notes (`nameNotes`); 0 with one pitch class, null without notes. */
export function huron1994(names: readonly number[]): number | null {
  return names.length === 0 ? null : weighClasses(names).sum
}

/** As `huron1994`, but the mean, so that chords of any size compare: -1.428 to 1.24; null with fewer than two pitch classes. */
export function meanHuron1994(names: readonly number[]): number | null {
  const { sum, pairs } = weighClasses(names)
  return pairs === 0 ? null : sum / pairs
}

function weighClasses(names: readonly number[]): { sum: number; pairs: number } {
  const classes = [...new Set(names.map((name) => ((name % 12) + 12) % 12))]
  let sum = 0
  let pairs = 0
  classes.forEach((one, i) => {
    for (const other of classes.slice(i + 1)) {
      const distance = Math.abs(one - other)
      sum += weights[Math.min(distance, 12 - distance) - 1] as number
      pairs++
    }
  })
  return { sum, pairs }
}
