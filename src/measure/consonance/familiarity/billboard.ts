// Familiarity of a chord to ears grown up with Western popular music, after Harrison & Pearce 2020 (Psychological Review 127): how surprising
// its type is among the chords of the McGill Billboard corpus (Burgoyne, Wild & Fujinaga 2011, songs of 1958 to 1991),
//   -ln( (count + 1) / (total + 2048) ),   type = the pitch classes above the bass, 2048 = the number of types that there can be.
// Nats, .78 (major triad) to 11.24 (never seen); low = familiar. Minor 2.271055, diminished 6.134397, dominant seventh 2.610535.
import counts from './billboard-counts.json' with { type: 'json' }

const possibleTypes = 2048
const countOfType = new Map(counts.counts.map(({ type, count }) => [type, count]))
const total = counts.counts.reduce((sum, { count }) => sum + count, 0)

/** Surprise of the type of notes (`nameNotes`) in nats; null without notes. */
export function billboard(names: readonly number[]): number | null {
  const bass = names[0]
  if (bass === undefined) return null
  const classes = [...new Set(names.map((name) => (name - bass) % 12))].sort((a, b) => a - b)
  const count = countOfType.get(classes.join(' ')) ?? 0
  return -Math.log((count + 1) / (total + possibleTypes))
}
