// How well what two play fits by the notes alone, before anything sounds: every two notes, one of each, that sound at once are rated as
// a chord of two harmonic tones (consonance of a chord, composite.ts), and the ratings averaged, each weighted by both velocities.
// 0..1. Notes of the same player never meet, so neither's own chords count. Drums have no pitch and are left out.
// Time goes in steps (a sixteenth); a note sounds in a step if it sounds a quarter into it. Pitches are rounded to a quarter of a
// semitone, and of the register only the third of an octave is kept: roughness hardly changes within it.
// It hears neither timbre nor octave doublings by harmonics, so it is no second opinion on what was heard; it is what can be said of
// hundreds of pairs of runs that nobody heard (src/null).
import type { Note } from '../../record/index.ts'
import type { Seconds } from '../../units.ts'
import { measureConsonance, soundOfNotes } from './measure-sound.ts'

/** What of a player's notes sounds in each step. */
export interface PreparedNotes {
  /** Where the notes of step k begin in `pitches`; one more than there are steps. */
  readonly starts: Int32Array
  /** In quarters of a semitone. */
  readonly pitches: Int16Array
  readonly velocities: Float64Array
}

/** Notes in any order. */
export function prepareNotes(
  notes: readonly Note[],
  grid: { readonly stepSeconds: Seconds; readonly endSeconds: Seconds },
): PreparedNotes {
  const count = Math.max(0, Math.ceil(grid.endSeconds / grid.stepSeconds - 1e-9))
  const steps: { pitch: number; velocity: number }[][] = Array.from({ length: count }, () => [])
  for (const note of notes) {
    if (note.timbre === 'percussion') continue
    const first = Math.max(0, Math.ceil(note.onsetSeconds / grid.stepSeconds - 0.25 - 1e-6))
    const end = (note.onsetSeconds + note.durationSeconds) / grid.stepSeconds - 0.25
    for (let k = first; k < Math.min(count, end); k++)
      steps[k]?.push({ pitch: Math.round(4 * note.midi), velocity: note.velocity })
  }
  const starts = new Int32Array(count + 1)
  steps.forEach((step, k) => {
    starts[k + 1] = (starts[k] as number) + step.length
  })
  const all = steps.flat()
  return {
    starts,
    pitches: Int16Array.from(all, ({ pitch }) => pitch),
    velocities: Float64Array.from(all, ({ velocity }) => velocity),
  }
}

/** 0..1; null when the two never sound pitched notes at once. Both must have been prepared on one grid; RangeError otherwise. */
export function noteConsonance(a: PreparedNotes, b: PreparedNotes): number | null {
  if (a.starts.length !== b.starts.length)
    throw new RangeError(
      `noteConsonance: expected equally many steps, got ${a.starts.length - 1} and ${b.starts.length - 1}.`,
    )
  let [sum, weights] = [0, 0]
  for (let k = 0; k + 1 < a.starts.length; k++)
    for (let i = a.starts[k] as number; i < (a.starts[k + 1] as number); i++)
      for (let j = b.starts[k] as number; j < (b.starts[k + 1] as number); j++) {
        const weight = (a.velocities[i] as number) * (b.velocities[j] as number)
        sum += weight * rateTwo(a.pitches[i] as number, b.pitches[j] as number)
        weights += weight
      }
  return weights > 0 ? sum / weights : null
}

const registerQuarters = 16
const mostInterval = 512
/** Ratings of two notes by register of the lower and interval; NaN until asked for. */
const ratings = new Float64Array(32 * mostInterval).fill(Number.NaN)

function rateTwo(p: number, q: number): number {
  const interval = Math.abs(p - q)
  const register = Math.floor(Math.min(p, q) / registerQuarters)
  const at = register * mostInterval + interval
  const known = ratings[at] as number
  if (!Number.isNaN(known)) return known
  const low = (register + 0.5) * (registerQuarters / 4)
  const rated = measureConsonance(soundOfNotes([low, low + interval / 4])) ?? 0
  ratings[at] = rated
  return rated
}
