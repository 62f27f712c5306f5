// Bass, chords and lead over a progression: rhythms and figures are data (style-material.ts), pitches follow the key and the chords.
import type { Pattern, Timbre } from '../../src/record/index.ts'
import { chordClasses, type Key, openVoicing, pitchOfDegree, voiceProgression } from './harmony.ts'
import { byStep, type PatternNote, readStrokes, round, swung } from './pattern.ts'

export interface Harmony {
  readonly key: Key
  /** Scale degree (0 = tonic) per chord; together they fill `bars`. */
  readonly degrees: readonly number[]
  readonly bars: 4 | 8
}

export interface Sound {
  readonly timbre: Timbre
  readonly gain: number
  readonly swing: number
}

/** Lowest bass root is E1; an octave above the highest is B2 + 3 = below 52. */
const lowestRoot = 28
const chordRange = { close: [52, 74], open: [60, 76] } as const
const leadRange = [67, 90] as const

const chordIndex = (harmony: Harmony, step: number) =>
  Math.floor((step * harmony.degrees.length) / (harmony.bars * 16)) % harmony.degrees.length

const degreeAt = (harmony: Harmony, step: number) => harmony.degrees[chordIndex(harmony, step)] ?? 0

/** The root nearest below E2, so that octaves stay under the chords. */
function rootPitch(key: Key, degree: number): number {
  const pitch = pitchOfDegree(key, degree, lowestRoot)
  return pitch >= lowestRoot + 12 ? pitch - 12 : pitch
}

/** Signs of a bass figure as scale steps above the chord's root. */
const bassSteps: Record<string, number> = { r: 0, R: 0, g: 0, 3: 2, 5: 4, 6: 5, 7: 6, 8: 7, d: -3 }

/** A bass figure on the chords: letters name chord degrees, `a` walks into the next chord's root. */
export function playBass(harmony: Harmony, figure: string, sound: Sound): Pattern {
  const notes = readStrokes(figure, harmony.bars).map(({ step, steps, sign }): PatternNote => {
    const degree = degreeAt(harmony, step)
    const root = rootPitch(harmony.key, degree)
    const midi =
      sign === 'a' ? approach(harmony, step) : root + intervalAbove(harmony.key, degree, bassSteps[sign] ?? 0)
    const velocity = sign === 'R' ? 0.95 : sign === 'g' ? 0.45 : 0.78
    return { step: swung(step, sound.swing), steps: round(steps * 0.92), midi: Math.min(51, midi), velocity }
  })
  return { bars: harmony.bars, timbre: sound.timbre, gain: sound.gain, notes: byStep(notes), samples: [] }
}

function intervalAbove(key: Key, degree: number, scaleSteps: number): number {
  return pitchOfDegree(key, degree + scaleSteps, 36) - pitchOfDegree(key, degree, 36)
}

/** One scale step below the root that comes next, or above it when that would be the present root. */
function approach(harmony: Harmony, step: number): number {
  const next = degreeAt(harmony, step + 8)
  const here = rootPitch(harmony.key, degreeAt(harmony, step))
  const below = rootPitch(harmony.key, next) + intervalAbove(harmony.key, next, -1)
  return below === here || below < 26 ? rootPitch(harmony.key, next) + intervalAbove(harmony.key, next, 1) : below
}

export interface Comping {
  readonly rhythm: string
  /** Thirds stacked: 3 triad, 4 seventh, 5 ninth without root. */
  readonly size: number
  readonly voicing: 'close' | 'open'
}

/** Chords in a comping rhythm, or held when the rhythm says so. */
export function playChords(harmony: Harmony, { rhythm, size, voicing }: Comping, sound: Sound): Pattern {
  const [low, high] = chordRange[voicing]
  const close = voiceProgression(harmony.key, harmony.degrees, size, low, high)
  const voiced = voicing === 'open' ? close.map(openVoicing) : close
  const notes = readStrokes(rhythm, harmony.bars).flatMap(({ step, steps, sign }) => {
    const chord = voiced[chordIndex(harmony, step)] ?? []
    const velocity = sign === 'X' ? 0.85 : sign === 'o' ? 0.45 : 0.68
    // The inner voices a little softer than the outer ones, as a hand plays them.
    return chord.map((midi, i) => ({
      step: swung(step, sound.swing),
      steps: round(steps * 0.96),
      midi,
      velocity: round(i === 0 || i === chord.length - 1 ? velocity : velocity * 0.85),
    }))
  })
  return { bars: harmony.bars, timbre: sound.timbre, gain: sound.gain, notes: byStep(notes), samples: [] }
}

export interface Hook {
  /** Two bars of rhythm. */
  readonly rhythm: string
  /** Moves in scale steps from note to note; used round and round. */
  readonly contour: readonly number[]
  /** Two bars of rhythm of the answer. */
  readonly answer: string
}

/** Phrase, phrase moved onto the next chords, phrase, answer that comes home: eight bars. */
export function playLead(harmony: Harmony, hook: Hook, sound: Sound): Pattern {
  const phrases = [hook.rhythm, hook.rhythm, hook.rhythm, hook.answer]
  const notes = phrases.flatMap((rhythm, phrase) => playPhrase(harmony, rhythm, hook, phrase, sound))
  return { bars: 8, timbre: sound.timbre, gain: sound.gain, notes: byStep(notes), samples: [] }
}

function playPhrase(harmony: Harmony, rhythm: string, hook: Hook, phrase: number, sound: Sound): PatternNote[] {
  const strokes = readStrokes(rhythm, 2)
  let degree = nearChordTone(harmony, phrase * 32, phrase === 3 ? 4 : 2)
  return strokes.map(({ step, steps, sign }, i) => {
    const at = phrase * 32 + step
    const last = i === strokes.length - 1
    if (i > 0) degree += hook.contour[(i - 1) % hook.contour.length] ?? 0
    degree = Math.max(-1, Math.min(13, degree))
    // On the beat, on long notes and at the end the tune rests on the chord; in between it may pass.
    if (phrase === 3 && last) degree = homeDegree(degree)
    else if (step % 4 === 0 || steps >= 3 || last) degree = nearChordTone(harmony, at, degree)
    const velocity = sign === 'X' ? 0.9 : sign === 'o' ? 0.5 : 0.72
    return { step: swung(at, sound.swing), steps: round(steps * 0.95), midi: leadPitch(harmony.key, degree), velocity }
  })
}

const leadPitch = (key: Key, degree: number) => {
  const pitch = pitchOfDegree(key, degree, leadRange[0])
  return pitch > leadRange[1] ? pitch - 12 : pitch
}

/** Tonic or third, whichever is nearer. */
const homeDegree = (degree: number) => (degree >= 5 ? 7 : degree >= 1 ? 2 : 0)

/** The scale degree nearest to `degree` that belongs to the triad sounding at `step`. */
function nearChordTone(harmony: Harmony, step: number, degree: number): number {
  const triad = new Set(chordClasses(harmony.key, degreeAt(harmony, step), 3))
  for (const shift of [0, 1, -1, 2, -2])
    if (triad.has(pitchOfDegree(harmony.key, degree + shift, 0) % 12)) return degree + shift
  return degree
}
