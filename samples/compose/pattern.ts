// Rhythms as text: one character a sixteenth, `|` between bars is ignored.
// Drums: X x o g are four strengths, `.` rests. Pitched: a letter starts a note, `-` holds it, `.` rests.
import type { Pattern } from '../../src/record/index.ts'

export type PatternNote = Pattern['notes'][number]
export type SampleUse = Pattern['samples'][number]

const strengths: Record<string, number> = { X: 0.95, x: 0.78, o: 0.58, g: 0.36 }

export interface Stroke {
  readonly step: number
  readonly steps: number
  readonly sign: string
}

/** The strokes of one text, repeated to fill `bars` bars. */
export function readStrokes(text: string, bars: number): Stroke[] {
  const signs = text.replaceAll('|', '')
  const total = bars * 16
  const strokes: Stroke[] = []
  for (let step = 0; step < total; step++) {
    const sign = signs[step % signs.length] ?? '.'
    if (sign === '.' || sign === '-') continue
    let steps = 1
    while (step + steps < total && signs[(step + steps) % signs.length] === '-') steps++
    strokes.push({ step, steps, sign })
  }
  return strokes
}

/** 0..1 of a stroke sign; a letter that is no strength is a plain stroke. */
export function strengthOf(sign: string): number {
  return strengths[sign] ?? 0.75
}

/** A sixteenth off the eighths comes late by `swing` of a sixteenth. */
export function swung(step: number, swing: number): number {
  return round(step % 2 === 1 ? step + swing : step)
}

/** Three decimals keep the library small and are 0.1 ms at these tempos. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** A drum lane: one General MIDI drum on the strokes of a text. */
export function drumLane(midi: number, text: string, bars: number, swing: number): PatternNote[] {
  return readStrokes(text, bars).map(({ step, sign }) => ({
    step: swung(step, swing),
    steps: 1,
    midi,
    velocity: strengthOf(sign),
  }))
}

/** A recorded one-shot on the strokes of a text. */
export function oneShot(sample: string, gain: number, text: string, bars: number, swing: number): SampleUse {
  const hits = readStrokes(text, bars).map(({ step, sign }) => ({
    step: swung(step, swing),
    velocity: strengthOf(sign),
  }))
  return { kind: 'one-shot', sample, gain, hits }
}

export function byStep(notes: readonly PatternNote[]): PatternNote[] {
  return [...notes].sort((a, b) => a.step - b.step || a.midi - b.midi)
}
