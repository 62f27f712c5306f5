// Chords to know the scale by: rated by people, from the roughest to the smoothest.
import { consonanceOfChord, nameNotes } from '../../src/measure/consonance/index.ts'
import type { RatedChord } from './chords.ts'

/** Where on the scale reference chords are wanted. */
const places = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.95]

export interface ReferenceChord {
  readonly chord: RatedChord
  readonly expected: number
}

/** What `consonanceOfChord` expects of a rated chord as it was tuned. */
export function expectedOf({ midi, asTuned }: RatedChord): number {
  return consonanceOfChord({
    roughness: asTuned.roughness,
    harmonicity: asTuned.harmonicity,
    names: nameNotes(midi),
  })
}

/** For each place the chord that lies nearest to it both by expectation and by people's mean. */
export function pickReferenceChords(chords: readonly RatedChord[]): ReferenceChord[] {
  const rated = chords.map((chord) => ({ chord, expected: expectedOf(chord) }))
  const farness = ({ chord, expected }: ReferenceChord, place: number) =>
    (expected - place) ** 2 + (chord.liking - place) ** 2
  return places.map((place) =>
    rated.reduce((best, next) => (farness(next, place) < farness(best, place) ? next : best)),
  )
}

/** Names of notes as people write them: C4 E4 G4. */
export function spellNotes(names: readonly number[]): string {
  const letters = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B']
  return names.map((name) => `${letters[name % 12]}${Math.floor(name / 12) - 1}`).join(' ')
}
