// Notes and words -> symbols, the only thing vitality sees.
import { medianOf } from './median.ts'

export interface TimedPitch {
  readonly onsetSeconds: number
  readonly midi: number
}

/** Notes that begin within this time sound as one chord (about the spread of a played chord, Goebl 2001). */
const chordSeconds = 0.03

/**
 * One symbol per note, in order of onset, within chords from low to high: `round(midi)|k` with
 * k = round(2 log2(time to the next onset / median of those times)), and `round(midi)|+` for the notes that join a chord.
 * Independent of tempo; transposition only renames. The last chord has no length yet and is left out: a guess would end every loop in a slip.
 */
export function symbolsOfNotes(notes: readonly TimedPitch[]): string[] {
  const chords = chordsOf(notes)
  const gaps = chords.slice(1).map((chord, i) => chord.onset - (chords[i] as Chord).onset)
  const median = medianOf(gaps)
  return gaps.flatMap((gap, i) => {
    const k = median > 0 ? Math.round(2 * Math.log2(gap / median)) + 0 : 0
    return (chords[i] as Chord).pitches.map((pitch, place) => `${pitch}|${place === 0 ? k : '+'}`)
  })
}

const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu
/** Scripts that put no spaces between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u
/** A letter of such a script with its marks; what lies between stays in one piece. */
const letterOrRest = new RegExp(`${unspaced.source}[\\p{M}ー]*|(?:(?!${unspaced.source}).)+`, 'gu')

/**
 * Words without case and punctuation, so that "yes yes Yes yes!" is one symbol four times. In scripts without spaces each letter is one:
 * where their words end, no two engines agree.
 */
export function symbolsOfText(text: string): string[] {
  const words: readonly string[] = text.toLowerCase().match(word) ?? []
  if (!unspaced.test(text)) return [...words]
  return words.flatMap((one) => (unspaced.test(one) ? (one.match(letterOrRest) ?? []) : [one]))
}

interface Chord {
  readonly onset: number
  readonly pitches: number[]
}

function chordsOf(notes: readonly TimedPitch[]): Chord[] {
  const sorted = [...notes].sort((a, b) => a.onsetSeconds - b.onsetSeconds)
  const chords: Chord[] = []
  for (const note of sorted) {
    const chord = chords.at(-1)
    if (chord !== undefined && note.onsetSeconds - chord.onset <= chordSeconds)
      chord.pitches.push(Math.round(note.midi))
    else chords.push({ onset: note.onsetSeconds, pitches: [Math.round(note.midi)] })
  }
  for (const chord of chords) chord.pitches.sort((a, b) => a - b)
  return chords
}
