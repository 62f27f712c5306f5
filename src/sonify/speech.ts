// Rhythm = speech: words -> onsets in sixteenths from the start of the slot.
// One syllable a sixteenth; the stressed syllable of a content word an eighth; commas a short rest; clauses and sentences go on at the next beat;
// `…` and `–` rest a beat, `·` a sixteenth. What is too long for the slot is told faster, in four steps (see `tightnesses`).
// A voice with a refrain (its mask's rhythmic habit) puts its syllables on the refrain's strokes instead and begins it anew with each sentence
// where the slot has room for that.
import { isFunctionWord } from './function-words.ts'
import type { Pause, SpokenTurn, Word } from './words.ts'

/** One note's place in time; lengths and places in sixteenths. */
export interface Sung {
  /** Index of the word, of its note, and of the syllable that begins the note. */
  readonly word: number
  readonly note: number
  readonly syllable: number
  readonly at: number
  readonly length: number
}

export interface SpeechTiming {
  readonly slotSteps: number
  readonly notesPerWord: number
  readonly grid: number
  readonly swing: number
  /** Strokes of the voice's refrain in sixteenths, rising, and its period; null for plain speech. */
  readonly refrain: Refrain | null
}

export interface Refrain {
  readonly strokes: readonly number[]
  readonly period: number
}

/** `x..x.x..` as strokes; null when nothing in it sounds. */
export function readRefrain(pattern: string): Refrain | null {
  const strokes = [...pattern].flatMap((sign, i) => (sign === 'x' ? [i] : []))
  return strokes.length > 0 ? { strokes, period: pattern.length } : null
}

/** Tried in order until the turn fits: shorter rests, no stretched syllables, one note a word. If nothing fits, words are spread evenly. */
const tightnesses = ['spoken', 'short-rests', 'even-syllables', 'one-note-a-word'] as const
type Tightness = (typeof tightnesses)[number]
/** The same for a voice with a refrain: with sentences that begin it anew, then with sentences that only leave a stroke out. */
const chantManners = [
  { tightness: 'even-syllables', sentences: 'anew' },
  { tightness: 'one-note-a-word', sentences: 'anew' },
  { tightness: 'even-syllables', sentences: 'onward' },
] as const
type ChantManner = (typeof chantManners)[number]

/** The notes of a turn, in order of time. All of them begin inside the slot. */
export function timeSpeech(turn: SpokenTurn, timing: SpeechTiming): Sung[] {
  if (timing.refrain !== null) {
    for (const manner of chantManners) {
      const chanted = chantWords(turn, timing, timing.refrain, manner)
      if (chanted !== null) return chanted
    }
  }
  for (const tightness of tightnesses) {
    const laid = layWords(turn, timing, tightness)
    if (laid.end <= timing.slotSteps) return laid.notes
  }
  return spreadWords(turn, timing)
}

/** Off the grid, a syllable of many letters comes later than its stroke, by up to 1.4 times so much of a sixteenth. */
const mostFree = 0.25

/** Every note on the next stroke of the refrain, lasting to the one after; null when the slot is too short for that. */
function chantWords(turn: SpokenTurn, timing: SpeechTiming, refrain: Refrain, manner: ChantManner): Sung[] | null {
  const notes: Sung[] = []
  let stroke = strokeFrom(refrain, restAfter(0, turn.upbeat, 'spoken'))
  for (const [i, word] of turn.words.entries()) {
    for (const beat of beatsOf(word, i, timing, manner.tightness)) {
      const at = stepOf(refrain, stroke)
      const next = stepOf(refrain, stroke + 1)
      if (at >= timing.slotSteps) return null
      const late = at % 2 === 1 ? timing.swing * timing.grid : 0
      const free = (1 - timing.grid) * mostFree * (beat.weight / beat.steps)
      const length = Math.min(3, next - at)
      notes.push({ word: i, note: beat.note, syllable: beat.syllable, at: at + late + free, length })
      stroke += 1
    }
    stroke = strokeAfter(refrain, stroke, word.pause, manner)
  }
  return notes
}

const stepOf = ({ strokes, period }: Refrain, stroke: number) =>
  Math.floor(stroke / strokes.length) * period + (strokes[stroke % strokes.length] ?? 0)

/** The first stroke at or after a step. */
function strokeFrom(refrain: Refrain, step: number): number {
  let stroke = Math.floor(step / refrain.period) * refrain.strokes.length
  while (stepOf(refrain, stroke) < step) stroke += 1
  return stroke
}

