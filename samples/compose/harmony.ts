// Keys, chords and voice leading: progressions in scale degrees come in, voiced MIDI chords go out.
// Voice leading after Tymoczko, A Geometry of Music (2011), ch. 2: of all close voicings, the one whose voices move least.
import type { Track } from '../../src/record/index.ts'

export type Key = Track['key']

const majorScale = [0, 2, 4, 5, 7, 9, 11]
const minorScale = [0, 2, 3, 5, 7, 8, 10]

/** The seven pitch classes of a key, tonic first. */
export function scaleOf(key: Key): number[] {
  return (key.mode === 'major' ? majorScale : minorScale).map((interval) => (key.tonic + interval) % 12)
}

/** MIDI pitch of a scale degree (0 = tonic, may run past an octave or below), the tonic being the first at or above `from`. */
export function pitchOfDegree(key: Key, degree: number, from: number): number {
  const scale = key.mode === 'major' ? majorScale : minorScale
  const octave = Math.floor(degree / 7)
  const tonic = from + ((((key.tonic - from) % 12) + 12) % 12)
  return tonic + 12 * octave + (scale[degree - 7 * octave] ?? 0)
}

/** Pitch classes of the chord of `size` thirds stacked on a degree. A ninth chord (5) leaves its root to the bass. */
export function chordClasses(key: Key, degree: number, size: number): number[] {
  const scale = scaleOf(key)
  const stacked = Array.from({ length: size }, (_, i) => scale[(degree + 2 * i) % 7] ?? key.tonic)
  return size === 5 ? stacked.slice(1) : stacked
}

/** All close voicings of the classes between low and high: each inversion over each possible lowest note. */
function closeVoicings(classes: readonly number[], low: number, high: number): number[][] {
  const voicings: number[][] = []
  for (const first of classes) {
    const intervals = classes.map((pitchClass) => (pitchClass - first + 12) % 12).sort((a, b) => a - b)
    for (let base = low; base <= high; base++) {
      if (base % 12 !== first) continue
      const voicing = intervals.map((interval) => base + interval)
      if ((voicing.at(-1) ?? 0) <= high) voicings.push(voicing)
    }
  }
  return voicings
}

/** Sum of how far each voice moves, plus a pull towards the middle of the range so that chords do not drift. */
function movement(from: readonly number[], to: readonly number[], centre: number): number {
  const moved = to.reduce((sum, pitch, i) => sum + Math.abs(pitch - (from[i] ?? pitch)), 0)
  const mean = to.reduce((sum, pitch) => sum + pitch, 0) / to.length
  return moved + Math.abs(mean - centre)
}

/** Opened by lowering the last voice but one by an octave, as pianists do with pads (drop two). Needs three voices. */
export function openVoicing(chord: readonly number[]): number[] {
  const lowered = chord.length - 2
  return chord.map((pitch, i) => (i === lowered ? pitch - 12 : pitch)).sort((a, b) => a - b)
}

/** A progression (degrees) as close chords that move as little as they can. */
export function voiceProgression(key: Key, degrees: readonly number[], size: number, low: number, high: number) {
  const centre = (low + high) / 2
  let previous: readonly number[] = []
  return degrees.map((degree) => {
    const voicings = closeVoicings(chordClasses(key, degree, size), low, high)
    const best = voicings.reduce((a, b) => (movement(previous, b, centre) < movement(previous, a, centre) ? b : a))
    previous = best
    return best
  })
}
