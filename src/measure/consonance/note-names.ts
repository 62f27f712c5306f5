// Names for notes of any tuning: the lowest note rounded, and each interval above it rounded. Notes are not rounded one by one, since a chord that
// lies off concert pitch would then change its intervals: 60.4 64.6 is a major third (60 64), not a fourth (60 65).
import type { Midi } from '../../units.ts'

/** Whole MIDI numbers, ascending, none twice; notes in any order. Empty without notes; RangeError for a note that is no finite number. */
export function nameNotes(midi: readonly Midi[]): readonly number[] {
  const wrong = midi.findIndex((note) => !Number.isFinite(note))
  if (wrong >= 0) throw new RangeError(`note ${wrong + 1}: expected a MIDI number, got ${midi[wrong]}`)
  const lowest = Math.min(...midi)
  const names = new Set(midi.map((note) => Math.round(lowest) + Math.round(note - lowest)))
  return [...names].sort((a, b) => a - b)
}