/** A comma or clause leaves a stroke out, a sentence begins the refrain anew (or leaves one out too), explicit rests pass by. */
function strokeAfter(refrain: Refrain, stroke: number, pause: Pause, { sentences }: ChantManner): number {
  const { period } = refrain
  const rested = pause.beats * 4 + pause.sixteenths
  const after = rested > 0 ? strokeFrom(refrain, stepOf(refrain, stroke - 1) + 1 + rested) : stroke
  if (pause.kind === 'none') return after
  if (pause.kind !== 'sentence' || sentences === 'onward') return after + 1
  return strokeFrom(refrain, Math.ceil((stepOf(refrain, after - 1) + 1) / period) * period)
}

interface Beat {
  readonly word: number
  readonly note: number
  readonly syllable: number
  readonly steps: number
  /** Unequal length as spoken, before it is scaled to its phrase. */
  readonly weight: number
}

function layWords(turn: SpokenTurn, timing: SpeechTiming, tightness: Tightness): { notes: Sung[]; end: number } {
  const notes: Sung[] = []
  let at = restAfter(0, turn.upbeat, tightness)
  let end = 0
  let phrase: Beat[] = []
  turn.words.forEach((word, i) => {
    phrase.push(...beatsOf(word, i, timing, tightness))
    const last = i === turn.words.length - 1
    if (!last && isNone(word.pause)) return
    notes.push(...placePhrase(phrase, at, timing))
    end = at + phrase.reduce((sum, beat) => sum + beat.steps, 0)
    at = restAfter(end, word.pause, tightness)
    phrase = []
  })
  return { notes, end }
}

const isNone = (pause: Pause) => pause.kind === 'none' && pause.beats === 0 && pause.sixteenths === 0

/** The notes of one word and their lengths. Syllables beyond the last note lengthen it. */
function beatsOf(word: Word, index: number, timing: SpeechTiming, tightness: Tightness): Beat[] {
  const most = tightness === 'one-note-a-word' ? 1 : timing.notesPerWord
  const count = Math.min(most, word.syllables.length)
  const stretch = (tightness === 'spoken' || tightness === 'short-rests') && !isFunctionWord(word.text)
  return Array.from({ length: count }, (_, note) => {
    const sounding = word.syllables.slice(note, note === count - 1 ? undefined : note + 1)
    const own = sounding.map((syllable) => (stretch && syllable.stressed ? 2 : 1))
    const steps = tightness === 'one-note-a-word' ? 1 : own.reduce((sum, step) => sum + step, 0)
    const letters = sounding.reduce((sum, syllable) => sum + syllable.letters, 0)
    return { word: index, note, syllable: note, steps, weight: weigh(steps, letters / sounding.length) }
  })
}

/** Syllables of many letters last longer, .7 to 1.4 of their nominal length. */
const weigh = (steps: number, letters: number) => steps * Math.min(1.4, 0.6 + 0.15 * letters)

/** Spoken lengths are scaled so that phrase and grid begin and end together; `grid` chooses between the two. */
function placePhrase(phrase: readonly Beat[], start: number, timing: SpeechTiming): Sung[] {
  const steps = phrase.reduce((sum, beat) => sum + beat.steps, 0)
  const weight = phrase.reduce((sum, beat) => sum + beat.weight, 0)
  const scale = weight > 0 ? steps / weight : 1
  let gridded = start
  let spoken = start
  return phrase.map((beat) => {
    const late = gridded % 2 === 1 ? timing.swing : 0
    const at = spoken + timing.grid * (gridded + late - spoken)
    const length = beat.weight * scale + timing.grid * (beat.steps - beat.weight * scale)
    gridded += beat.steps
    spoken += beat.weight * scale
    return { word: beat.word, note: beat.note, syllable: beat.syllable, at, length }
  })
}

/** Where speech goes on after a pause. */
function restAfter(end: number, pause: Pause, tightness: Tightness): number {
  const loose = tightness === 'spoken'
  let at = end
  if (loose && pause.kind === 'short') at = roundUp(at + 1, 2)
  else if (loose && pause.kind === 'clause') at = roundUp(at + 1, 4)
  else if (loose && pause.kind === 'sentence') at = roundUp(at + 2, 4)
  else if (pause.kind !== 'none') at += 1
  return at + pause.beats * (loose ? 4 : 1) + pause.sixteenths
}

const roundUp = (value: number, unit: number) => Math.ceil(value / unit) * unit

/** More words than the slot has room for: at most two a sixteenth, evenly spread, every so-many-th word sounding. */
function spreadWords(turn: SpokenTurn, timing: SpeechTiming): Sung[] {
  const every = Math.ceil(turn.words.length / (2 * timing.slotSteps))
  const heard = turn.words.map((_, i) => i).filter((i) => i % every === 0)
  const length = timing.slotSteps / heard.length
  return heard.map((word, i) => ({ word, note: 0, syllable: 0, at: i * length, length }))
}
