// Rank of tonal dissonance after Johnson-Laird, Kang & Leong 2012 ("On musical dissonance", Music Perception 30), three rules on the
// pitch classes of a chord, in this order of weight: 4 rule 1 + 2 rule 2 + rule 3 - 3, with
//   rule 1   1 inside a major scale, 2 inside a harmonic minor scale, 3 in neither
//   rule 2   0 when it holds a major triad and lies inside a major scale, else 1
//   rule 3   0 when it can be stacked in thirds with at most one third left out, else 1
// Whole, 1 (major triad) to 12 (semitone cluster); low = consonant.

const majorScale = [0, 2, 4, 5, 7, 9, 11]
const harmonicMinorScale = [0, 2, 3, 5, 7, 8, 11]
const majorTriad = [0, 4, 7]
const keys = Array.from({ length: 12 }, (_, key) => key)

/** Rank of notes (`nameNotes`); null without notes. */
export function johnsonLaird2012(names: readonly number[]): number | null {
  if (names.length === 0) return null
  const classes = new Set(names.map((name) => ((name % 12) + 12) % 12))
  const inMajor = keys.some((key) => liesIn(classes, transposed(majorScale, key)))
  const inMinor = keys.some((key) => liesIn(classes, transposed(harmonicMinorScale, key)))
  const hasTriad = keys.some((root) => liesIn(transposed(majorTriad, root), classes))
  const rule1 = inMajor ? 1 : inMinor ? 2 : 3
  const rule2 = inMajor && hasTriad ? 0 : 1
  const rule3 = [...classes].some((root) => stacksInThirds(classes, [root])) ? 0 : 1
  return 4 * rule1 + 2 * rule2 + rule3 - 3
}

/** A stack of thirds of either size that holds all classes, one tone longer than they are many, can be grown from `stack`. */
function stacksInThirds(classes: ReadonlySet<number>, stack: readonly number[]): boolean {
  if (stack.length > classes.size) return liesIn(classes, new Set(stack))
  const top = stack[stack.length - 1] as number
  return [3, 4].some((third) => stacksInThirds(classes, [...stack, (top + third) % 12]))
}

function transposed(classes: readonly number[], by: number): Set<number> {
  return new Set(classes.map((pitchClass) => (pitchClass + by) % 12))
}

function liesIn(classes: ReadonlySet<number>, scale: ReadonlySet<number>): boolean {
  return [...classes].every((pitchClass) => scale.has(pitchClass))
}
