// Which note: words -> MIDI pitches inside one key collection, so that what is said always fits what is played.
import type { Mapping, Track } from '../record/index.ts'
import { hashLetters, type Lexicon } from './lexicon.ts'
import type { Word } from './words.ts'

export type Key = Track['key']

/** The middle of the library's keys; A minor and C major share their tones. */
export const defaultKey: Key = { tonic: 9, mode: 'minor' }

const scales = { major: [0, 2, 4, 5, 7, 9, 11], minor: [0, 2, 3, 5, 7, 8, 10] } as const

export interface Pitching {
  readonly mapping: Mapping['name']
  readonly lexicon: Lexicon
  readonly key: Key
  /** Middle of the voice. */
  readonly registerMidi: number
}

/** MIDI pitches per word, one a note; `counts` says how many notes each word has. Nothing is undefined: every word has at least one. */
export function pitchWords(words: readonly Word[], counts: readonly number[], pitching: Pitching): number[][] {
  switch (pitching.mapping) {
    case 'meaning':
      return pitchByMeaning(words, counts, pitching)
    case 'surprise':
      return words.map((word, i) => notesOf(counts[i], (note) => pitchOfSurprise(word, note, pitching)))
    case 'letters':
      return words.map((word, i) =>
        notesOf(counts[i], (note) => nearRegister(hashLetters(`${word.text.toLowerCase()}/${note}`) % 7, pitching)),
      )
  }
}

const notesOf = (count: number | undefined, pitch: (note: number) => number) =>
  Array.from({ length: Math.max(1, count ?? 1) }, (_, note) => pitch(note))

/** Scale degree 0..6 -> the pitch of its class within six semitones of the register. */
function nearRegister(degree: number, { key, registerMidi }: Pitching): number {
  return nearestPitch(key.tonic + (scales[key.mode][degree % 7] ?? 0), registerMidi)
}

function nearestPitch(pitchClass: number, registerMidi: number): number {
  const lowest = Math.round(registerMidi) - 6
  return Math.max(0, Math.min(127, lowest + ((((pitchClass - lowest) % 12) + 12) % 12)))
}

/** A step of the key collection, 0..6 from the tonic of its minor -> the pitch of its class within six semitones of the register. */
export function pitchOfStep(step: number, { key, registerMidi }: Pick<Pitching, 'key' | 'registerMidi'>): number {
  const tonic = key.mode === 'minor' ? key.tonic : key.tonic + 9
  return nearestPitch(tonic + (scales.minor[step % 7] ?? 0), registerMidi)
}

function pitchByMeaning(words: readonly Word[], counts: readonly number[], pitching: Pitching): number[][] {
  const motifs = findMotifs(words, counts, pitching.lexicon)
  const own = motifs.map((steps, i) => {
    if (steps.length === 0) return null
    return notesOf(counts[i], (note) => pitchOfStep(steps[note % steps.length] ?? 0, pitching))
  })
  const nextOf: (number | undefined)[] = []
  let next: number | undefined
  for (let i = own.length - 1; i >= 0; i--) {
    nextOf[i] = next
    next = own[i]?.[0] ?? next
  }
  let previous: number | undefined
  return own.map((pitches, i) => {
    const notes = pitches ?? notesOf(counts[i], () => passingTone(previous ?? nextOf[i], nextOf[i], pitching))
    previous = notes.at(-1)
    return notes
  })
}

/** Each word's motif; the parts of a compound that the lexicon knows (hi-hat) share its motif, each going on where the one before ended. */
function findMotifs(words: readonly Word[], counts: readonly number[], lexicon: Lexicon): (readonly number[])[] {
  const motifs = words.map((word) => lexicon.placeWord(word.text).steps)
  words.forEach((word, i) => {
    const next = words[i + 1]
    if (!word.hyphen || next === undefined) return
    const { found, steps } = lexicon.placeWord(`${word.text}-${next.text}`)
    if (found !== 'word') return
    const sung = Math.max(1, counts[i] ?? 1) % steps.length
    motifs[i] = steps
    motifs[i + 1] = [...steps.slice(sung), ...steps.slice(0, sung)]
  })
  return motifs
}

/** The tone of the collection next to `from` on the way to `to`; its upper neighbour when there is no way to go. */
function passingTone(from: number | undefined, to: number | undefined, pitching: Pitching): number {
  const start = from ?? nearRegister(0, pitching)
  const direction = to !== undefined && to < start ? -1 : 1
  for (let pitch = start + direction; Math.abs(pitch - start) <= 2; pitch += direction)
    if (inScale(pitch, pitching.key)) return Math.max(0, Math.min(127, pitch))
  return start
}

function inScale(pitch: number, key: Key): boolean {
  return (scales[key.mode] as readonly number[]).includes((((pitch - key.tonic) % 12) + 12) % 12)
}

/** Short, dry drums from low to high, one a scale degree: conga low, open, mute, bongo, rim, wood block, shaker (General MIDI). */
const spokenDrums = [64, 63, 62, 60, 37, 76, 70] as const

/** A voice of percussion speaks in drums: the scale degree of the pitch chooses which. */
export function drumOfPitch(pitch: number, key: Key): number {
  const above = (((pitch - key.tonic) % 12) + 12) % 12
  return spokenDrums[Math.max(0, (scales[key.mode] as readonly number[]).indexOf(above))] ?? spokenDrums[0]
}

/** Height = bits: a scale step for each bit above an octave below the register, two octaves at most; later syllables fall back by a step. */
function pitchOfSurprise(word: Word, note: number, pitching: Pitching): number {
  const bits = word.bits ?? guessBits(word)
  const step = Math.max(0, Math.min(14, Math.round(bits)) - note)
  const tonic = nearRegister(0, pitching) - 12
  return Math.max(0, Math.min(127, tonic + 12 * Math.floor(step / 7) + (scales[pitching.key.mode][step % 7] ?? 0)))
}

/** Without probabilities: long words are rare words, about 1.3 bits a letter (Shannon 1951 has 1 to 1.5 for English). */
const guessBits = (word: Word) => 1.3 * word.text.length

/** The collection that most of the keys share most tones with: what voices of a party should be told in. Ties go to the first. */
export function commonKey(keys: readonly Key[]): Key {
  const tones = (key: Key) => scales[key.mode].map((step) => (key.tonic + step) % 12)
  const score = (key: Key) => {
    const own = new Set(tones(key))
    return keys.reduce((sum, other) => sum + tones(other).filter((tone) => own.has(tone)).length, 0)
  }
  return keys.reduce((best, key) => (score(key) > score(best) ? key : best), keys[0] ?? defaultKey)
}
