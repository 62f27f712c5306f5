// Tokens of one turn of one agent -> notes of its voice: when (speech or arrival), which pitch (mapping), how loud, how long, in which timbre.
// Times and velocities come from + - * / and rounding only, so that every engine makes the same bits.
import type { Mapping, Mask, Note, Role, Timbre, TokenLine } from '../record/index.ts'
import type { Seconds } from '../units.ts'
import { timeArrivals } from './arrival.ts'
import { isFunctionWord } from './function-words.ts'
import type { Lexicon } from './lexicon.ts'
import { defaultKey, drumOfPitch, type Key, pitchWords } from './pitch.ts'
import { readRefrain, type Sung, timeSpeech } from './speech.ts'
import { readWords, type SpokenTurn, type Word } from './words.ts'

export interface SonifySettings {
  readonly mapping: Mapping
  readonly voice: { readonly timbre: Timbre; readonly registerMidi: number }
  /** The voice's rhythmic habit, from its mask: under `speech`, syllables fall on its strokes. Plain speech if not given. */
  readonly refrain?: Mask['refrain']
  /** Where the slot begins and how long it is. Under `arrival` the tokens' own times count instead. */
  readonly startSeconds: Seconds
  readonly slotSeconds: Seconds
  readonly bpm: number
  readonly lexicon: Lexicon
  /** The one key collection that all voices of the run keep to; A minor if not given. */
  readonly key?: Key
}

/** The turn's notes in order of onset; none when no word is in it. Every note begins in its slot (under `speech`). */
export function sonifyTurn(tokens: readonly TokenLine[], settings: SonifySettings): Note[] {
  if (tokens.length === 0) return []
  const turn = readWords(tokens)
  if (turn.words.length === 0) return []
  const stepSeconds = 15 / settings.bpm
  const sung = timeTurn(turn, settings, stepSeconds)
  const counts = countNotes(turn.words.length, sung)
  const key = settings.key ?? defaultKey
  const pitches = pitchWords(turn.words, counts, {
    mapping: settings.mapping.name,
    lexicon: settings.lexicon,
    key,
    registerMidi: settings.voice.registerMidi,
  })
  const origin = settings.mapping.timing === 'speech' ? settings.startSeconds : 0
  const agent = tokens[0]?.agent ?? ''
  return sung.map((note): Note => {
    const word = turn.words[note.word] as Word
    const pitch = pitches[note.word]?.[note.note] ?? settings.voice.registerMidi
    const timbre = timbreOf(word.role, settings.voice.timbre)
    const midi = timbre === 'percussion' ? drumOfPitch(pitch, key) : pitch
    return {
      agent,
      layer: 'voice',
      onsetSeconds: origin + note.at * stepSeconds,
      durationSeconds: note.length * stepSeconds * gate(word),
      midi,
      velocity: accent(word, note, settings.mapping),
      timbre,
      role: word.role,
      mark: word.role === 'speech' ? String(pitch % 12) : word.role,
      token: word.tokens[note.syllable] ?? tokens[0]?.n ?? 0,
    }
  })
}

function timeTurn(turn: SpokenTurn, { mapping, slotSeconds, refrain }: SonifySettings, stepSeconds: number): Sung[] {
  const { notesPerWord, grid, swing } = mapping
  if (mapping.timing === 'arrival') return timeArrivals(turn, { notesPerWord, grid, swing, stepSeconds })
  const slotSteps = Math.max(1, Math.floor(slotSeconds / stepSeconds + 0.001))
  const habit = refrain === undefined ? null : readRefrain(refrain.pattern)
  return timeSpeech(turn, { slotSteps, notesPerWord, grid, swing, refrain: habit })
}

function countNotes(words: number, sung: readonly Sung[]): number[] {
  const counts = new Array<number>(words).fill(0)
  for (const { word } of sung) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

/** Duration = word length: short words are struck, words of ten letters and more nearly touch the next. */
const gate = (word: Word) => Math.min(0.95, 0.5 + 0.045 * word.text.length)

/**
 * Accent = surprise where a probability is known: .7 of the base at 0 bits, rising towards 1.5, half way at 4 bits.
 * Else the word's stress and role: stressed 1.15, unstressed .85, function words .75; what is not speech a tenth up.
 */
function accent(word: Word, note: Sung, { baseVelocity }: Mapping): number {
  const stressed = word.syllables[note.syllable]?.stressed ?? true
  const role = word.role === 'speech' ? 1 : 1.1
  const stress = isFunctionWord(word.text) ? 0.75 : stressed ? 1.15 : 0.85
  const factor = word.bits === null ? stress * role : 0.7 + (0.8 * word.bits) / (word.bits + 4)
  return Math.max(0.05, Math.min(1, baseVelocity * factor))
}

const roleTimbres: Record<Exclude<Role, 'speech'>, readonly [Timbre, Timbre]> = {
  action: ['pluck', 'hollow'],
  number: ['bell', 'harmonic'],
  quoted: ['breath', 'hollow'],
}

/** Each role has its timbre; when that is the voice's own, its second. */
function timbreOf(role: Role, own: Timbre): Timbre {
  if (role === 'speech') return own
  const [first, second] = roleTimbres[role]
  return first === own ? second : first
}
