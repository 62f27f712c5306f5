// What two words do to each other when their motifs sound at once: note against note, the shorter motif beginning again until the longer ends,
//   consonance = mean over i < max(n, m) of consonance(a[i mod n], b[i mod m])
// each two notes rated as a chord of their own (our consonance, 0..1). .97: one motif twice; about .67: motifs drawn at random in one key.
import { measureConsonance, soundOfNotes } from '../consonance/index.ts'

/** MIDI pitches in the order in which they sound; null when one of the two is silent. RangeError for a pitch that is none. */
export function consonanceOfMotifs(a: readonly number[], b: readonly number[]): number | null {
  if (a.length === 0 || b.length === 0) return null
  const length = Math.max(a.length, b.length)
  let sum = 0
  for (let i = 0; i < length; i++) {
    const rating = rateDyad(a[i % a.length] as number, b[i % b.length] as number)
    if (rating === null) return null
    sum += rating
  }
  return sum / length
}

const rated = new Map<string, number | null>()

/** There are few dyads of whole pitches, so they are rated once. */
function rateDyad(x: number, y: number): number | null {
  const name = `${Math.min(x, y)} ${Math.max(x, y)}`
  const held = rated.get(name)
  if (held !== undefined) return held
  const rating = measureConsonance(soundOfNotes([Math.min(x, y), Math.max(x, y)]))
  if (rated.size < 10_000) rated.set(name, rating)
  return rating
}
